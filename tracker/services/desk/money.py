"""Money at risk: what denied claims and doubtful visits are worth. For comparison, never for billing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.clock import Clock
from tracker.domain.coverage import Site, coverage_on
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event
from tracker.domain.fees import BILATERAL, BOTH_SIDES, FeeYear, ReportedRange
from tracker.domain.language import msg, tr
from tracker.domain.proposal import Proposal
from tracker.domain.verdict import CodeLine
from tracker.rules.coding import derive_codes
from tracker.services.answers.charts import Chart
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act

NOT_FOR_BILLING = msg("For comparison, never for billing.")
UNRELIABLE = msg("Reported and unreliable: the figures contradict each other and are used for nothing.")
Contracts = Mapping[str, Mapping[str, int]]
"""Cents by payer and code."""

CONTRACTED = "contracted_amounts"
MOST_CENTS = 100_000_00
_NOT_SAID = "11"
"""Office: where the place of service of an old entry is not on file."""


class Basis(StrEnum):
    """Where an amount comes from, the surest first."""

    CLAIM = "claim"
    CONTRACT = "contract"
    MEDICARE = "medicare"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Worth:
    """What an injection is worth; `year`: of the Medicare figures. `without`: codes that no figure is on file for."""

    cents: int
    basis: Basis
    year: int | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """Several amounts: how many, together, and how many have no figure at all."""

    count: int = 0
    cents: int = 0
    unpriced: int = 0

    def plus(self, worth: Worth) -> Sum:
        unpriced = self.unpriced + (worth.basis is Basis.UNKNOWN)
        return Sum(self.count + 1, self.cents + worth.cents, unpriced)


class Risk(StrEnum):
    """Why an amount may not come: denied already, waiting for an approval, or booked against the answer."""

    DENIED = "denied"
    HELD = "held"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class RiskItem:
    """One claim or visit whose money may not come."""

    risk: Risk
    payer: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Claims that were denied; coming visits that wait for an approval, and those booked against the answer."""

    denied: Sum
    held: Sum
    overridden: Sum
    mark: str = NOT_FOR_BILLING


class MoneyService:
    """The claim's own amount stands before the clinic's contract, that before Medicare's national figure."""

    def __init__(self, transactions: Transactions, rules: RulesInForce, payers: PayerNames, clock: Clock) -> None:
        self._transactions = transactions
        self._rules = rules
        self._payers = payers
        self._clock = clock

    def contracted(self) -> dict[str, dict[str, int]]:
        """Return the clinic's contracted cents by payer and code."""
        with self._transactions.reading() as uow:
            return _contracted(uow.clinic.settings())

    def codes(self) -> tuple[tuple[str, str], ...]:
        """Return (code, our own words for it) of every code that an amount can be entered for."""
        return tuple((code.code, code.label) for code in self._rules.catalog.codes.codes.values())

    def set_contracted(self, payer: str, code: str, cents: int | None) -> Done[None]:
        """Enter what a payer's contract gives for a code; None takes it away. Raises InvalidEntryError."""
        code = code.strip().upper()
        if code not in self._rules.catalog.codes.codes:
            raise InvalidEntryError(
                tr("“{code}” is no code of our list.", code=code), "", tr("Type five digits."), code, about="code"
            )
        if cents is not None and not 0 <= cents <= MOST_CENTS:
            remedy = tr("Type dollars, such as 312.40.")
            raise InvalidEntryError(tr("The amount lies between $0 and $100,000."), "", remedy, about="amount")
        with self._transactions.writing() as uow:
            amounts = _contracted(uow.clinic.settings())
            amounts.setdefault(payer, {}).pop(code, None)
            if cents is not None:
                amounts[payer][code] = cents
            uow.clinic.set(CONTRACTED, {name: codes for name, codes in amounts.items() if codes})
            act_id = uow.commit(Act("set contracted amount", "setting", CONTRACTED))
        figure = dollars(cents) if cents is not None else tr("no amount")
        sentence = tr("Contract of {payer}: {code} {amount}", payer=self._payers.name(payer), code=code, amount=figure)
        return Done(None, Changes(frozenset(), frozenset({Kind.SETTINGS})), sentence, UndoToken(act_id, sentence))

    def reported(self, state: str = "") -> tuple[ReportedRange, ...]:
        """Return what was reported of a state, or of all; to be shown with `UNRELIABLE` only."""
        return tuple(each for each in self._rules.shipped.fees.reported if state in ("", each.state))

    def worth(self, event: Event, payer: str, site: Site | None = None, contracts: Contracts | None = None) -> Worth:
        """Return what an injection is worth to the clinic by contract, else by Medicare's national figures."""
        contract = (self.contracted() if contracts is None else contracts).get(payer, {})
        where = site or Site("", event.place_of_service or _NOT_SAID)
        lines = self._lines(event, where)
        if lines and all(line.code in contract for line in lines):
            return Worth(sum(_by_contract(line, contract) for line in lines), Basis.CONTRACT)
        year = self._rules.shipped.fees.of_year(event.when.first.year)
        return _by_medicare(lines, year, where.place_of_service)

    def at_risk(self) -> AtRisk:
        """Return what is denied, and what is doubtful among the visits to come."""
        items = self.items_at_risk()
        denied, held, overridden = (_sum(each.worth for each in items if each.risk is risk) for risk in Risk)
        return AtRisk(denied, held, overridden)

    def items_at_risk(self) -> tuple[RiskItem, ...]:
        """Return every denied claim and every doubtful visit to come, with its payer and what it is worth."""
        today = self._clock.today()
        with self._transactions.reading() as uow:
            contracts, denials = _contracted(uow.clinic.settings()), uow.denials.list_all()
            entries = uow.events.get_many({denial.event_id for denial in denials})
            visits = uow.bookings.list_between(today, date.max, open_only=True)
            doubtful = [visit for visit in visits if visit.status is BookingStatus.HELD or visit.override]
            people = {entry.patient_id for entry in entries.values()} | {visit.patient_id for visit in doubtful}
            charts = Chart.load_many(uow, people)
            billed = uow.bookings.of_events(entries)
        pricing = _Pricing(self, contracts, charts)
        newest = {denial.event_id: denial for denial in denials}.values()  # a claim that was denied twice is one claim
        claims = (pricing.of_denial(d, entries[d.event_id].event, entries[d.event_id].patient_id,
                                    billed.get(d.event_id)) for d in newest)  # fmt: skip
        return (*claims, *(pricing.of_visit(visit) for visit in doubtful))

    def _lines(self, event: Event, site: Site) -> tuple[CodeLine, ...]:
        alone = () if event.targets else event.nerves
        proposal = Proposal(
            event.when.first, event.family, event.intent, event.approach, event.targets, event.nerves, alone
        )
        return derive_codes(proposal, site, self._rules.catalog.codes)


