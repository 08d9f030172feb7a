"""Money at risk: Medicare's national figures, the clinic's contracts, and what is only reported kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.builders import a_request, a_site, performed
from tests.fakes import FixedClock
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, PartialDate
from tracker.domain.procedure import Family
from tracker.domain.verdict import CodeLine, Grade, Outcome
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.desk.denials import DenialService
from tracker.services.desk.money import NOT_FOR_BILLING, UNRELIABLE, Basis, MoneyService, Sum
from tracker.services.patients.history import HistoryService
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames
from tracker.storage.records import Act

OFFICE, HOSPITAL, CENTER = a_site(place_of_service="11"), a_site(place_of_service="22"), a_site(place_of_service="24")
LEFT = performed("2026-11-10", Family.FACET_INJECTION, "L4-L5 left")


@cache
def rules() -> RulesInForce:
    return RulesInForce(load_catalog(resource_root()))


@pytest.fixture
def money(transactions: Transactions, payers: PayerNames, clock: FixedClock) -> MoneyService:
    return MoneyService(transactions, rules(), payers, clock)


@pytest.mark.parametrize(
    ("year", "code", "place", "cents"),
    [
        (2026, "64493", "11", 19039),  # 5.70 × 33.4009
        (2026, "64493", "24", 8150),  # 2.44 × 33.4009
        (2025, "64493", "11", 17208),  # 5.32 × 32.3465
        (2024, "64493", "11", 17208),  # nothing older is on file
        (2027, "64493", "11", 19039),  # nor newer
        (2026, "64628", "24", 36474),  # 10.92 × 33.4009
        (2026, "64628", "11", None),  # paid in facilities only
        (2026, "99999", "11", None),
    ],
)
def test_that_a_code_is_worth_units_times_factor_by_year_and_place(
    year: int, code: str, place: str, cents: int | None
) -> None:
    figures = rules().catalog.fees.of_year(year)
    assert figures is not None
    assert figures.cents(CodeLine(code), place) == cents


def test_that_both_sides_are_paid_at_one_and_a_half_and_units_multiply() -> None:
    figures = rules().catalog.fees.of_year(2026)
    assert figures is not None
    assert figures.cents(CodeLine("64493", ("50",)), "11") == 28558
    assert figures.cents(CodeLine("62323", ("50",)), "11") == figures.cents(CodeLine("62323"), "11")
    assert figures.cents(CodeLine("64495", (), 2), "11") == 2 * 9887


def test_that_every_code_on_file_is_of_our_list_with_its_source() -> None:
    fees, codes = rules().catalog.fees, rules().catalog.codes.codes
    assert [year.year for year in fees.years] == [2025, 2026]
    for year in fees.years:
        assert set(year.units) <= set(codes)
        assert year.source.grade is Grade.PRIMARY
        assert {"64490", "64493", "64635", "64483", "62323", "27096"} <= set(year.units)


def test_that_an_injection_is_worth_its_codes_where_it_was_done(money: MoneyService) -> None:
    both = performed("2026-11-10", Family.FACET_INJECTION, "L4-L5 both", "L5-S1 both")
    office = money.worth(LEFT, "medicare", OFFICE)
    assert (office.cents, office.basis, office.year) == (19039, Basis.MEDICARE, 2026)
    assert money.worth(LEFT, "medicare", HOSPITAL).cents == 8150
    assert money.worth(both, "medicare", OFFICE).cents == 28558 + 14379
    assert money.worth(replace(LEFT, place_of_service="22"), "medicare").cents == 8150


def test_that_what_has_no_code_or_figure_is_not_worth_nothing_but_unknown(money: MoneyService) -> None:
    nowhere = Event("", PartialDate.parse("2026-05"), Family.EPIDURAL)
    assert money.worth(nowhere, "medicare", OFFICE).basis is Basis.UNKNOWN


def test_that_the_clinics_contract_stands_before_medicares_figure_where_it_names_every_code(
    money: MoneyService, undo: UndoService
) -> None:
    two = performed("2026-11-10", Family.FACET_INJECTION, "L4-L5 left", "L5-S1 left")
    done = money.set_contracted("aetna", " 64493 ", 30000)
    assert money.worth(LEFT, "aetna", OFFICE) == replace(
        money.worth(LEFT, "aetna", OFFICE), cents=30000, basis=Basis.CONTRACT
    )
    assert money.worth(two, "aetna", OFFICE).basis is Basis.MEDICARE
    assert money.worth(LEFT, "cigna", OFFICE).basis is Basis.MEDICARE
    money.set_contracted("aetna", "64494", 12050)
    assert money.worth(two, "aetna", OFFICE).cents == 42050
    money.set_contracted("aetna", "64494", None)
    assert money.contracted() == {"aetna": {"64493": 30000}}
    assert done.sentence == "Contract of Aetna: 64493 $300.00"


@pytest.mark.parametrize(
    ("code", "cents", "about"), [("12345", 1, "code"), ("64493", -1, "amount"), ("64493", 10**8, "amount")]
)
def test_that_a_contract_that_cannot_be_is_refused(money: MoneyService, code: str, cents: int, about: str) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        money.set_contracted("aetna", code, cents)
    assert caught.value.about == about
    assert money.contracted() == {}


def test_that_denied_claims_and_doubtful_visits_are_added_up_apart(
    money: MoneyService, history: HistoryService, transactions: Transactions, payers: PayerNames, clock: FixedClock,
    patient_id: str,
) -> None:  # fmt: skip
    denials = DenialService(transactions, rules(), clock)
    first = history.add(patient_id, replace(LEFT, place_of_service="22")).value.event
    told = history.add(
        patient_id, replace(LEFT, place_of_service="22", when=PartialDate.parse("2026-10-10"))
    ).value.event
    for day in (date(2026, 11, 20), date(2026, 11, 23)):
        denials.add(ClaimDenial(first.id, day, "151"))
    denials.add(ClaimDenial(told.id, date(2026, 11, 20), "50", cents=31200))
    booking = BookingService(transactions, rules().judge, payers, clock)
    answer = booking.check(a_request(patient_id, date(2026, 12, 3)))
    held = booking.book(answer.request, answer.fingerprint).value
    answer = booking.check(a_request(patient_id, date(2026, 12, 18)))
    why = Override(OverrideReason.OTHER, "The physician wants it on this day.")
    assert answer.tone > Outcome.CAUTION  # the block before has no result yet
    booking.override(answer.request, answer.fingerprint, why)
    with transactions.writing() as uow:
        uow.bookings.change(replace(held, status=BookingStatus.HELD))
        uow.commit(Act("hold", "booking", held.id))
    risk = money.at_risk()
    assert risk.denied == Sum(2, 8150 + 31200)
    assert risk.held == Sum(1, 8150)
    assert risk.overridden == Sum(1, 8150)
    assert risk.mark == NOT_FOR_BILLING


def test_that_reported_figures_are_kept_apart_and_called_unreliable(money: MoneyService) -> None:
    texas = money.reported("TX")
    assert {(each.low, each.high, each.per) for each in texas} == {(235, 235, "session"), (130, 145, "first level")}
    assert {each.source.grade for each in money.reported()} == {Grade.REPORT}
    assert money.reported("KY") == ()
    assert "used for nothing" in UNRELIABLE
