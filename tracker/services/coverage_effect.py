"""Which coming visits another payer, or another plan, would pay for if a coverage were saved as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.booking import Booking
from tracker.domain.coverage import Coverage, coverage_on
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.payers import PayerNames
from tracker.services.wording import event_text


@dataclass(frozen=True, slots=True)
class TouchedVisit:
    """One visit: who would pay now and then, "" for nobody."""

    booking: Booking
    was: str
    becomes: str

    @property
    def sentence(self) -> str:
        nobody = tr("no coverage")
        visit = f"{us_date(self.booking.day, True)}, {event_text(self.booking.event)}"
        if self.was == self.becomes:
            return tr("{visit}: {payer}, other terms", visit=visit, payer=self.was or nobody)
        return tr("{visit}: {was} → {becomes}", visit=visit, was=self.was or nobody, becomes=self.becomes or nobody)


def touched_visits(
    coverages: Iterable[Coverage], bookings: Iterable[Booking], typed: Coverage, today: date, payers: PayerNames
) -> Iterator[TouchedVisit]:
    """Yield the open visits to come of which the payer, the plan, or the need of an approval would change."""
    before = tuple(coverages)
    after = (*(each for each in before if not typed.id or each.id != typed.id), typed)
    for booking in sorted(bookings, key=lambda each: each.day):
        if not booking.status.open or booking.day < today:
            continue
        was, becomes = _paying(before, booking), _paying(after, booking)
        if _terms(was) != _terms(becomes):
            yield TouchedVisit(booking, payers.coverage(was), payers.coverage(becomes))


def _paying(coverages: tuple[Coverage, ...], booking: Booking) -> Coverage | None:
    """Return the coverage that the visit names while it is in force, else the one that pays first that day."""
    named = next((each for each in coverages if each.id and each.id == booking.coverage_id), None)
    return named if named and named.in_force(booking.day) else coverage_on(coverages, booking.day)


def _terms(coverage: Coverage | None) -> object:
    return coverage and (coverage.payer, coverage.plan, coverage.authorization_required)
