"""The frame: menus, navigation, pages, status line. It carries signals between pages and holds no rule and no query."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from tracker.services.changes import Done, Kind
from tracker.ui import failures, theme
from tracker.ui.actions import ActionRegistry
from tracker.ui.due_work import DueWork
from tracker.ui.pages.page import CheckStart, Page, PageContext, PatientStart, RequestStart
from tracker.ui.rechecking import Rechecking
from tracker.ui.taking_in.pack_words import fact_words
from tracker.ui.theme import Scheme
from tracker.ui.widgets.navigation import Navigation, Section
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.status_line import StatusLine
from tracker.ui.window import window_acts
from tracker.ui.window.key_list import KeyListDialog
from tracker.ui.window.menu_row import DEMO_WORDS, DemoStrip, MenuRow

TITLE = "Injection Tracker"
NARROW_BELOW = 1100


class MainWindow(QMainWindow):
    """Built once the clinic is open. `lock_wanted` and `closing` are for the program's entry."""

    lock_wanted = Signal()
    closing = Signal()

    def __init__(self, context: PageContext, pages: tuple[type[Page], ...]) -> None:
        super().__init__()
        self.context = context
        self.registry = ActionRegistry(self)
        self.pages: dict[str, Page] = {}
        self.rechecking = Rechecking(context, self)
        self.due_work = DueWork(context, self)
        self._back: list[str] = []
        demo = context.services.clinic.demo
        self.setWindowTitle(f"{TITLE} - {DEMO_WORDS}" if demo else TITLE)
        self._build(pages, demo)
        self._connect()
        self.registry.fill(self.menu_row.menu_bar)
        self._show_facts()
        self.resize(1440, 900)
        self.restoreGeometry(context.preferences.geometry)

    def _build(self, pages: tuple[type[Page], ...], demo: bool) -> None:
        self.menu_row = MenuRow(self)
        self.stack = QStackedWidget(self)
        for make in pages:
            page = make(self.context, self.stack)
            self.pages[page.id] = page
            self.stack.addWidget(page)
        listed = tuple(Section(p.id, p.title, p.icon, p.parted) for p in self.pages.values() if p.listed)
        self.navigation = Navigation(listed, self)
        self.status_line = StatusLine(self)
        self.notice = NoticeBar(self)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.notice)
        beside.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(beside, 1)
        frame = QWidget(self)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if demo:
            column.addWidget(DemoStrip(frame))
        column.addWidget(self.menu_row)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(frame)

    def _connect(self) -> None:
        window_acts.register(self)
        for page in self.pages.values():
            page.acted.connect(self.show_done)
            page.patient_wanted.connect(self.open_patient)
            page.patient_part_wanted.connect(self.open_patient_part)
            page.check_wanted.connect(self.open_check)
            page.course_wanted.connect(functools.partial(self.open_page, "course"))
            page.find_wanted.connect(self.open_find)
            page.request_wanted.connect(self.open_request)
            if page.listed:
                page.counted.connect(functools.partial(self.navigation.set_count, page.id))
            page.copy_wanted.connect(self.copy_summary)
            page.closed.connect(self.go_back)
            page.front_wanted.connect(functools.partial(self.open_page, page.id))
        self.navigation.chosen.connect(self.open_page)
        self.navigation.check_wanted.connect(self.check_current)
        self.menu_row.search_wanted.connect(self.open_find)
        self.status_line.undo_wanted.connect(self._on_undo_wanted)
        self.status_line.stop_wanted.connect(self.rechecking.cancel)
        self.rechecking.progressed.connect(self.status_line.show_background)
        self.context.tasks.unseen.connect(self.show_error)

    def _show_facts(self) -> None:
        services = self.context.services
        rules = fact_words(services.packs.in_use)
        self.status_line.set_facts((("", services.clinic.name), ("book", rules), ("user", services.user.name)))

    def current_page(self) -> Page | None:
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    @Slot(str)
    def open_page(self, page_id: str, what: object = None) -> None:
        """Bring a page to the front; `what` is given to its `begin`."""
        page, before = self.pages.get(page_id), self.current_page()
        if page is None:
            return
        if before is not None and before is not page:
            before.set_active(False)
            self._back.append(before.id)
            del self._back[:-20]
        self.notice.clear()
        if what is not None:
            page.begin(what)
        self.stack.setCurrentWidget(page)
        self.navigation.set_current(page.section or page.id)
        self.navigation.set_check_chosen(page.id == "check")
        page.set_active(True)

    @Slot(str)
    def open_patient(self, patient_id: str) -> None:
        self.open_page("patient", patient_id)

    @Slot(str, str)
    def open_patient_part(self, patient_id: str, part: str) -> None:
        self.open_page("patient", PatientStart(patient_id, part))

    @Slot(object)
    def open_check(self, start: CheckStart) -> None:
        self.open_page("check", start)

    @Slot(str)
    def open_find(self, text: str) -> None:
        self.open_page("find", text)

    @Slot(object)
    def open_request(self, start: RequestStart) -> None:
        self.open_page("authorizations", start)

    @Slot()
    def check_current(self) -> None:
        """Open Check and book, with the patient that is in front if there is one."""
        page = self.current_page()
        if page is not None and page.id == "check":
            page.opened()
            return
        self.open_check(CheckStart(patient_id=page.current_patient() if page else ""))

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
    def go_back(self) -> None:
        """Return to the page that was in front before."""
        here = self.current_page()
        while self._back:
            before = self._back.pop()
            if here is None or before != here.id:
                self.open_page(before)
                self._back.pop()
                return
        self.open_page(next(iter(self.pages)))

    @Slot(object)
    def show_done(self, done: Done[object]) -> None:
        """Say what was done, offer its undo, and tell every screen."""
        self.notice.clear()
        self.status_line.show_sentence(done.sentence, done.undo)
        if Kind.RULES in done.changes.kinds:
            self._show_facts()
        self.context.notifier.publish(done.changes)

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say a mendable error in place; show any other as a failure of the program."""
        if isinstance(error, failures.TrackerError):
            self.notice.show_error(error)
        else:
            failures.show_failure(self, error)

    @Slot(object)
    def _on_undo_wanted(self, token: object) -> None:
        undo = self.context.services.undo.undo
        self.status_line.show_sentence(self.status_line.sentence())
        self.context.tasks.run(self, lambda: undo(token), self.show_done, self.show_error)  # type: ignore[arg-type]  # the token came from services

    def copy_summary(self) -> None:
        page = self.current_page()
        if page is not None and (text := page.summary()):
            QGuiApplication.clipboard().setText(text)
            self.status_line.show_sentence("Copied. Paste it where it is wanted.")

    def show_keys(self) -> None:
        """Open the list of all keys."""
        pages = [(page.title, page.keys) for page in self.pages.values() if page.keys]
        dialog = KeyListDialog(self.registry.key_list(), pages, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_scheme(self, scheme: Scheme) -> None:
        """Change the look and remember it on this computer."""
        self.context.preferences.scheme = scheme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)

    def next_pane(self) -> None:
        """Move the focus between the navigation and the page."""
        page = self.current_page()
        if page is None:
            return
        if self.navigation.isAncestorOf(self.focusWidget() or self):
            page.opened()
        else:
            self.navigation.item(page.section or page.id).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.navigation.show_keys(event.key() == Qt.Key.Key_Control)
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
        self.navigation.set_narrow(self.width() < NARROW_BELOW)
        self.menu_row.search.updateGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.context.preferences.geometry = self.saveGeometry()
        self.closing.emit()
        super().closeEvent(event)
