"""What the patient's timeline draws: a lane a family with its injections, what is closed until when, and approvals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.event import EventStatus
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Family
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.domain.windows import months_after, months_before
from tracker.services.words.wording import FAMILY_WORDS

if TYPE_CHECKING:
    from tracker.services.answers.eligibility import EligibleRow
    from tracker.services.answers.entries import EventRow
    from tracker.services.patients.overview import ApprovalRow

MONTHS_BACK, MONTHS_AHEAD = 18, 6
_ALWAYS = (Family.FACET_INJECTION, Family.FACET_ABLATION, Family.EPIDURAL, Family.SI_INJECTION)


@dataclass(frozen=True, slots=True)
class Disc:
    """One injection. `number` as it counts today, 0 where it does not; `word` says why, or that it is booked."""

    day: date
    number: int = 0
    word: str = ""
    booked: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLane:
    """One family. Days from today to `free` are closed for at least one of its procedures."""

    label: str
    discs: tuple[Disc, ...]
    free: date | None = None


@dataclass(frozen=True, slots=True)
class ApprovalBar:
    """How long one code of an approval is valid, and what is left of it."""

    start: date
    end: date
    label: str
    usable: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything that is drawn, from `first` to `last`."""

    today: date
    lanes: tuple[HistoryLane, ...] = ()
    approvals: tuple[ApprovalBar, ...] = ()

    @property
    def first(self) -> date:
        return months_before(self.today, MONTHS_BACK).replace(day=1)

    @property
    def last(self) -> date:
        return months_after(self.today, MONTHS_AHEAD).replace(day=1)

    @property
    def sentence(self) -> str:
        """Return what the picture says, for those who do not see it."""
        parts = []
        for lane in self.lanes:
            counted = sum(1 for disc in lane.discs if disc.number)
            free = tr("closed until {day}", day=us_date(lane.free, weekday=True)) if lane.free else ""
            told = tr_n("{n} counts today", "{n} count today", counted)
            parts.append(", ".join(part for part in (f"{lane.label}: {told}", free) if part))
        return "; ".join(parts)


def history_view(
    events: Iterable[EventRow], rows: Iterable[EligibleRow], approvals: Iterable[ApprovalRow], today: date
) -> HistoryView:
    """Put together what is on file and what the rules say of it today."""
    events, rows = tuple(events), tuple(rows)
    counts = counting_of(rows)
    families = dict.fromkeys([*_ALWAYS, *(row.event.family for row in events), *(row.request.family for row in rows)])
    lanes = (_lane(family, events, rows, counts) for family in families)
    shown = tuple(lane for family, lane in zip(families, lanes, strict=True) if lane.discs or family in _ALWAYS)
    return HistoryView(today, shown, tuple(_bars(approvals)))


def counting_of(rows: Iterable[EligibleRow]) -> dict[str, str]:
    """Return what the rules say of each injection today: until when it counts, or why it does not."""
    counts: dict[str, date] = {}
    reasons: dict[str, str] = {}
    for tally in (tally for row in rows for tally in row.answer.tallies):
        for mark in tally.counted:
            counts[mark.event_id] = max(counts.get(mark.event_id, date.min), mark.leaves_on or date.max)
        for other in tally.not_counted:
            reasons.setdefault(other.event_id, tr("not counted: {reason}", reason=other.reason))
    told = {
        event_id: tr("counts for good") if day == date.max else tr("counts, leaves {day}", day=us_date(day))
        for event_id, day in counts.items()
    }
    return reasons | told


def _lane(
    family: Family, events: tuple[EventRow, ...], rows: tuple[EligibleRow, ...], counts: dict[str, str]
) -> HistoryLane:
    counted = {mark.event_id for row in rows for tally in row.answer.tallies for mark in tally.counted}
    discs: list[Disc] = []
    for row in sorted((each for each in events if each.event.family is family), key=lambda each: each.event.when):
        event = row.event
        if event.status is EventStatus.BOOKED:
            discs.append(
                Disc(event.when.first, word=tr("booked {day}", day=event.when.first.strftime("%m/%d")), booked=True)
            )
        elif event.id in counted:
            discs.append(Disc(event.when.last, 1 + sum(1 for disc in discs if disc.number)))
        else:
            discs.append(Disc(event.when.last, word=_why_not(row, counts)))
    closed = [row.answer.earliest for row in rows if row.request.family is family and _closed(row)]
    return HistoryLane(tr(FAMILY_WORDS[family]), tuple(discs), max((day for day in closed if day), default=None))


def _why_not(row: EventRow, counts: dict[str, str]) -> str:
    status = row.event.status
    return "" if status is EventStatus.PERFORMED or row.event.id in counts else status.value


def _closed(row: EligibleRow) -> bool:
    earliest = row.answer.earliest
    return row.outcome is Outcome.NOT_ALLOWED and earliest is not None and earliest > row.answer.asked


def _bars(approvals: Iterable[ApprovalRow]) -> Iterable[ApprovalBar]:
    for row in approvals:
        answer = row.record.authorization
        start = answer.start or answer.decided
        if start is None or row.line.denied:
            continue
        usable = not row.work.expired and (row.line.left != 0 or row.line.booked > 0)
        yield ApprovalBar(start, answer.end or date.max, f"{row.line.code} {_left(row)}", usable)


def _left(row: ApprovalRow) -> str:
    """Return what is left of one code; where nothing is, whether it waits for a visit or is used up."""
    left = row.line.left
    if left is None:
        return tr("no limit")
    if left:
        return tr_n("{n} left", "{n} left", left)
    return tr("booked") if row.line.booked else tr("used up") if row.line.used else tr("none left")
