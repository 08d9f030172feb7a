"""The schedule: a day by provider, a week of one provider, and the month of a request with its next openings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.identifiers import Identifiers
from tracker.ui.looking import Looking
from tracker.ui.pages.page import NO_MONTH, CheckStart, MonthStart, Page, PageAct, PageContext
from tracker.ui.schedule.columns import grid_of
from tracker.ui.schedule.faces import DAY, MONTH, WEEK
from tracker.ui.schedule.month_board import MonthBoard
from tracker.ui.schedule.month_table import turned_month
from tracker.ui.schedule.schedule_acts import KEYS, connect_visits, menu_acts
from tracker.ui.schedule.schedule_bar import ScheduleBar, week_of
from tracker.ui.schedule.schedule_loader import ScheduleLoader
from tracker.ui.schedule.span import Span
from tracker.ui.schedule.time_board import TimeBoard
from tracker.ui.schedule.time_grid import Block, Lane
from tracker.ui.today.visit_words import visit_text
from tracker.ui.visit_acts import VisitActs

if TYPE_CHECKING:
    from tracker.domain.coverage import Site
    from tracker.domain.patient import Provider
    from tracker.services.answers.openings import MonthView, OpenDay
    from tracker.services.rechecks.recheck_run import RecheckReport

_SMALLEST = QSize(560, 240)


class SchedulePage(Page):
    """`begin` takes a MonthStart, or a face by its name."""

    id = "schedule"
    title = tr("Schedule")
    menus = (tr("&Schedule"), tr("&Patient"))
    icon = "calendar"
    keys = KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._clock = context.services.clock
        self._face, self._day = DAY, self._clock.today()
        self._providers: Sequence[Provider] = ()
        self._start: MonthStart | None = None
        self._shown: tuple[object, ...] = ()
        self.names = Identifiers(context.preferences)
        self.visit_acts = VisitActs(context, self)
        self.loader = ScheduleLoader(context, self)
        self._looking = Looking(context, self.loader.load_desk, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.bar = ScheduleBar(self._clock, self)
        self.times = TimeBoard(self._clock, self.visit_acts, self.names, self)
        self.month = MonthBoard(self.names, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.times)
        self.stack.addWidget(self.month)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        bar, table, month = self.bar, self.times.table, self.month
        bar.stepped.connect(self.step)
        bar.face_wanted.connect(self.show_face)
        bar.day_wanted.connect(self.go_to)
        bar.day_wanted.connect(self._focus)
        bar.filters_changed.connect(self.reload)
        bar.filters_changed.connect(self._focus)
        bar.notice.step_wanted.connect(self.reload)
        table.typed.connect(bar.type_on)
        table.turned.connect(lambda days, weeks: self.go_to(self._day + timedelta(days=days + 7 * weeks)))
        table.bind_always("T", lambda: self.go_to(self._clock.today()))
        self.times.slot_wanted.connect(self._on_slot_wanted)
        month.table.typed.connect(bar.type_on)
        month.day_taken.connect(self._on_day_taken)
        month.turned.connect(self.go_to)
        month.check_wanted.connect(lambda: self.check_wanted.emit(CheckStart()))
        self.loader.span_loaded.connect(self._on_span)
        self.loader.month_loaded.connect(self._on_month)
        self.loader.desk_loaded.connect(self._on_desk)
        self.loader.failed.connect(self._on_failed)
        self.context.notifier.rechecked.connect(self._on_rechecked)
        self.visit_acts.acted.connect(self._on_acted)
        connect_visits(self)

    def acts(self) -> tuple[PageAct, ...]:
        return menu_acts(self)

    # What is shown

    def begin(self, what: object) -> None:
        self._looking.forget()
        if isinstance(what, MonthStart):
            self._start, self._face = what, MONTH
            self._day = max(self._clock.today(), what.request.day)
            self.bar.choose_provider(what.request.provider_id)
            self.month.forget()
        elif what in (DAY, WEEK, MONTH, NO_MONTH):
            self._face = MONTH if what == NO_MONTH else str(what)
            self._start = None if what == NO_MONTH else self._start

    @Slot(str)
    def show_face(self, face: str) -> None:
        """Turn to another face, on the same day."""
        self._face = face
        self._name_span()
        self.reload()
        self._focus()

    @Slot(object)
    def go_to(self, day: date) -> None:
        """Show the day, or the week or month that it lies in."""
        self._day = day
        self.bar.notice.clear()
        self._name_span()
        self.reload()

    @Slot(int)
    def step(self, count: int) -> None:
        """One day, week or month on or back."""
        if self._face == MONTH:
            self.go_to(turned_month(self._day, count))
        else:
            self.go_to(self._day + timedelta(days=count * (1 if self._face == DAY else 7)))

    @Slot()
    def reload(self) -> None:
        """Judge what is shown anew."""
        if self._face == MONTH:
            self._load_month()
            return
        first, last = (self._day, self._day) if self._face == DAY else week_of(self._day)
        provider = "" if self._face == WEEK and not self._providers else self.bar.provider_id()
        self.loader.load_span(Span(self._face, first, last, provider, self.bar.site_id()))

    def _load_month(self) -> None:
        if self._start is None:
            self.month.show_nobody()
            self._bring(self.month)
        else:
            request = replace(self._start.request, provider_id=self.bar.provider_id())
            self.loader.load_month(request, self._day)

    def _name_span(self) -> None:
        span = (self._day, self._day) if self._face != WEEK else week_of(self._day)
        self.bar.show_face(self._face, *span)

    def opened(self) -> None:
        self._looking.visit()
        self._name_span()
        self._focus()

    def refresh(self, changes: Changes) -> None:
        self._looking.note()
        self.month.look_at_names()
        self.times.table.viewport().update()
        (self.loader.load_desk if changes.kinds & {Kind.DESK, Kind.SETTINGS} else self.reload)()

    def summary(self) -> str:
        row = self.times.current_row() if self._face != MONTH else None
        return visit_text(row, self.names) if row else ""

    def current_patient(self) -> str:
        return self._start.request.patient_id if self._face == MONTH and self._start else ""

    def month_start(self) -> MonthStart | None:
        row = self.times.current_row()
        if self._face == MONTH or row is None or row.request is None:
            return self._start
        return MonthStart(row.request)

    def _focus(self) -> None:
        if self._face == MONTH:
            self.month.focus()
        else:
            self.times.table.setFocus()

    # What arrives

    @Slot(object)
    def _on_span(self, span: Span) -> None:
        if span.face != self._face:
            return
        grid = grid_of(span, self._providers, self._clock.today())
        self.times.show_grid(grid, anew=span.asked != self._shown)
        self._shown = span.asked
        self._bring(self.times)

    @Slot(object)
    def _on_month(self, view: MonthView) -> None:
        if self._face == MONTH and self._start is not None:
            self._bring(self.month)
            self.month.show_month(view, self._clock.today(), self._day)

    def _bring(self, board: QWidget) -> None:
        """Bring a board to the front; the hands go along if they were in the schedule."""
        had = self.stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else True
        self.stack.setCurrentWidget(board)
        if had:
            self._focus()

    @Slot(object, object)
    def _on_desk(self, providers: Sequence[Provider], sites: Sequence[Site]) -> None:
        self._providers = providers
        self.bar.set_lists([(p.id, p.short) for p in providers], [(site.id, site.name) for site in sites])
        self.reload()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._looking.forget()
        if self.bar.notice.show_failure(error, tr("The schedule could not be loaded."), tr("Try again")):
            self.context.tasks.unseen.emit(error)

    @Slot(object)
    def _on_rechecked(self, report: RecheckReport) -> None:
        if report.turned_anything and self._active:
            self.reload()

    # What the person does

    @Slot(object, object)
    def _on_slot_wanted(self, lane: Lane, block: Block) -> None:
        starts = block.starts if block.free else None
        self.check_wanted.emit(CheckStart(day=lane.day, starts=starts, provider_id=lane.provider_id))

    @Slot(object)
    def _on_day_taken(self, day: OpenDay) -> None:
        if self._start is not None and day.outcome is not None:
            request = replace(self._start.request, day=day.day)
            provider = self.bar.provider_id()
            wanted = replace(request, provider_id=provider) if provider else request
            self.check_wanted.emit(CheckStart(request=wanted, pin_id=self._start.pin_id))

    @Slot(object)
    def _on_acted(self, done: Done[object]) -> None:
        self.bar.notice.clear()
        self.acted.emit(done)

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # what does not fit side by side is arranged anew

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.times.set_height(self.height() - self.bar.height())
