"""The rule library: what is in force for whom, with its proof and what became of it; and trying rules out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.clock import Clock
from tracker.domain.coverage import Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Repeat, Requires
from tracker.domain.trial_entry import TrialEntry, parse_trial, written
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.offered import read_offered
from tracker.rules.sentences import sentence
from tracker.services.answers.charts import ClinicFacts
from tracker.services.rule_library.clinic_layer import ClinicLayer
from tracker.services.rule_library.denied_rules import denied_on_file
from tracker.services.rule_library.library_reading import Shelf
from tracker.services.rule_library.library_views import Library, Offer, Place, RuleView
from tracker.services.rule_library.override_figures import overridden_rules
from tracker.services.rule_library.rule_samples import Sample, sample_of, start_of
from tracker.services.rule_library.rule_trial import Trial, TrialPlace, alone, try_rules, usual_entry
from tracker.services.rule_library.rule_visits import RuleVisit, visits_of_rule, visits_unruled
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.unit_of_work import UnitOfWork

ASKED = "asked"
"""What an InvalidEntryError of a trial is about, beside the number of a line."""


class LibraryService:
    """Reads only. What the clinic changes is made by `ClinicRuleService`."""

    def __init__(
        self, transactions: Transactions, rules: RulesInForce, procedures: tuple[ProcedureChoice, ...], clock: Clock
    ) -> None:
        self._transactions = transactions
        self._rules = rules
        self._procedures = procedures
        self._clock = clock

    def look(self) -> Library:
        """Return every rule of every payer, as it is in force and with what became of it."""
        book, base, layer = self._rules.catalog, self._rules.base.catalog, self._rules.layer
        with self._transactions.reading() as uow:
            facts, overridden = ClinicFacts.load(uow), overridden_rules(uow.bookings.list_overridden())
            denied = denied_on_file(uow, book)
            plans = _plans_by_payer(uow)
        states = tuple(dict.fromkeys(site.state for site in facts.sites.values() if site.state))
        shelf = Shelf(book, base, layer, overridden, denied, self._clock.today(), states, names_of(book))
        places = shelf.places()
        views = tuple(view for place in places for view in shelf.rules_at(place))
        unruled = {policy: figures for (policy, rule), figures in denied.items() if not rule}
        return Library(places, views, plans, layer.problems, unruled)

    def in_force(self) -> tuple[str, ClinicLayer]:
        """Return what tells the rules in force apart from those before: the pack, and what the clinic changed."""
        return self._rules.base.mark, self._rules.layer

    def visits_of(self, view: RuleView) -> tuple[RuleVisit, ...]:
        """Return the visits that were booked against a rule, or denied after it had answered, the newest first."""
        with self._transactions.reading() as uow:
            return visits_of_rule(uow, self._rules.catalog, (view.policy, view.rule.id))

    def visits_unruled(self, policies: Iterable[str]) -> tuple[RuleVisit, ...]:
        """Return the visits whose claims were denied about something that no rule of these policies speaks of."""
        with self._transactions.reading() as uow:
            return visits_unruled(uow, self._rules.catalog, policies)

    def keep_up(self) -> bool:
        """Answer by the rules on file now if another desk changed them since the last look; tell whether it did."""
        with self._transactions.reading() as uow:
            return self._rules.keep_up(uow)

    def sentence(self, rule: Rule) -> str:
        """Return a rule in words."""
        return sentence(rule, names_of(self._rules.catalog))

    def contractors(self, place: Place) -> dict[str, str]:
        """Return the contractors, by id, whose papers set the rules of a place; most payers have none."""
        book = self._rules.catalog
        payer, names = book.payer(place.payer), names_of(book)
        own = (policy for policy in book.policies if payer is not None and policy.rules == payer.rules)
        ids = sorted({contractor for policy in own for contractor in policy.versions if contractor})
        return {contractor: names.get(contractor, contractor) for contractor in ids}

    def offers(self) -> tuple[Offer, ...]:
        """Return the figures with which a clinic may begin as its own; none of them is in force by itself."""
        names = names_of(self._rules.catalog)
        found = [policy for folder in self._rules.shipped.folders for policy in read_offered(folder)]
        made = []
        for policy in found:
            rules = tuple(rule for versions in policy.versions.values() for rule in versions[-1].rules)
            made.append(Offer(policy.title, rules, tuple(sentence(rule, names) for rule in rules)))
        return tuple(made)

    def start_lines(self, rule: Rule) -> tuple[str, tuple[str, ...]]:
        """Return what to begin with when the rule is tried: what is asked, and what was done, as one types it."""
        asked, done = start_of(rule, self._rules.catalog, self._procedures, self._clock.today())
        results = isinstance(rule, Repeat | Requires)
        return written(asked), tuple(written(each, asked, relief=results) for each in done)

    def try_lines(
        self, view: RuleView, plan: str, asked: str, lines: Iterable[str], *, whole: bool, rule: Rule | None = None
    ) -> Trial:
        """Answer made-up injections under one rule (`rule`, else the view's), or with `whole` under all of the payer.

        Nothing is stored. Raises InvalidEntryError for a line without meaning; `about` is ASKED or its number.
        """
        tried = rule or view.rule
        like = usual_entry(tried, self._procedures, self._clock.today())
        asked_for = self._read(ASKED, asked, like) if asked.strip() else like
        done = [self._read(f"{n}", line, asked_for) for n, line in enumerate(lines) if line.strip()]
        with self._transactions.reading() as uow:
            facts = ClinicFacts.load(uow)
        place = TrialPlace(view.place.payer, plan or next(iter(view.rule.plans), ""), _site(facts, view))
        book = self._rules.catalog if whole else alone(self._rules.catalog, tried, place, view.source)
        approvals = whole or isinstance(tried, NeedsAuthorization)
        return try_rules(book, place, asked_for, done, facts.choices, authorizations=approvals)

    def _read(self, about: str, line: str, like: TrialEntry) -> TrialEntry:
        try:
            return parse_trial(line, self._clock.today(), self._procedures, like)
        except InvalidEntryError as error:
            raise InvalidEntryError(error.title, error.detail, error.remedy, error.token, about=about) from None

    def sample(self, before: Rule | None, after: Rule) -> Sample:
        """Answer a made-up timeline by the rule as it is and as it would be, a day on each side of the limit."""
        return sample_of(before, after, self._rules.catalog, self._procedures, self._clock.today())


def names_of(book: PolicyCatalog) -> dict[str, str]:
    """Return what payers and contractors are called, by id."""
    contractors = {
        name: _contractor_name(version.document, name)
        for policy in book.policies
        for name, versions in policy.versions.items()
        if name
        for version in versions
    }
    return contractors | {payer.id: payer.name for payer in book.payers}


def _contractor_name(document: str, name: str) -> str:
    """Return "CGS" of "LCD L38773 / A58364 (CGS)"."""
    inside = document.rpartition("(")[2].rstrip(") ") if "(" in document else ""
    return inside or name.upper()


def _plans_by_payer(uow: UnitOfWork) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for payer, plan in uow.patients.list_plans():
        found[payer] = (*found.get(payer, ()), plan)
    return found


def _site(facts: ClinicFacts, view: RuleView) -> Site:
    """Return a site of the clinic that lies where the rule holds, else a made-up one there."""
    rule, place = view.rule, view.place
    fitting = [
        site
        for site in facts.sites.values()
        if (not place.contractor or site.state == place.state)
        and (not rule.states or site.state in rule.states)
        and (not rule.places or site.place_of_service in rule.places)
    ]
    states = rule.states or ((place.state,) if place.state else ("KY",))
    return fitting[0] if fitting else Site(states[0], (rule.places or ("11",))[0])
