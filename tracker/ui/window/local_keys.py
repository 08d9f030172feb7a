"""The keys of dialogs and small windows: pages tell their own, everything together stands in the registry."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.ui.actions import LocalKeys

DIALOG_KEYS = (
    LocalKeys(
        tr("Every dialog"),
        (
            ("Ctrl+Enter", tr("Save, or do what the filled button says")),
            ("Esc", tr("Leave it; what was typed is offered again")),
            ("F1", tr("Help on this dialog")),
        ),
    ),
    LocalKeys(tr("Book with a reason"), (("1 2 3 4 5 6 7 8", tr("Choose the reason with this number")),)),
    LocalKeys(
        tr("Packet for the payer"),
        (
            ("Ctrl+P", tr("Another printer")),
            ("Ctrl+S", tr("Save as a PDF")),
            ("Ctrl+O", tr("Attach a paper")),
            ("Alt+F", tr("Fill a form")),
            ("Alt+C", tr("Copy sheet")),
            ("Alt+M", tr("Mark it as sent")),
            ("Space", tr("In the list of papers: in or out")),
            ("Alt+Up, Alt+Down", tr("In the list of papers: earlier, later")),
            ("A, E, Del", tr("In the list of papers: attach, correct, take away")),
        ),
    ),
    LocalKeys(tr("Papers of a request"), (("A, S, Del", tr("Attach, save a copy, take away")),)),
    LocalKeys(
        tr("Patient or command"),
        (("Ctrl+Shift+A", tr("New request for the patient that is marked")),),
    ),
    LocalKeys(tr("Checklist"), (("Space, X", tr("Check off with its value, take a check mark away")),)),
    LocalKeys(tr("List of keys"), (("Ctrl+P", tr("Print them")),)),
    LocalKeys(tr("Every list"), (("Shift+F10", tr("What can be done with the row; copy the list, its columns")),)),
    LocalKeys(
        tr("Columns of a list"),
        (
            ("Ctrl+F10", tr("Which columns, and sorted by which")),
            ("Space", tr("In their dialog: show or hide a column")),
            ("Alt+Up, Alt+Down", tr("In their dialog: earlier, later")),
            ("Alt+Left, Alt+Right", tr("In their dialog: narrower, wider")),
            ("Alt+U", tr("In their dialog: as usual again")),
        ),
    ),
)
