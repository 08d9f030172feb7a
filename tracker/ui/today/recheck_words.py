"""Says what checking again has shown, against what stood in the list before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.domain.language import tr, tr_n
from tracker.ui.theme.status import Status
from tracker.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow
    from tracker.ui.identifiers import Identifiers

EVERY = ""
_NAMED = 3


def recheck_words(
    before: Sequence[DayRow], after: Sequence[DayRow], booking_id: str, names: Identifiers
) -> tuple[Status, str]:
    """Return status and sentence for one visit, or for EVERY open one."""
    flags = {row.booking.id: row.flag for row in before}
    open_rows = [row for row in after if not row.past and booking_id in (EVERY, row.booking.id)]
    changed = [row for row in open_rows if flags.get(row.booking.id, row.flag) != row.flag]
    if changed:
        told = changed[:_NAMED]
        named = "; ".join(
            tr("{who}: was {was}, is {now}", who=names.short(row.patient), was=flags[row.booking.id], now=row.flag)
            for row in told
        )
        more = tr("; and {n} more", n=len(changed) - _NAMED) if len(changed) > _NAMED else ""
        return Status.CAUTION, tr("Checked again. {named}{more}.", named=named, more=more)
    if booking_id == EVERY:
        count = len(open_rows)
        same = tr_n(
            "Checked again: {n} open visit, every answer as before.",
            "Checked again: {n} open visits, every answer as before.",
            count,
        )
        return Status.OK, same
    if open_rows:
        return Status.OK, tr(
            "Checked again: {short}, {flag}, as before.",
            short=names.short(open_rows[0].patient),
            flag=open_rows[0].flag,
        )
    return Status.NEUTRAL, tr("This visit is closed, so there is nothing to check.")


class CheckedAgain:
    """Remembers that somebody asked for it and how the list stood, and tells what came of it when all is answered."""

    def __init__(self, notice: NoticeBar, names: Identifiers) -> None:
        self._notice, self._names = notice, names
        self._asked: str | None = None
        self._before: tuple[DayRow, ...] | None = None

    def ask(self, booking_id: str) -> None:
        """One visit, or EVERY one, is being checked again."""
        self._asked, self._before = booking_id, None

    def drop(self) -> None:
        self._asked = None

    def tell(self, before: Sequence[DayRow], after: Sequence[DayRow], *, whole: bool = True) -> None:
        """Say it, as soon as the list is `whole`."""
        if self._asked is not None and not whole:
            self._before = self._before or tuple(before)
            return
        if self._asked is not None:
            stood = self._before or before
            self._notice.show_sentence(*recheck_words(stood, after, self._asked, self._names))
        elif self._notice.button.isVisibleTo(self._notice):
            self._notice.clear()
        self._asked = self._before = None
