"""The frame: menus, navigation, pages, status line. It carries signals between pages and holds no rule and no query."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui import failures
from tracker.ui.actions import ActionRegistry
from tracker.ui.backup_keeper import BackupKeeper
from tracker.ui.clipboard import copy_private
from tracker.ui.due_work import DueWork
from tracker.ui.expiry_work import ExpiryWork
from tracker.ui.pages.page import NO_MONTH, CheckStart, Page, PageContext, RequestStart
from tracker.ui.rechecking import Rechecking
from tracker.ui.rule_watch import RuleWatch
from tracker.ui.widgets.fields import letters_of
from tracker.ui.window import window_acts
from tracker.ui.window.aids import Aids
from tracker.ui.window.booked_slip import BookedSlip
from tracker.ui.window.carrying import connect_frame, connect_page
from tracker.ui.window.frame import Frame
from tracker.ui.window.keeping import Keeping
from tracker.ui.window.menu_row import DEMO_WORDS
from tracker.ui.window.panes import go_on
from tracker.ui.window.shelf import Kind as PageKind
from tracker.ui.window.shelf import PageShelf
from tracker.ui.window.standing_facts import StandingFacts
from tracker.ui.window.way_back import WayBack
from tracker.ui.window.work_counts import WorkCounts

TITLE = tr("Injection Tracker")
_USUAL_SIZE = QSize(1440, 900)
_ROOM_FOR_FRAME = 40


class MainWindow(QMainWindow):
    """Built once the clinic is open. `lock_wanted` and `closing` are for the program's entry.

    With `gradually` a page is made when somebody asks for it; else all are made here.
    """

    lock_wanted = Signal()
    closing = Signal()

    def __init__(self, context: PageContext, kinds: tuple[PageKind, ...], *, gradually: bool = False) -> None:
        super().__init__()
        self.context = context
        self.registry = ActionRegistry(self)
        self.rechecking = Rechecking(context, self)
        self.due_work = DueWork(context, self)
        self.expiry_work = ExpiryWork(context, self)
        self.rule_watch = RuleWatch(context, self)
        self.aids = Aids(self)
        self.keeping = Keeping(context)
        self._way_back = WayBack()
        self.work_counts = WorkCounts(context, self)
        self.backup_keeper = BackupKeeper(context, self)
        demo = context.services.clinic.demo
        self.setWindowTitle(f"{TITLE} - {DEMO_WORDS}" if demo else TITLE)
        self.frame = Frame(kinds, demo, self)
        self.menu_row, self.navigation, self.stack = self.frame.menu_row, self.frame.navigation, self.frame.stack
        self.status_line, self.notice = self.frame.status_line, self.frame.notice
        self.pages = PageShelf(kinds, self._make_page, self._take_in)
        self.setCentralWidget(self.frame)
        connect_frame(self)
        window_acts.register(self)
        self.booked_slip = BookedSlip(self)
        if not gradually:
            self.pages.make_all()
        promised = (menu for kind in kinds for menu in kind.menus)
        self.registry.fill(self.menu_row.menu_bar, promised, tuple(kind.id for kind in kinds))
        StandingFacts(self.status_line, context, self.backup_keeper)
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize()))
        self.restoreGeometry(context.preferences.geometry)

    def show_first(self) -> None:
        """Show the window as it was left; at first maximized where its frame would push the undo line out."""
        room = self.screen().availableSize() - _USUAL_SIZE
        tight = min(room.width(), room.height()) < _ROOM_FOR_FRAME
        self.showMaximized() if tight and self.context.preferences.geometry.isEmpty() else self.show()

    # --- pages --------------------------------------------------------------------------------------------------------

    def _make_page(self, kind: PageKind) -> Page:
        return kind(self.context, self.stack)

    def _take_in(self, page: Page) -> None:
        self.stack.addWidget(page)
        connect_page(self, page)
        window_acts.register_page(self, page)
        self.keeping.restore(page)
        self.registry.refill()

    def current_page(self) -> Page | None:
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def first_page(self) -> str:
        """Return the id of the page to begin with: the section that this user left last, else the first."""
        return self.keeping.section(kind.id for kind in self.pages.kinds if kind.listed) or next(iter(self.pages), "")

    @Slot(str)
    def open_page(self, page_id: str, what: object = None) -> None:
        """Bring a page to the front; `what` is given to its `begin`."""
        if page_id not in self.pages:
            return
        page, before = self.pages[page_id], self.current_page()
        if before is not None and before is not page:
            before.set_active(False)
            self._way_back.leave(before.id)
        self.notice.clear()
        if what is not None:
            page.begin(what)
        self.stack.setCurrentWidget(page)
        self.navigation.set_current(page.section or page.id)
        self.navigation.set_check_chosen(page.id == "check")
        self.registry.yield_letters(letters_of(page))
        page.set_active(True)

    @Slot(str)
    def open_patient(self, patient_id: str) -> None:
        self.open_page("patient", patient_id)

    @Slot(object)
    def open_check(self, start: CheckStart) -> None:
        self.open_page("check", start)

    @Slot(str)
    def open_find(self, text: str) -> None:
        self.open_page("find", text)

    @Slot(object)
    def open_request(self, start: RequestStart) -> None:
        self.open_page("authorizations", start)

    @Slot(str)
    def open_palette(self, text: str = "") -> None:
        """Open the list of patients and commands, with what was typed so far."""
        self.aids.open_palette(text)

    @Slot()
    def check_current(self) -> None:
        """Open Check and book, with the patient that is in front if any, else with what was left unfinished."""
        page = self.current_page()
        if page is not None and page.id == "check":
            page.opened()
            return
        patient = page.current_patient() if page else ""
        goes_on = not patient and "check" in self.pages and self.pages["check"].unfinished
        self.open_page("check", None if goes_on else CheckStart(patient_id=patient))

    @Slot()
    def plan_current(self) -> None:
        """Plan a course for the patient that is in front; without one a patient is to be found first."""
        page = self.current_page()
        patient_id = page.current_patient() if page else ""
        if patient_id and page is not None and page.id != "course":
            self.open_page("course", patient_id)
        elif not patient_id:
            self.open_find("")

    @Slot()
    def month_current(self) -> None:
        """Show the schedule's month of the patient and procedure in front; without them it says how to get there."""
        page = self.current_page()
        about_somebody = page is not None and bool(page.current_patient())  # whose month is not the one shown last
        self.open_page("schedule", (page and page.month_start()) or (NO_MONTH if about_somebody else "month"))

    @Slot()
    def go_back(self) -> None:
        """Return to the page that was in front before."""
        here = self.current_page()
        before = self._way_back.step(here.id if here else "")
        self.open_page(before or next(iter(self.pages)))
        if before and here is not None:
            self._way_back.step("")  # the page that Back leaves is no way back

    # --- what is told -------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_done(self, done: Done[object]) -> None:
        """Say what was done, offer its undo, and tell every screen."""
        self.notice.clear()
        self.status_line.show_sentence(done.sentence, done.undo)
        self.registry.action("redo").setEnabled(False)
        self.context.notifier.publish(done.changes)

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say a mendable error in place; show any other as a failure of the program."""
        if isinstance(error, failures.TrackerError):
            self.notice.show_error(error)
        else:
            failures.show_failure(self, error)

    @Slot(object)
    def take_back(self, token: object) -> None:
        """Undo an act; an undo is an act itself, so that doing it again is its undo."""
        undo = self.context.services.undo.undo
        again = self.registry.action("redo").isEnabled()
        self.status_line.show_sentence(self.status_line.sentence())
        self.registry.action("redo").setEnabled(False)
        self.context.tasks.run(
            self, lambda: undo(token), lambda done: self._show_taken_back(done, again), self.show_error  # type: ignore[arg-type]  # the token came from services
        )  # fmt: skip

    def _show_taken_back(self, done: Done[None], again: bool) -> None:
        self.show_done(done)
        self.registry.action("redo").setEnabled(not again)

    @Slot()
    def copy_summary(self) -> None:
        page = self.current_page()
        if page is not None and (text := page.summary()):
            copy_private(text)
            self.status_line.show_sentence(tr("Copied. Paste it where it is wanted."))

    @Slot()
    def next_pane(self) -> None:
        """Move the focus through the parts of the page, to the navigation, the guide, and back into the page."""
        page = self.current_page()
        if page is not None:
            go_on(page, self.navigation, self.focusWidget() or self, self.frame.guide)

    # --- events -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.navigation.show_keys(event.key() == Qt.Key.Key_Control)
        if self.pages.waiting() and event.modifiers():
            self.pages.make_all()  # the key may belong to an act of a page that is not made yet
            self.registry.press(event.keyCombination())
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.navigation.show_keys(False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.navigation.show_keys(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frame.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.context.preferences.geometry = self.saveGeometry()
        self.keeping.keep(self.current_page(), self.pages)
        self.closing.emit()
        super().closeEvent(event)
