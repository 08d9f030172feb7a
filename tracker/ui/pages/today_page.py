"""The day at the desk: every visit judged now, why one is flagged, what to do with it, and the work that is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.identifiers import Identifiers
from tracker.ui.looking import Looking
from tracker.ui.pages.page import CheckStart, MonthStart, Page, PageAct, PageContext
from tracker.ui.today.day_acts import DAY_KEYS, connect_acts, list_letters, menu_acts
from tracker.ui.today.day_bar import AHEAD, AHEAD_DAYS, DAY, DayBar
from tracker.ui.today.day_frame import DayFrame
from tracker.ui.today.day_loader import DayLoader
from tracker.ui.today.recheck_words import CheckedAgain
from tracker.ui.today.seen_marks import SeenMarks
from tracker.ui.today.shown_day import ShownDay
from tracker.ui.today.visit_board import VisitBoard
from tracker.ui.today.visit_list import ALL
from tracker.ui.today.visit_words import flagged_first, visit_text
from tracker.ui.today.work_panel import WorkPanel
from tracker.ui.visit_acts import VisitActs

if TYPE_CHECKING:
    from tracker.domain.coverage import Site
    from tracker.domain.patient import Provider
    from tracker.services.rechecks.recheck_run import RecheckReport
    from tracker.services.visits.schedule import DayList, DayRow


class TodayPage(Page):
    """One day's list, or the open visits of the next 14 days with the flagged ones first."""

    id = "today"
    title = tr("Today")
    menus = (tr("&Schedule"), tr("&View"), tr("&Patient"))
    icon, go_key = "calendar-check", "F5"
    keys = DAY_KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._clock = context.services.clock
        self._shown = ShownDay(self._clock)
        self._view = DAY
        self._ahead: tuple[DayRow, ...] | None = None
        self.names = Identifiers(context.preferences)
        self.visit_acts = VisitActs(context, self)
        self.loader = DayLoader(context, self)
        self._looking = Looking(context, self._read, self)
        self._build()
        self._connect()
        self.bar.show_day(self._shown.day)

    def _build(self) -> None:
        self.bar = DayBar(self._clock, self)
        self._again = CheckedAgain(self.bar.notice, self.names)
        self.board = VisitBoard(self.visit_acts, self.names, self)
        self.seen = SeenMarks(self.context, self.board, self)
        self.work = WorkPanel(self.context, self)
        self.panes = self.work.list, self.work.pinboard.view
        self.frame = DayFrame(self.bar, self.board, self.work, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        self.bar.day_wanted.connect(self.show_day)
        self.bar.day_wanted.connect(self.board.focus)
        self.bar.step_wanted.connect(self.step)
        self.bar.view_wanted.connect(self.show_view)
        self.bar.filters_changed.connect(self._on_filters_changed)
        self.bar.chip_chosen.connect(self._on_chip)
        self.bar.notice.step_wanted.connect(self.reload)
        self._looking.unchanged.connect(self._on_unchanged)
        self.loader.day_loaded.connect(self._on_day)
        self.loader.ahead_loaded.connect(self._on_ahead)
        self.loader.desk_loaded.connect(self._on_desk)
        self.loader.failed.connect(self._on_failed)
        self.board.watch(self.loader)
        self.board.step_wanted.connect(self._on_empty_step)
        self.board.keys_to(list_letters(self))
        self.bar.words.textChanged.connect(self._on_filter)
        self.bar.words.left.connect(self.board.focus)
        self.seen.marked.connect(self.reload)
        self.seen.failed.connect(self._on_failed)
        self.loader.pins_loaded.connect(self.work.pinboard.show_pins)
        self.work.pinboard.failed.connect(self._on_failed)
        self.context.notifier.rechecked.connect(self._on_rechecked)
        for source in (self.visit_acts, self.work):
            source.acted.connect(self._on_acted)
        connect_acts(self)

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What is shown

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show another day as soon as it is judged."""
        self._shown.day = day
        self._view = DAY
        self.bar.notice.clear()
        self.reload()

    @Slot(int)
    def step(self, days: int) -> None:
        self.show_day(self._shown.day + timedelta(days=days))

    @Slot(str)
    def show_view(self, view: str) -> None:
        """Show the day, or the days ahead."""
        if view == DAY:
            self.show_day(self._shown.day)
            return
        self._view = AHEAD
        self.bar.notice.clear()
        self._show_ahead()
        if self._ahead is None:
            self.loader.load_ahead(self._clock.today())

    @Slot()
    def reload(self) -> None:
        """Judge what is shown anew; the days ahead when they are looked at."""
        self._ahead = None
        self.loader.forget_ahead()
        self.loader.load_day(self._shown.day, self.bar.provider_id(), self.bar.site_id())
        self.loader.load_pins()
        if self._view == AHEAD:
            self.loader.load_ahead(self._clock.today())

    def _look_at_names(self) -> None:
        self.board.look_at_names()
        self.bar.set_names_hidden(self.names.hidden)

    @Slot(str)
    def recheck(self, booking_id: str) -> None:
        """Judge again and say what came of it, for one visit or EVERY one of the list."""
        self._again.ask(booking_id)
        self.reload()

    def month_start(self) -> MonthStart | None:
        row = self.board.front().shown_row()
        return self.work.pinboard.month_start() or (MonthStart(row.request) if row and row.request else None)

    @Slot(object)
    def _on_rechecked(self, report: RecheckReport) -> None:
        if report.turned_anything:
            self._on_changed(Changes())

    def opened(self) -> None:
        self._shown.follow()
        self._look_at_names()
        self._looking.visit()
        self.board.focus()

    def refresh(self, changes: Changes) -> None:
        self._shown.follow()
        if not changes.kinds:
            self._look_at_names()
        self._looking.note()
        if changes.kinds & {Kind.DESK, Kind.SETTINGS}:
            self.loader.load_desk()
        self.reload()

    def _read(self) -> None:
        self.loader.load_desk()
        self.reload()
        self.loader.load_ahead(self._clock.today())

    def _on_unchanged(self) -> None:
        """Look at the days ahead, where a change was told while they were not in front."""
        if self._ahead is None:
            self.loader.load_ahead(self._clock.today())

    def summary(self) -> str:
        row = self.board.front().table.current_record()
        return visit_text(row, self.names) if row is not None else ""

    # What arrives

    @Slot(object, object)
    def _on_day(self, day: date, found: DayList) -> None:
        before = self.board.day_list.rows()
        self.work.show_tasks(found.tasks, self._clock.today())
        self.bar.set_work_count(len(found.tasks))
        self.board.set_rows(DAY, found.rows)
        if self._view == DAY:
            self.bar.show_day(day)
            self._bring_to_front()
            self._again.tell(before, found.rows, whole=self.loader.is_judged())

    @Slot(object)
    def _on_ahead(self, rows: tuple[DayRow, ...]) -> None:
        before = self.board.ahead_list.rows()
        self._ahead = rows
        self.bar.set_changed(sum(row.news is not None for row in rows))
        if self._view == AHEAD:
            self._show_ahead()
            self._again.tell(before, rows)

    def _show_ahead(self) -> None:
        today = self._clock.today()
        if self._ahead is not None:
            self.board.set_rows(AHEAD, flagged_first(self._ahead, self.bar.provider_id(), self.bar.site_id()))
        self.bar.show_ahead(today, today + timedelta(days=AHEAD_DAYS - 1))
        self._bring_to_front()

    def _bring_to_front(self) -> None:
        self.board.show_view(self._view)
        self.bar.set_counts(self.board.front().counts())

    @Slot(object, object)
    def _on_desk(self, providers: Sequence[Provider], sites: Sequence[Site]) -> None:
        self.bar.set_lists([(p.id, p.short) for p in providers], [(site.id, site.name) for site in sites])

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._looking.forget()
        self._again.drop()
        if self.bar.notice.show_failure(error, tr("The list could not be loaded."), tr("Try again")):
            self.context.tasks.unseen.emit(error)

    # What the person does

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self.board.set_filter(text)
        self._bring_to_front()

    @Slot(str)
    def _on_chip(self, key: str) -> None:
        self.board.set_chip(key)
        self._bring_to_front()

    @Slot()
    def _on_filters_changed(self) -> None:
        self.loader.load_day(self._shown.day, self.bar.provider_id(), self.bar.site_id())
        if self._view == AHEAD:
            self._show_ahead()

    @Slot(object)
    def _on_acted(self, done: Done[object]) -> None:
        self.bar.notice.clear()
        self.acted.emit(done)

    @Slot()
    def _on_empty_step(self) -> None:
        if self.board.front().rows():
            self.bar.close_filter()
            self.bar.chips.set_chosen(ALL)
            self._on_chip(ALL)
        else:
            self.check_wanted.emit(CheckStart(day=self._shown.day if self._view == DAY else None))
