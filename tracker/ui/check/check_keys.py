"""The keys of Check and book, as the list of keys tells them: of the form, of its timeline, of its spine."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.ui.actions import LocalKeys
from tracker.ui.check.act_bar import HOLD_KEY
from tracker.ui.check.changing import ANEW_KEY
from tracker.ui.check.taking_up import DISCARD_KEY

CHECK_KEYS = (
    ("n", tr("As the date: the earliest one")),
    ("Alt+O", tr("Book with a reason")),
    ("Alt+B", tr("Park it on the pinboard")),
    (HOLD_KEY, tr("Book on hold, until the authorization is there")),
    (ANEW_KEY, tr("A visit that was changed meanwhile: show what stands now")),
    (DISCARD_KEY, tr("Discard what was taken up again")),
    ("Esc", tr("Close")),
)
PART_KEYS = (
    LocalKeys(
        tr("Check and book, on the timeline"),
        (
            ("← →", tr("A day earlier or later, with Ctrl a week")),
            ("N", tr("The earliest day")),
            ("P", tr("The last closed day before, and why")),
            ("T", tr("Its events as a table, or the picture again")),
        ),
    ),
    LocalKeys(
        tr("Check and book, on the spine"),
        (
            ("Space", tr("Choose the place, or not any more")),
            ("B", tr("Both sides")),
            ("M", tr("Mirror to the other side")),
            ("C", tr("Clear")),
            ("H", tr("History of 12 months, of ever, or none")),
            ("[ ]", tr("The part above or below")),
        ),
    ),
)
