"""The timeline in words: one sentence for who cannot see it, and what the pointer is told of a disc."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.check.timeline_content import TimelineContent
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.check.timeline_table import span_text, timeline_rows

_NEAR = 9.0


def sentence_of(content: TimelineContent) -> str:
    """Return what the picture says, as one sentence."""
    view = content.view
    if view is None:
        return tr("Today is {today}.", today=us_date(content.today, weekday=True))
    counted = f"{view.count}, {view.window_text}" if view.count else tr("Nothing is counted")
    closed = view.earliest is not None and view.earliest > view.asked
    free = (
        tr("; next free {earliest}", earliest=us_date(view.earliest, weekday=True)) if closed and view.earliest else ""
    )
    asked = us_date(view.asked, weekday=True)
    closed_days = ", ".join(span_text(span) for span in content.closed_spans())
    shut = tr("; not allowed {days}", days=closed_days) if closed_days else ""
    return tr("{counted}; asked for {asked}{shut}{free}.", counted=counted, asked=asked, shut=shut, free=free)


def tip_at(content: TimelineContent, scale: TimelineScale, x: float) -> str:
    """Return what is known of the disc at this place: the day, what was done, and why it counts or not."""
    rows = [row for row in timeline_rows(content) if not row.closed and abs(scale.x(row.day) - x) <= _NEAR]
    if not rows:
        return ""
    row = min(rows, key=lambda row: abs(scale.x(row.day) - x))
    told = tr("counted: {why}", why=row.why) if row.number else tr("not counted: {why}", why=row.why)
    return "\n".join((f"{us_date(row.day)}  {row.procedure}", told))
