"""Finds a patient by anything the desk is told, while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.services.changes import Changes, Done
from tracker.ui.actions import Act
from tracker.ui.dialogs.patient_dialog import PatientDialog
from tracker.ui.find.found_list import FoundList
from tracker.ui.find.glancer import Glancer
from tracker.ui.find.search_bar import SearchBar
from tracker.ui.find.search_words import NEW_KEY, nobody_found, nothing_typed
from tracker.ui.find.searcher import Found, Searcher
from tracker.ui.pages.page import CheckStart, Page, PageAct, PageContext, PatientStart
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from tracker.services.patients.patients import PatientHit

_ADD = tr("Add a patient…")


class FindPage(Page):
    """One field keeps the focus; Down and Up move in what was found, Enter opens it.

    Enter that comes before the answer waits for it: it opens the patient when only one fits, else nobody is opened
    unseen.
    """

    id = "find"
    title = tr("Find")
    menus = (tr("&Patient"),)
    icon = "search"
    go_key = "F2"
    keys = (
        ("Enter", tr("Open the patient")),
        ("Ctrl+Enter", tr("Check and book with the patient")),
        ("Shift+Enter", tr("Check with the patient, the date left open")),
        ("Ctrl+A", tr("The patient's authorizations")),
        (tr("Up or Down"), tr("Move in what was found")),
        ("Esc", tr("Empty the field, then go back")),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._answered = ""
        self._enter_waits = False
        self._just_begun = False
        self.searcher = Searcher(context, self)
        self.glancer = Glancer(context, self)
        self._build()
        self._connect()
        self._show_nothing_typed()

    def _build(self) -> None:
        self.bar = SearchBar(self)
        self.field = self.bar.field
        self.notice = NoticeBar(self)
        self.found = FoundList(self)
        self.empty = EmptyState("", "", _ADD, NEW_KEY, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.found, 1)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_enter)
        self.field.moved.connect(self.found.step)
        self.field.left.connect(self._on_left)
        self.field.check_wanted.connect(self.primary)
        self.field.authorizations_wanted.connect(self._on_authorizations_wanted)
        self.glancer.glanced.connect(self.found.show_glance)
        self.searcher.found.connect(self._show_found)
        self.searcher.failed.connect(self._show_failure)
        self.found.activated.connect(self._open)
        self.found.order_wanted.connect(self._search_again)
        self.empty.wanted.connect(self.add_patient)
        self.bar.add_button.clicked.connect(self.add_patient)
        self.notice.step_wanted.connect(self._search)

    def acts(self) -> tuple[PageAct, ...]:
        menu = tr("&Patient")
        new = Act("new patient", tr("&New patient…"), menu, (NEW_KEY,))
        theirs = Act("authorizations of patient", tr("A&uthorizations of the patient") + "\tCtrl+A", menu)
        found = Act("open found", tr("&Open the patient\tEnter"), menu, listed=False)
        check = Act("check found", tr("&Check and book with the patient") + "\tCtrl+Enter", menu, listed=False)
        lists = (self.found.hits, self.found.alike)
        return (
            PageAct(new, self.add_patient, here=False),
            PageAct(found, self._on_enter, lists=lists),
            PageAct(check, self.primary, lists=lists),
            PageAct(theirs, self._on_authorizations_wanted, lists=lists),
        )

    # What the window asks

    def begin(self, what: object) -> None:
        self.field.setText(str(what))
        self._just_begun = True

    def opened(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._just_begun:
            self.field.end(False)
        else:
            self.field.selectAll()
        self._just_begun = False

    def refresh(self, changes: Changes) -> None:
        self.found.forget_glances()
        if self.field.text().strip():
            self._search()

    def primary(self) -> None:
        hit = self.found.current()
        if hit is not None and self._is_answered():
            self.check_wanted.emit(CheckStart(patient_id=hit.patient.id))

    def current_patient(self) -> str:
        hit = self.found.current()
        return hit.patient.id if hit is not None and self._is_answered() else ""

    # What is shown

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._enter_waits = False
        self.glancer.cancel()
        if text.strip():
            self._search()
        else:
            self.searcher.cancel()
            self._show_nothing_typed()

    @Slot()
    def _search(self) -> None:
        self.searcher.search(self.field.text().strip(), self.found.found_sort())

    @Slot()
    def _search_again(self) -> None:
        """Show who was found in another order."""
        if self.field.text().strip():
            self._search()

    def _is_answered(self) -> bool:
        return self._answered == self.field.text().strip()

    def _show_nothing_typed(self) -> None:
        self._answered = ""
        self.notice.clear()
        self.found.show_found("", (), ())
        self._show_empty(*nothing_typed())

    def _show_empty(self, sentence: str, detail: str) -> None:
        self.empty.show_words(sentence, detail, _ADD)
        self.empty.show()
        self.found.hide()
        self.bar.add_button.hide()

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._answered = found.text
        self.notice.clear()
        self.found.show_found(found.text, found.hits, found.alike)
        if self.found.count():
            self.empty.hide()
            self.found.show()
            self.bar.add_button.show()
        else:
            self._show_empty(*nobody_found(found.text))
        self.glancer.look_at(self.found.unglanced())
        if self._enter_waits and len(found.hits) == 1:
            self._open(found.hits[0])
        self._enter_waits = False

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        """Show nobody rather than who fitted something typed before."""
        self._enter_waits = False
        self.found.show_found("", (), ())
        self.found.hide()
        self.empty.hide()
        self.notice.show_error(error, tr("Try again"))
        if not isinstance(error, TrackerError):
            self.context.tasks.unseen.emit(error)

    # What is done

    @Slot()
    def _on_enter(self) -> None:
        hit = self.found.current()
        if not self._is_answered():
            self._enter_waits = True
        elif hit is not None:
            self._open(hit)

    @Slot(object)
    def _open(self, hit: PatientHit) -> None:
        self.patient_wanted.emit(hit.patient.id)

    @Slot()
    def _on_authorizations_wanted(self) -> None:
        if patient_id := self.current_patient():
            self.patient_at_wanted.emit(PatientStart(patient_id, "authorizations"))

    @Slot()
    def _on_left(self) -> None:
        """Empty the field first, then go back."""
        if self.field.text():
            self.field.clear()
        else:
            self.closed.emit()

    @Slot()
    def add_patient(self) -> None:
        """Open the form for a new patient; what was looked for is in it already when nobody was found."""
        typed = self.field.text() if self._active and self.found.count() == 0 else ""
        dialog = PatientDialog(self.context, self.window(), typed=typed)
        dialog.acted.connect(self._on_added)
        dialog.open_wanted.connect(self.patient_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_added(self, done: Done[Patient]) -> None:
        self.acted.emit(done)
        self.patient_wanted.emit(done.value.id)
