"""The timeline as a table: every event that it shows, whether it counts, why, and when it drops out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.windows import ONE_DAY, Window
from tracker.ui.check.answer_view import NOTHING, AnswerView
from tracker.ui.check.timeline_content import TimelineContent
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.record_table import RecordTable

ROW = 24


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event; `number` as on its disc, 0 where it is hollow. `closed`: days on which booking is not allowed."""

    event_id: str
    day: date
    procedure: str
    number: int
    why: str
    drops_out: str
    closed: bool = False


def timeline_rows(content: TimelineContent) -> tuple[TimelineRow, ...]:
    """Return every event and every span that the timeline shows, by day."""
    if content.view is None:
        return ()
    rows = (*_rows(content.view), *map(_closed_row, content.closed_spans()))
    return tuple(sorted(rows, key=lambda row: (row.day, row.number)))


def span_text(span: Window) -> str:
    """Return "11/24/2026 to 01/26/2027", or the one day."""
    if span.start == span.end:
        return us_date(span.start)
    return tr("{start} to {end}", start=us_date(span.start), end=us_date(span.end))


def _closed_row(span: Window) -> TimelineRow:
    why = tr("booking then breaks a rule")
    return TimelineRow(f"closed {span.start}", span.start, tr("Not allowed, {days}", days=span_text(span)), 0, why,
                       us_date(span.end + ONE_DAY, weekday=True), closed=True)  # fmt: skip


def _rows(view: AnswerView) -> Iterator[TimelineRow]:
    for row in view.counted:
        what = " ".join(part for part in (row.procedure, row.where) if part)
        why = tr("lies in the window, {window}", window=view.window_text)
        yield TimelineRow(row.event_id, row.day, what, row.number, why, row.leaves)
    for other in view.not_counted:
        yield TimelineRow(other.event_id, other.day, other.what, 0, other.reason or NOTHING, NOTHING)
    for other in view.looked_at:
        yield TimelineRow(other.event_id, other.day, other.what, 0, tr("its result decides"), NOTHING)


def _counted(row: TimelineRow) -> str:
    if row.closed:
        return NOTHING
    return tr("yes, {number}", number=row.number) if row.number else tr("no")


def _columns() -> tuple[Column[TimelineRow], ...]:
    return (
        Column(tr("Date"), lambda row: row.day, lambda row: us_date(row.day), longest="00/00/0000"),
        Column(tr("Procedure"), lambda row: row.procedure, fit=300),
        Column(tr("Counted"), _counted, status=lambda row: Status.OK if row.number else Status.NEUTRAL,
               glyph=lambda row: Glyph.TICK if row.number else Glyph.RING, tinted=lambda _row: False,
               longest=tr("yes, 00")),
        Column(tr("Why"), lambda row: row.why),
        Column(tr("Drops out on"), lambda row: row.drops_out, longest="Wed 00/00/0000"),
    )  # fmt: skip


class TimelineTable(RecordTable):
    """Shows the same as the strip, in the strip's place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns(), parent, name=tr("Timeline as a table"), row_height=ROW, sortable=False,
                         identity=lambda row: row.event_id)  # fmt: skip

    def show_content(self, content: TimelineContent) -> None:
        rows = timeline_rows(content)
        if rows != self.records():
            self.set_rows(rows)

    def sizeHint(self) -> QSize:
        return QSize(360, 4 * ROW)  # it scrolls in the strip's place, so that nothing jumps

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
