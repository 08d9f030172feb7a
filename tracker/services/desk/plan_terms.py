"""Which payers the clinic works with, what it calls their plans, and what it keeps for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr, tr_n
from tracker.domain.patient import Holder
from tracker.domain.reminders import PlanTerms, Thresholds, check_follow_up, check_thresholds
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.transactions import Transactions
from tracker.services.words.payers import OWN_PAYERS, PAYERS_OFF, PayerNames
from tracker.storage.records import Act

PLAN_NAMES, PLAN_TERMS = "plan_names", "plan_terms"
_CHANGES = Changes(frozenset(), frozenset({Kind.SETTINGS, Kind.DESK}))
_LONGEST_NAME = 120
MOST_HOLDERS = 500


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One payer as the clinic has it. `own`: added here, no rule of it is on file. `terms` are of all its plans."""

    id: str
    name: str
    on: bool
    own: bool
    plans: tuple[str, ...]
    terms: PlanTerms
    of_plans: tuple[PlanTerms, ...]


@dataclass(frozen=True, slots=True)
class Holders:
    """Who still has a payer: `people` are the first of `count`, those with a coming visit before all others."""

    payer: str
    people: tuple[Holder, ...]
    count: int


class PlanTermsService:
    """Every change is one act that can be undone; the names that screens offer follow at once."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock

    def list(self) -> tuple[PayerRow, ...]:
        """Return every payer, those that the clinic works with first, by name."""
        with self._transactions.reading() as uow:
            settings, on_file = uow.clinic.settings(), uow.patients.list_plans()
        rows = [self._row(payer, name, settings, on_file) for payer, name in self._payers.all()]
        return tuple(sorted(rows, key=lambda row: (not row.on, row.name.casefold())))

    def holders(self, payer: str) -> Holders:
        """Return who has a coverage with this payer that holds today or later."""
        today = self._clock.today()
        with self._transactions.reading() as uow:
            found = uow.patients.list_holders(payer, today, MOST_HOLDERS)
            return Holders(self._payers.name(payer), found, uow.patients.count_holders(payer, today))

    def switch(self, payer: str, on: bool) -> Done[str]:
        """Offer a payer from now on, or no more; what is on file with it stays."""
        name = self._payers.name(payer)
        with self._transactions.writing() as uow:
            off = set(uow.clinic.settings().get(PAYERS_OFF, ()))
            if not on and len(self._payers.all()) - len(off | {payer}) < 1:
                raise InvalidEntryError(tr("One payer has to stay."), "", tr("Switch another one on first."))
            uow.clinic.set(PAYERS_OFF, sorted(off - {payer} if on else off | {payer}))
            held = 0 if on else uow.patients.count_holders(payer, self._clock.today())
            sentence = _switched(name, on, held)
            act_id = uow.commit(Act("switch payer", "setting", PAYERS_OFF))
        return self._done(act_id, payer, sentence)

    def add_payer(self, name: str) -> Done[str]:
        """Add a payer that no rule on file names; its answer stays open until the clinic adds rules. Returns its id."""
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME:
            raise InvalidEntryError(
                tr("A payer needs a name."), "", tr("Type it as it stands on the card."), about="name"
            )
        with self._transactions.writing() as uow:
            known = {each.casefold(): payer for payer, each in self._payers.all()}
            if name.casefold() in known:
                raise InvalidEntryError(
                    tr("There is a payer {payer} already.", payer=name),
                    "",
                    tr("Choose it from the list."),
                    about="name",
                )
            uow.clinic.set(OWN_PAYERS, [*uow.clinic.settings().get(OWN_PAYERS, ()), name])
            sentence = tr("Added payer {payer}", payer=name)
            act_id = uow.commit(Act("add payer", "setting", OWN_PAYERS))
        return self._done(act_id, name, sentence)

    def name_plans(self, payer: str, plans: tuple[str, ...]) -> Done[str]:
        """Write what the clinic calls a payer's plans. Raises InvalidEntryError for a name that stands twice."""
        named = tuple(" ".join(plan.split()) for plan in plans if plan.strip())
        for place, plan in enumerate(named):
            if plan.casefold() in {other.casefold() for other in named[:place]}:
                raise InvalidEntryError(
                    tr("The plan {plan} stands there twice.", plan=plan), "", tr("Take one away."), plan, about="plans"
                )
        with self._transactions.writing() as uow:
            names = {**uow.clinic.settings().get(PLAN_NAMES, {}), payer: list(named)}
            uow.clinic.set(PLAN_NAMES, {key: value for key, value in names.items() if value})
            sentence = tr("Changed the plans of {payer}", payer=self._payers.name(payer))
            act_id = uow.commit(Act("name plans", "setting", PLAN_NAMES))
        return self._done(act_id, payer, sentence)

    def change(self, terms: PlanTerms) -> Done[PlanTerms]:
        """Write what is kept for a payer or one of its plans. Raises InvalidEntryError, `about` naming the field."""
        if terms.follow_up is not None:
            check_follow_up(terms.follow_up)
        if terms.thresholds is not None:
            check_thresholds(terms.thresholds)
        terms = replace(terms, plan=" ".join(terms.plan.split()))
        with self._transactions.writing() as uow:
            others = [each for each in _all_terms(uow.clinic.settings()) if not _same(each, terms.payer, terms.plan)]
            kept = others if terms.says_nothing else [*others, terms]
            uow.clinic.set(PLAN_TERMS, [_written(each) for each in kept])
            whose = f"{self._payers.name(terms.payer)} {terms.plan}".strip()
            sentence = tr("Changed what is kept for {payer}", payer=whose)
            act_id = uow.commit(Act("change plan terms", "setting", PLAN_TERMS))
        return self._done(act_id, terms, sentence)

    def _done(self, act_id: str, value: Any, sentence: str) -> Done[Any]:
        with self._transactions.reading() as uow:
            self._payers.take_choices(uow.clinic.settings())
        return Done(value, _CHANGES, sentence, UndoToken(act_id, sentence))

    def _row(
        self, payer: str, name: str, settings: Mapping[str, Any], on_file: tuple[tuple[str, str], ...]
    ) -> PayerRow:
        terms = [each for each in _all_terms(settings) if each.payer == payer]
        named = tuple(settings.get(PLAN_NAMES, {}).get(payer, ()))
        present = [plan for of, plan in on_file if of == payer and plan] + [each.plan for each in terms if each.plan]
        known = {plan.casefold() for plan in named}
        more = {plan.casefold(): plan for plan in present if plan.casefold() not in known}
        return PayerRow(
            payer,
            name,
            payer not in settings.get(PAYERS_OFF, ()),
            payer in settings.get(OWN_PAYERS, ()),
            (*named, *sorted(more.values(), key=str.casefold)),
            next((each for each in terms if not each.plan), PlanTerms(payer)),
            tuple(each for each in terms if each.plan),
        )


