"""The clinic's own lists and settings: providers, sites, payers, procedures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.clinic_days import WORKING_WEEK
from tracker.domain.coverage import Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.patient import Provider
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.charts import ANNIVERSARY_FREE, DEFAULT_SITE
from tracker.services.clinic_days import CLOSED_DAYS, OPEN_ON_HOLIDAYS, OPEN_WEEKDAYS, checked_weekdays
from tracker.services.payers import PayerNames
from tracker.services.transactions import Transactions
from tracker.storage.records import Act

if TYPE_CHECKING:
    from tracker.domain.procedure import ProcedureChoice

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH"
    " OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP"
)
STATES = frozenset(_STATES.split())
NAME, STATE, DEFAULT_PROVIDER = "clinic_name", "clinic_state", "default_provider"


@dataclass(frozen=True, slots=True)
class ClinicSettings:
    """What the clinic decides for itself. `anniversary_day_free`: see DESIGN 14. Weekdays count from 0, Monday."""

    name: str = ""
    state: str = ""
    default_site: str = ""
    default_provider: str = ""
    anniversary_day_free: bool = False
    open_weekdays: frozenset[int] = WORKING_WEEK
    closed_days: frozenset[date] = frozenset()
    open_on_holidays: bool = False


class DeskService:
    """Reads and changes the clinic's lists."""

    def __init__(self, transactions: Transactions, payers: PayerNames, procedures: tuple[ProcedureChoice, ...]) -> None:
        self._transactions = transactions
        self._payers = payers
        self._procedures = procedures

    def use(self, procedures: tuple[ProcedureChoice, ...]) -> None:
        """Offer these procedures from now on."""
        self._procedures = procedures

    def providers(self) -> tuple[Provider, ...]:
        with self._transactions.reading() as uow:
            return uow.clinic.list_providers()

    def sites(self) -> tuple[Site, ...]:
        with self._transactions.reading() as uow:
            return uow.clinic.list_sites()

    def payers(self) -> tuple[tuple[str, str], ...]:
        """Return (id, name) of every payer that the rules know, by name."""
        return self._payers.all()

    def procedures(self) -> tuple[ProcedureChoice, ...]:
        return self._procedures

    def settings(self) -> ClinicSettings:
        with self._transactions.reading() as uow:
            found = uow.clinic.settings()
        return ClinicSettings(
            name=found.get(NAME, ""),
            state=found.get(STATE, ""),
            default_site=found.get(DEFAULT_SITE, ""),
            default_provider=found.get(DEFAULT_PROVIDER, ""),
            anniversary_day_free=found.get(ANNIVERSARY_FREE, False),
            open_weekdays=frozenset(found.get(OPEN_WEEKDAYS, WORKING_WEEK)),
            closed_days=frozenset(date.fromisoformat(day) for day in found.get(CLOSED_DAYS, ())),
            open_on_holidays=found.get(OPEN_ON_HOLIDAYS, False),
        )

    @property
    def default_site(self) -> str:
        """The id of the usual site: the one chosen, else the first, "" when there is none."""
        return self.settings().default_site or next((site.id for site in self.sites()), "")

    @property
    def default_provider(self) -> str:
        """The id of the usual provider: the one chosen, else the only one, "" when there is a choice to make."""
        providers = self.providers()
        only = providers[0].id if len(providers) == 1 else ""
        return self.settings().default_provider or only

    def add_provider(self, provider: Provider) -> Done[Provider]:
        name = provider.name.strip()
        if not name:
            raise InvalidEntryError("A provider needs a name.")
        short = provider.short.strip() or name.split(",")[0].split()[-1]
        named = replace(provider, name=name, short=short)
        with self._transactions.writing() as uow:
            added = replace(named, id=uow.clinic.add_provider(named))
            act_id = uow.commit(Act("add provider", "provider", added.id))
        return Done(added, _DESK, f"Added provider {name}", UndoToken(act_id, f"Added provider {name}"))

    def add_site(self, site: Site) -> Done[Site]:
        named = replace(site, state=_state(site.state), name=site.name.strip() or site.facility.strip())
        if not named.name:
            raise InvalidEntryError("A site needs a name.")
        if not (len(named.place_of_service) == 2 and named.place_of_service.isdigit()):
            raise InvalidEntryError(
                "The place of service has two digits.", "", "An office is 11, an ASC 24, a hospital 22."
            )
        with self._transactions.writing() as uow:
            added = replace(named, id=uow.clinic.add_site(named))
            act_id = uow.commit(Act("add site", "site", added.id))
        return Done(added, _DESK, f"Added site {named.name}", UndoToken(act_id, f"Added site {named.name}"))

    def change_settings(self, settings: ClinicSettings) -> Done[ClinicSettings]:
        """Write the clinic's settings."""
        written = replace(settings, name=settings.name.strip(), state=_state(settings.state) if settings.state else "")
        weekdays = checked_weekdays(written.open_weekdays)
        with self._transactions.writing() as uow:
            uow.clinic.set(NAME, written.name)
            uow.clinic.set(STATE, written.state)
            uow.clinic.set(DEFAULT_SITE, written.default_site)
            uow.clinic.set(DEFAULT_PROVIDER, written.default_provider)
            uow.clinic.set(ANNIVERSARY_FREE, written.anniversary_day_free)
            uow.clinic.set(OPEN_WEEKDAYS, weekdays)
            uow.clinic.set(CLOSED_DAYS, sorted(day.isoformat() for day in written.closed_days))
            uow.clinic.set(OPEN_ON_HOLIDAYS, written.open_on_holidays)
            act_id = uow.commit(Act("change settings", "setting"))
        return Done(written, _DESK, "Changed the clinic's settings", UndoToken(act_id, "Changed the clinic's settings"))


_DESK = Changes(frozenset(), frozenset({Kind.SETTINGS, Kind.DESK}))


def _state(text: str) -> str:
    state = text.strip().upper()
    if state not in STATES:
        raise InvalidEntryError(f"“{text}” is no state.", "", "Write its two letters, such as KY.", text)
    return state
