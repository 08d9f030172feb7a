"""Two pages for tests of the frame, as plain as pages can be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.services.changes import Changes
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.widgets.fields import LineField


class SmallPage(Page):
    """Keeps what it was told."""

    id = "today"
    title = "Today"
    icon = "calendar-check"
    keys = (("D", "Mark as done"),)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.field = LineField("", self, name=f"Words of {self.title}")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addStretch(1)
        self.begun: list[object] = []
        self.refreshed: list[Changes] = []
        self.primaries = 0

    def begin(self, what: object) -> None:
        self.begun.append(what)

    def opened(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        self.refreshed.append(changes)

    def primary(self) -> None:
        self.primaries += 1

    def summary(self) -> str:
        return f"Summary of {self.title}"


class SmallFindPage(SmallPage):
    id = "find"
    title = "Patients"
    icon = "users"


class SmallPatientPage(SmallPage):
    """Not in the navigation; about one patient."""

    id = "patient"
    title = "Patient"
    listed = False
    section = "find"

    def current_patient(self) -> str:
        return str(self.begun[-1]) if self.begun else ""


class SmallCheckPage(SmallPage):
    id = "check"
    title = "Check and book"
    listed = False
    keys = ()


SMALL_PAGES = (SmallPage, SmallFindPage, SmallPatientPage, SmallCheckPage)