def _switched(payer: str, on: bool, held: int) -> str:
    if on:
        return tr("{payer} is offered", payer=payer)
    if not held:
        return tr("{payer} is offered no more", payer=payer)
    return tr_n(
        "{payer} is offered no more; {n} patient still has it",
        "{payer} is offered no more; {n} patients still have it",
        held,
        payer=payer,
    )


def terms_of(settings: Mapping[str, Any], payer: str, plan: str) -> PlanTerms:
    """Return what holds for one plan: what is kept for it, and where that says nothing, what is kept for its payer."""
    kept = _all_terms(settings)
    whole = next((each for each in kept if _same(each, payer, "")), PlanTerms(payer))
    own = next((each for each in kept if plan and _same(each, payer, plan)), PlanTerms(payer, plan))
    follow_up = whole.follow_up if own.follow_up is None else own.follow_up
    return PlanTerms(payer, plan, follow_up, own.thresholds or whole.thresholds)


def farthest_threshold(settings: Mapping[str, Any], clinic: Thresholds) -> int:
    """Return how many days ahead any plan wants to be reminded."""
    return max(clinic.third, *(each.thresholds.third for each in _all_terms(settings) if each.thresholds), 0)


def _all_terms(settings: Mapping[str, Any]) -> tuple[PlanTerms, ...]:
    return tuple(_read(each) for each in settings.get(PLAN_TERMS, ()))


def _read(kept: Mapping[str, Any]) -> PlanTerms:
    days = kept["thresholds"]
    return PlanTerms(kept["payer"], kept["plan"], kept["follow_up"], Thresholds(*days) if days else None)


def _written(terms: PlanTerms) -> dict[str, Any]:
    days = terms.thresholds
    return {
        "payer": terms.payer,
        "plan": terms.plan,
        "follow_up": terms.follow_up,
        "thresholds": [days.first, days.second, days.third] if days else None,
    }


def _same(terms: PlanTerms, payer: str, plan: str) -> bool:
    return terms.payer == payer and terms.plan.casefold() == plan.casefold()