@dataclass(frozen=True, slots=True)
class _Pricing:
    """One reading's charts and contracts, for many amounts."""

    money: MoneyService
    contracts: Contracts
    charts: Mapping[str, Chart]

    def of_denial(self, denial: ClaimDenial, event: Event, patient_id: str, visit: Booking | None) -> RiskItem:
        priced = self._of(Risk.DENIED, event, patient_id, visit.site_id if visit else "")
        return priced if denial.cents is None else replace(priced, worth=Worth(denial.cents, Basis.CLAIM))

    def of_visit(self, visit: Booking) -> RiskItem:
        risk = Risk.HELD if visit.status is BookingStatus.HELD else Risk.OVERRIDDEN
        return self._of(risk, visit.event, visit.patient_id, visit.site_id)

    def _of(self, risk: Risk, event: Event, patient_id: str, site_id: str) -> RiskItem:
        chart = self.charts[patient_id]
        coverage = coverage_on(chart.coverages, event.when.first)
        payer = event.payer or (coverage.payer if coverage else "")
        site = chart.clinic.sites.get(site_id)
        return RiskItem(risk, payer, self.money.worth(event, payer, site, self.contracts))


def dollars(cents: int) -> str:
    """Return "$1,234.50"."""
    return f"${cents / 100:,.2f}"


def _by_contract(line: CodeLine, contract: Mapping[str, int]) -> int:
    both = BILATERAL if BOTH_SIDES in line.modifiers else 1
    return int(contract[line.code] * both) * line.units


def _by_medicare(lines: Iterable[CodeLine], year: FeeYear | None, place_of_service: str) -> Worth:
    if year is None:
        return Worth(0, Basis.UNKNOWN)
    priced = [(line, year.cents(line, place_of_service)) for line in lines]
    without = tuple(line.code for line, cents in priced if cents is None)
    known = [cents for _, cents in priced if cents is not None]
    return Worth(sum(known), Basis.MEDICARE if known else Basis.UNKNOWN, year.year, without)


def _sum(worths: Iterable[Worth]) -> Sum:
    total = Sum()
    for worth in worths:
        total = total.plus(worth)
    return total


def _contracted(settings: Mapping[str, object]) -> dict[str, dict[str, int]]:
    found = settings.get(CONTRACTED)
    return {payer: dict(codes) for payer, codes in found.items()} if isinstance(found, dict) else {}
