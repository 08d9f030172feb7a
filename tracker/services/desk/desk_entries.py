"""What is looked at before a provider or a site is saved: what is missing, what is written wrongly, what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from tracker.domain.booking import Booking
from tracker.domain.coverage import Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr, tr_n
from tracker.domain.npi import check_npi
from tracker.domain.patient import Provider
from tracker.storage.unit_of_work import UnitOfWork

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH"
    " OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP"
)
STATES = frozenset(_STATES.split())


def checked_provider(provider: Provider) -> Provider:
    """Return it tidied, with a short name. Raises InvalidEntryError, `about` naming the field."""
    name = provider.name.strip()
    if not name:
        raise InvalidEntryError(tr("A provider needs a name."), "", tr("Type it as it stands on claims."), about="name")
    short = provider.short.strip() or name.split(",")[0].split()[-1]
    return replace(provider, name=name, short=short, npi=_npi(provider.npi))


def checked_site(site: Site) -> Site:
    """Return it tidied. Raises InvalidEntryError, `about` naming the field."""
    name = site.name.strip() or site.facility.strip()
    if not name:
        raise InvalidEntryError(tr("A site needs a name."), "", tr("Type what the desk calls it."), about="name")
    place = site.place_of_service.strip()
    if not (len(place) == 2 and place.isdigit()):
        remedy = tr("An office is 11, an ASC 24, a hospital 22.")
        raise InvalidEntryError(tr("The place of service has two digits."), "", remedy, place, about="place")
    facility = site.facility.strip()
    return replace(
        site, name=name, facility=facility, place_of_service=place, state=checked_state(site.state), npi=_npi(site.npi)
    )


def checked_state(text: str) -> str:
    """Return the two letters. Raises InvalidEntryError."""
    state = text.strip().upper()
    if state not in STATES:
        remedy = tr("Write its two letters, such as KY.")
        raise InvalidEntryError(tr("“{text}” is no state.", text=text), "", remedy, text, about="state")
    return state


def refuse_known_provider(named: Provider, known: Iterable[Provider]) -> None:
    """Raise InvalidEntryError when another provider has the name, or the NPI."""
    others = [each for each in known if each.id != named.id]
    if any(_alike(each.name, named.name) for each in others):
        sentence = tr("There is a provider {name} already.", name=named.name)
        raise InvalidEntryError(sentence, "", _SWITCH_ON, about="name")
    holder = next((each for each in others if named.npi and each.npi == named.npi), None)
    if holder is not None:
        sentence = tr("This NPI belongs to {name}.", name=holder.name)
        raise InvalidEntryError(sentence, "", tr("Look it up and type it again."), named.npi, about="npi")


def refuse_known_site(named: Site, known: Iterable[Site]) -> None:
    """Raise InvalidEntryError when another site has the name."""
    if any(each.id != named.id and _alike(each.name, named.name) for each in known):
        sentence = tr("There is a site {name} already.", name=named.name)
        raise InvalidEntryError(sentence, "", _SWITCH_ON, about="name")


def refuse_last_site(named: Site, known: Iterable[Site]) -> None:
    """Raise InvalidEntryError when no site would be left to book at."""
    if not named.active and not any(each.active for each in known if each.id != named.id):
        raise InvalidEntryError(
            tr("This is the only site."), "", tr("Add the one that takes its place first."), about="active"
        )


def visits_with(uow: UnitOfWork, fits: Callable[[Booking], bool]) -> int:
    """Return how many open visits are booked so."""
    return sum(fits(visit) for visit in uow.bookings.list_between(date.min, date.max, open_only=True))


def changed_text(name: str, active: bool, visits: int) -> str:
    """Return what was done, and what stays although it is offered no more."""
    if active:
        return tr("Changed {name}", name=name)
    if not visits:
        return tr("{name} is offered no more", name=name)
    return tr_n(
        "{name} is offered no more; {n} open visit stays as it is",
        "{name} is offered no more; {n} open visits stay as they are",
        visits,
        name=name,
    )


def usual_text(told: str, site: str) -> str:
    """Add to what was done that it was the usual site, and which one new checks begin with instead."""
    return tr(
        "{told}. It was the usual site: checks begin with {site} now, until Settings, Clinic names another",
        told=told,
        site=site,
    )


_SWITCH_ON = tr("Choose another name, or switch that one on again.")


def _alike(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _npi(text: str) -> str:
    try:
        return check_npi(text)
    except InvalidEntryError as error:
        raise InvalidEntryError(error.title, error.detail, error.remedy, error.token, about="npi") from None
