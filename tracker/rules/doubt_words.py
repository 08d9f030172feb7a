"""What is open about an event in words: what is missing, and whom to ask for it."""

from __future__ import annotations

from tracker.domain.event import Event, EventStatus, Place
from tracker.domain.language import tr
from tracker.domain.us_dates import month_year, us_date


def of_day(event: Event) -> tuple[str, str]:
    first = event.when.first
    known = month_year(first) if str(event.when).count("-") == 1 else f"{first:%Y}"
    return tr("the day of the one in {known}", known=known), _whom(event, tr("its date"))


def of_side(event: Event) -> tuple[str, str]:
    return tr("the side of the one {when}", when=_when(event)), _whom(event, tr("its side"))


def of_level(event: Event) -> tuple[str, str]:
    return tr("the level of the one {when}", when=_when(event)), _whom(event, tr("its level"))


def of_body(event: Event, *, planned: bool) -> tuple[str, str]:
    """`planned`: the region of the proposal is known, so that only the event's is missing."""
    ask = _whom(event, tr("its region of the body"))
    if not planned:
        ask = tr("Say which region of the body is planned. {ask}", ask=ask)
    return tr("the region of the body of the one {when}", when=_when(event)), ask


def of_claim(event: Event) -> tuple[str, str]:
    what = tr("whether the claim of the diagnostic one {when} had KX", when=_when(event))
    return what, tr("Look on the claim for the modifier KX, and record it with the injection.")


def of_intent(event: Event) -> tuple[str, str]:
    what = tr("whether the one {when} was diagnostic or therapeutic", when=_when(event))
    return what, _whom(event, tr("its intent"))


def of_happening(event: Event) -> tuple[str, str]:
    if event.status is EventStatus.ABORTED:
        what = tr("whether the one that was broken off, {when}, counts", when=_when(event))
        return what, tr("Ask the payer whether it was billed and counts.")
    what = tr("whether the one that the patient told of, {when}, took place", when=_when(event))
    return what, tr("Ask the other clinic for its record.")


def of_other_payers() -> tuple[str, str]:
    ask = tr("Ask this payer whether it counts what a former payer paid.")
    return tr("whether what another payer paid counts"), ask


def of_planned_side() -> tuple[str, str]:
    return tr("the side that is planned"), tr("Say which side it is to be.")


def of_planned_body() -> tuple[str, str]:
    return tr("the region of the body that is planned"), tr("Say which region of the body it is to be.")


def _when(event: Event) -> str:
    if event.when.exact:
        return tr("of {day}", day=us_date(event.when.first))
    return tr("in {time}", time=event.when)


def _whom(event: Event, what: str) -> str:
    if event.place is Place.ELSEWHERE:
        return tr("Ask the clinic that did it for {what}.", what=what)
    return tr("Look for {what} in the record.", what=what)
