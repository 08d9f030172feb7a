"""The clinic's own lists and settings: providers, sites, payers, procedures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from tracker.domain.clinic_days import WORKING_WEEK
from tracker.domain.coverage import Coverage, Site
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.services.answers.charts import ANNIVERSARY_FREE, DEFAULT_SITE
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.clinic_days import (
    CLOSED_DAYS,
    OPEN_ON_HOLIDAYS,
    OPEN_WEEKDAYS,
    checked_weekdays,
    closed_by_clinic,
)
from tracker.services.desk.desk_entries import (
    changed_text,
    checked_provider,
    checked_site,
    checked_state,
    refuse_known_provider,
    refuse_known_site,
    refuse_last_site,
    usual_text,
    visits_with,
)
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act

if TYPE_CHECKING:
    from tracker.domain.procedure import ProcedureChoice

Value = TypeVar("Value")
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
    closed_days: Mapping[date, str] = field(default_factory=dict)
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
        """Return every provider, those that are offered no more among them."""
        with self._transactions.reading() as uow:
            return uow.clinic.list_providers()

    def sites(self) -> tuple[Site, ...]:
        """Return every site, those that are offered no more among them."""
        with self._transactions.reading() as uow:
            return uow.clinic.list_sites()

    def payers(self) -> tuple[tuple[str, str], ...]:
        """Return (id, name) of every payer that the rules know or the clinic added, by name."""
        return self._payers.all()

    def payer_aliases(self, payer: str) -> tuple[str, ...]:
        """Return what else a payer is called, such as Medicare Part B."""
        return self._payers.aliases(payer)

    def off_words(self, coverages: Iterable[Coverage], today: date) -> tuple[str, ...]:
        """Return what to know where somebody who is covered today or later has a payer that is switched off."""
        payers = dict.fromkeys(each.payer for each in coverages if each.end is None or each.end >= today)
        return tuple(words for payer in payers if (words := self._payers.off_words(payer)))

    def offered_payers(self) -> tuple[tuple[str, str], ...]:
        """Return those of them that the clinic works with."""
        return self._payers.offered()

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
            closed_days=closed_by_clinic(found),
            open_on_holidays=found.get(OPEN_ON_HOLIDAYS, False),
        )

    @property
    def default_site(self) -> str:
        """The id of the usual site: the one chosen, else the first that is offered, "" when there is none."""
        return _usual(self.settings().default_site, self.sites()) or next((s.id for s in self.sites() if s.active), "")

    @property
    def default_provider(self) -> str:
        """The id of the usual provider: the one chosen, else the only one, "" when there is a choice to make."""
        offered = [provider for provider in self.providers() if provider.active]
        only = offered[0].id if len(offered) == 1 else ""
        return _usual(self.settings().default_provider, offered) or only

    def add_provider(self, provider: Provider) -> Done[Provider]:
        """Add a provider. Raises InvalidEntryError, `about` naming the field."""
        named = checked_provider(provider)
        with self._transactions.writing() as uow:
            refuse_known_provider(named, uow.clinic.list_providers())
            added = replace(named, id=uow.clinic.add_provider(named), version=1)
            act_id = uow.commit(Act("add provider", "provider", added.id))
        return _done(added, act_id, tr("Added provider {name}", name=added.name))

    def change_provider(self, provider: Provider) -> Done[Provider]:
        """Write a provider over. Raises InvalidEntryError, or ConflictError when somebody else changed it."""
        named = checked_provider(provider)
        with self._transactions.writing() as uow:
            refuse_known_provider(named, uow.clinic.list_providers())
            version = uow.clinic.change_provider(named)
            coming = 0 if named.active else visits_with(uow, lambda visit: visit.provider_id == named.id)
            act_id = uow.commit(Act("change provider", "provider", named.id))
        return _done(replace(named, version=version), act_id, changed_text(named.name, named.active, coming))

    def add_site(self, site: Site) -> Done[Site]:
        """Add a site. Raises InvalidEntryError, `about` naming the field."""
        named = checked_site(site)
        with self._transactions.writing() as uow:
            refuse_known_site(named, uow.clinic.list_sites())
            added = replace(named, id=uow.clinic.add_site(named), version=1)
            act_id = uow.commit(Act("add site", "site", added.id))
        return _done(added, act_id, tr("Added site {name}", name=added.name))

    def change_site(self, site: Site) -> Done[Site]:
        """Write a site over. Raises InvalidEntryError, or ConflictError when somebody else changed it."""
        named = checked_site(site)
        with self._transactions.writing() as uow:
            refuse_known_site(named, uow.clinic.list_sites())
            refuse_last_site(named, uow.clinic.list_sites())
            version = uow.clinic.change_site(named)
            coming = 0 if named.active else visits_with(uow, lambda visit: visit.site_id == named.id)
            was_usual = not named.active and uow.clinic.settings().get(DEFAULT_SITE) == named.id
            usual = next(each.name for each in uow.clinic.list_sites() if each.active) if was_usual else ""
            act_id = uow.commit(Act("change site", "site", named.id))
        told = changed_text(named.name, named.active, coming)
        return _done(replace(named, version=version), act_id, usual_text(told, usual) if usual else told)

    def change_settings(self, settings: ClinicSettings) -> Done[ClinicSettings]:
        """Write the clinic's settings."""
        written = replace(
            settings, name=settings.name.strip(), state=checked_state(settings.state) if settings.state else ""
        )
        weekdays = checked_weekdays(written.open_weekdays)
        with self._transactions.writing() as uow:
            uow.clinic.set(NAME, written.name)
            uow.clinic.set(STATE, written.state)
            uow.clinic.set(DEFAULT_SITE, written.default_site)
            uow.clinic.set(DEFAULT_PROVIDER, written.default_provider)
            uow.clinic.set(ANNIVERSARY_FREE, written.anniversary_day_free)
            uow.clinic.set(OPEN_WEEKDAYS, weekdays)
            uow.clinic.set(CLOSED_DAYS, {day.isoformat(): why for day, why in sorted(written.closed_days.items())})
            uow.clinic.set(OPEN_ON_HOLIDAYS, written.open_on_holidays)
            act_id = uow.commit(Act("change settings", "setting"))
        return Done(
            written, _DESK, tr("Changed the clinic's settings"), UndoToken(act_id, tr("Changed the clinic's settings"))
        )


_DESK = Changes(frozenset(), frozenset({Kind.SETTINGS, Kind.DESK}))


def _usual(chosen: str, known: Iterable[Provider | Site]) -> str:
    """Return the one that was chosen, "" when it is offered no more."""
    return next((each.id for each in known if each.id == chosen and each.active), "")


def _done(value: Value, act_id: str, sentence: str) -> Done[Value]:
    return Done(value, _DESK, sentence, UndoToken(act_id, sentence))
