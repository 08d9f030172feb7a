"""The clinic's own rules in force: what they block and for whom; ended or undone they are really gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.clinic_rule import ClinicRule, ClinicRuleAction
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.errors import ConflictError, InvalidEntryError, StaleAnswerError
from tracker.domain.event import Event
from tracker.domain.patient import User
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Rule, Scope, WindowSpec
from tracker.domain.rule_kinds import MaxCount, Repeat
from tracker.domain.verdict import FindingCode, Grade, Outcome, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.changes import Kind
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.rule_library.base_book import BaseBook
from tracker.services.rule_library.clinic_rules import REASON, SEEN_IN
from tracker.services.rule_library.library_views import Library, Place, RuleState, RuleView
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.records import Act

TODAY = date(2026, 11, 24)
DAY = date(2026, 12, 3)
YEAR = WindowSpec(type="calendar-year")
OURS = "The plan told us so on the telephone."


@pytest.fixture(scope="module")
def shipped() -> PolicyCatalog:
    return load_catalog(resource_root())


@pytest.fixture
def services(transactions: Transactions, data_key: DataKey, shipped: PolicyCatalog, clock: FixedClock) -> Services:
    return assemble(transactions, data_key, shipped, clock, demo=False)


Covered = Callable[..., str]


@pytest.fixture
def covered(services: Services) -> Covered:
    """Make a patient with a plan, and what was done for them."""

    def make(payer: str, plan: str = "", *events: Event) -> str:
        added = services.patients.add(a_patient()).value
        coverage = a_coverage(payer=payer, plan=plan, authorization_required=False)
        services.patients.add_coverage(added.id, coverage)
        for event in events:
            services.history.add(added.id, event)
        return added.id

    return make


def a_rule(limit: int = 3, grade: Grade = Grade.REPORT, **given: object) -> MaxCount:
    base = MaxCount(
        id="",
        families=(Family.FACET_INJECTION,),
        evidence=grade,
        source="",
        limit=limit,
        per=Scope.LEVEL,
        window=YEAR,
    )
    return replace(base, **given)  # type: ignore[arg-type]  # any field of it


def blocks(*days: str) -> tuple[Event, ...]:
    return tuple(
        performed(day, Family.FACET_INJECTION, "L4-L5 right", relief_percent=90, relief_months=12) for day in days
    )


THREE = blocks("2026-02-02", "2026-05-04", "2026-08-03")


def asked(services: Services, patient_id: str, day: date = DAY) -> Verdict:
    return services.booking.check(a_request(patient_id, day)).verdict


def view(services: Services, place: str, rule_id: str) -> RuleView:
    return next(each for each in look(services).of(place) if each.rule.id == rule_id)


def look(services: Services) -> Library:
    return services.library.look()


def add(services: Services, payer: str, rule: Rule, plan: str = "", *, all_payers: bool = False) -> ClinicRule:
    return services.clinic_rules.add(
        services.clinic_rules.aim(payer_place(services, payer), plan, all_payers=all_payers), rule, OURS
    ).value


def payer_place(services: Services, payer: str) -> Place:
    return next((each for each in look(services).places if each.payer == payer), Place(payer, payer, payer))


def test_that_a_fourth_in_the_year_is_refused_only_in_the_plan_that_the_clinic_named(
    services: Services, covered: Covered
) -> None:
    gold, silver = covered("commercial", "Gold PPO", *THREE), covered("commercial", "Silver", *THREE)
    assert asked(services, gold).outcome is Outcome.UNKNOWN

    add(services, "commercial", a_rule(), "gold ppo")

    verdict = asked(services, gold)
    assert (verdict.outcome, verdict.earliest) == (Outcome.NOT_ALLOWED, date(2027, 1, 1))
    assert asked(services, silver).outcome is Outcome.UNKNOWN
    with pytest.raises(InvalidEntryError):
        request = a_request(gold, DAY)
        services.booking.book(request, services.booking.check(request).fingerprint)


@pytest.mark.parametrize(
    ("aim", "refused"), [("Gold PPO; silver", {"Gold PPO", "Silver"}), ("all but Gold PPO; Silver", {"", "Tin"})]
)
def test_that_a_rule_holds_for_several_plans_or_for_all_but_some(
    services: Services, covered: Covered, aim: str, refused: set[str]
) -> None:
    patients = {plan: covered("commercial", plan, *THREE) for plan in ("", "Gold PPO", "Silver", "Tin")}

    add(services, "commercial", a_rule(), aim)

    found = {plan for plan, patient in patients.items() if asked(services, patient).outcome is Outcome.NOT_ALLOWED}
    assert found == refused
    ((change,),) = (view.changes for view in look(services).of("commercial"))
    assert ("all plans but “Gold PPO”" in change.words) is aim.startswith("all but")


def test_that_a_new_change_for_the_same_plans_ends_the_one_before(services: Services, covered: Covered) -> None:
    silver = covered("commercial", "Silver", *THREE)
    first = add(services, "commercial", a_rule(), "Gold; Silver")
    (held,) = [view for view in look(services).of("commercial") if view.rule.id == first.rule_id]
    aim = services.clinic_rules.aim(held.place, "SILVER; gold")

    services.clinic_rules.replace(held, aim, replace(a_rule(limit=4), id=first.rule_id), OURS)

    assert asked(services, silver).outcome is Outcome.CAUTION


def test_that_a_third_in_the_year_is_still_the_last_one(services: Services, covered: Covered) -> None:
    gold = covered("commercial", "Gold PPO", *THREE[:2])
    add(services, "commercial", a_rule(), "Gold PPO")

    assert asked(services, gold).outcome is Outcome.CAUTION
    assert asked(services, gold, date(2027, 1, 1)).outcome is Outcome.ALLOWED


def test_that_the_clinics_rule_says_whose_it_is_wherever_it_speaks(services: Services, covered: Covered) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    add(services, "commercial", a_rule(), "Gold PPO")

    worst = asked(services, gold).worst
    assert worst is not None
    assert worst.source is not None
    assert worst.source.title == "Rule of this clinic"
    assert worst.source.section == "by Jo Diaz since 11/24/2026"
    assert worst.source.grade is Grade.REPORT


def test_that_a_change_at_one_payer_leaves_those_beside_it_that_follow_the_same_rules(
    services: Services, covered: Covered
) -> None:
    two = THREE[:2]
    medicare, humana = covered("medicare", "", *two), covered("humana", "", *two)
    change = view(services, "humana cgs", "facet-diagnostic-sessions")
    aim = services.clinic_rules.aim(change.place)
    tighter = replace(change.rule, limit=2)  # type: ignore[call-arg]  # it is a count
    services.clinic_rules.replace(change, aim, tighter, OURS)

    assert asked(services, humana).outcome is Outcome.NOT_ALLOWED
    assert asked(services, medicare).outcome is not Outcome.NOT_ALLOWED
    shown = view(services, "humana cgs", "facet-diagnostic-sessions")
    assert shown.source.section == "by Jo Diaz since 11/24/2026, in place of the payer’s"
    assert view(services, "medicare cgs", "facet-diagnostic-sessions").source.title != "Rule of this clinic"


def test_that_a_change_may_be_for_every_payer_that_follows_the_rules(services: Services, covered: Covered) -> None:
    medicare = covered("medicare", "", *THREE[:2])
    change = view(services, "humana cgs", "facet-diagnostic-sessions")
    assert {"Medicare", "Medicare Advantage", "Humana"} <= {
        name for _id, name in services.clinic_rules.followers(change.place)
    }
    aim = services.clinic_rules.aim(change.place, all_payers=True)
    services.clinic_rules.replace(change, aim, replace(change.rule, limit=2), OURS)  # type: ignore[call-arg]

    assert asked(services, medicare).outcome is Outcome.NOT_ALLOWED


def test_that_a_looser_rule_of_the_clinic_lets_a_visit_through(services: Services, covered: Covered) -> None:
    full = covered("medicare", "", *blocks("2026-02-02", "2026-04-06", "2026-06-01", "2026-08-03"))
    assert asked(services, full).outcome is Outcome.NOT_ALLOWED
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")

    services.clinic_rules.replace(change, services.clinic_rules.aim(change.place), replace(change.rule, limit=6), OURS)  # type: ignore[call-arg]

    assert asked(services, full).outcome is not Outcome.NOT_ALLOWED


def test_that_a_rule_that_is_switched_off_says_nothing_and_ending_that_brings_it_back(
    services: Services, covered: Covered
) -> None:
    full = covered("medicare", "", *blocks("2026-02-02", "2026-04-06", "2026-06-01", "2026-08-03"))
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    off = services.clinic_rules.switch_off(change, services.clinic_rules.aim(change.place), OURS).value

    assert asked(services, full).outcome is not Outcome.NOT_ALLOWED
    shown = view(services, "medicare cgs", "facet-diagnostic-sessions")
    assert (shown.state, shown.changed) == (RuleState.OFF, True)

    services.clinic_rules.end(shown.changes[-1].change)
    assert asked(services, full).outcome is Outcome.NOT_ALLOWED
    back = view(services, "medicare cgs", "facet-diagnostic-sessions")
    assert (back.state, back.changed) == (RuleState.HOLDS, False)
    assert back.changes[-1].words == (
        f"Switched off by Jo Diaz 11/24/2026 for Medicare: {OURS} Ended by Jo Diaz 11/24/2026."
    )
    assert off.id == back.changes[-1].change.id


def test_that_switching_off_for_one_plan_leaves_the_others(services: Services, covered: Covered) -> None:
    four = blocks("2026-02-02", "2026-04-06", "2026-06-01", "2026-08-03")
    part_b, railroad = covered("medicare", "Part B", *four), covered("medicare", "Railroad", *four)
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    services.clinic_rules.switch_off(change, services.clinic_rules.aim(change.place, "Railroad"), OURS)

    assert asked(services, part_b).outcome is Outcome.NOT_ALLOWED
    assert asked(services, railroad).outcome is not Outcome.NOT_ALLOWED
    assert "not in plan “Railroad”" in next(
        each.sentence for each in look(services).of("medicare cgs") if each.rule.id == change.rule.id
    )


def test_that_a_rule_for_several_payers_is_one_act_and_one_undo(services: Services, covered: Covered) -> None:
    patients = {payer: covered(payer, "Silver", *THREE) for payer in ("commercial", "credence", "priority-health")}
    before = {payer: asked(services, patient).outcome for payer, patient in patients.items()}
    aim = services.clinic_rules.aim(payer_place(services, "commercial"), payers=["commercial", "credence"])
    done = services.clinic_rules.add(aim, a_rule(), OURS)

    after = {payer: asked(services, patient).outcome for payer, patient in patients.items()}
    assert after["commercial"] is after["credence"] is Outcome.NOT_ALLOWED
    assert after["priority-health"] is before["priority-health"]
    assert {payer for payer in patients for each in look(services).of(payer) if each.of_clinic} == {
        "commercial", "credence"
    }  # fmt: skip
    assert "Credence" in done.sentence.rpartition(" For ")[2]
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert {payer: asked(services, patient).outcome for payer, patient in patients.items()} == before


def test_that_a_rule_is_not_changed_for_a_payer_that_does_not_follow_it(services: Services) -> None:
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    aim = services.clinic_rules.aim(change.place, payers=["medicare", "aetna"])
    with pytest.raises(InvalidEntryError, match="only that follow it"):
        services.clinic_rules.switch_off(change, aim, OURS)


def test_that_undo_takes_each_act_back_and_redo_does_it_again(services: Services, covered: Covered) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    aim = services.clinic_rules.aim(payer_place(services, "commercial"), "Gold PPO")
    done = services.clinic_rules.add(aim, a_rule(), OURS)
    assert done.changes.kinds == {Kind.RULES}
    assert done.undo is not None

    undone = services.undo.undo(done.undo)
    assert asked(services, gold).outcome is Outcome.UNKNOWN
    assert undone.undo is not None
    services.undo.undo(undone.undo)
    assert asked(services, gold).outcome is Outcome.NOT_ALLOWED


def test_that_a_clinic_opened_again_answers_by_its_own_rules(
    services: Services,
    covered: Covered,
    transactions: Transactions,
    data_key: DataKey,
    shipped: PolicyCatalog,
    clock: FixedClock,
) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    add(services, "commercial", a_rule(), "Gold PPO")

    again = assemble(transactions, data_key, shipped, clock, demo=False)
    assert asked(again, gold).outcome is Outcome.NOT_ALLOWED


@pytest.fixture
def other_desk(
    clinic: ClinicFolder, data_key: DataKey, shipped: PolicyCatalog, clock: FixedClock
) -> Iterator[Services]:
    """The same clinic, opened a second time."""
    database = Database.open(clinic.database, data_key.secret)
    yield assemble(Transactions(database, clock, User("Kim Oh")), data_key, shipped, clock, demo=False)
    database.close()


def test_that_what_another_desk_changed_answers_here_after_a_look(
    services: Services, other_desk: Services, covered: Covered
) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    assert not services.library.keep_up()
    change = add(other_desk, "commercial", a_rule(), "Gold PPO")
    assert asked(services, gold).outcome is Outcome.UNKNOWN

    assert services.library.keep_up()
    assert asked(services, gold).outcome is Outcome.NOT_ALLOWED
    assert not services.library.keep_up()

    other_desk.clinic_rules.end(change)
    assert services.library.keep_up()
    assert asked(services, gold).outcome is Outcome.UNKNOWN


def test_that_an_undone_change_of_another_desk_is_seen_too(
    services: Services, other_desk: Services, covered: Covered
) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    aim = other_desk.clinic_rules.aim(payer_place(other_desk, "commercial"), "Gold PPO")
    done = other_desk.clinic_rules.add(aim, a_rule(), OURS)
    assert services.library.keep_up()
    assert done.undo is not None
    other_desk.undo.undo(done.undo)

    assert services.library.keep_up()
    assert asked(services, gold).outcome is Outcome.UNKNOWN


def test_that_nothing_is_booked_by_rules_that_another_desk_has_changed_meanwhile(
    services: Services, other_desk: Services, covered: Covered
) -> None:
    full = covered("medicare", "", *THREE)
    request = replace(a_request(full, DAY), starts=None)
    seen = services.booking.check(request)
    assert seen.tone is Outcome.CAUTION
    rule = view(other_desk, "medicare cgs", "facet-diagnostic-sessions")
    aim = other_desk.clinic_rules.aim(rule.place)
    other_desk.clinic_rules.replace(rule, aim, replace(rule.rule, limit=3), OURS)  # type: ignore[call-arg]

    with pytest.raises(StaleAnswerError):
        services.booking.book(request, seen.fingerprint)
    assert asked(services, full).outcome is Outcome.NOT_ALLOWED


def test_that_a_second_change_of_a_rule_ends_the_first(services: Services, covered: Covered) -> None:
    full = covered("medicare", "", *THREE)
    for limit, outcome in ((2, Outcome.NOT_ALLOWED), (5, Outcome.ALLOWED)):
        change = view(services, "medicare cgs", "facet-diagnostic-sessions")
        aim = services.clinic_rules.aim(change.place)
        services.clinic_rules.replace(change, aim, replace(change.rule, limit=limit), OURS)  # type: ignore[call-arg]
        assert (asked(services, full).outcome is Outcome.NOT_ALLOWED) is (outcome is Outcome.NOT_ALLOWED)

    changes = view(services, "medicare cgs", "facet-diagnostic-sessions").changes
    assert [each.change.holds for each in changes] == [False, True]


def test_that_a_change_that_begins_later_leaves_the_rule_until_then(services: Services, covered: Covered) -> None:
    full = covered("medicare", "", *THREE)
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    later = replace(change.rule, limit=3, effective_from=date(2026, 12, 10))  # type: ignore[call-arg]
    services.clinic_rules.replace(change, services.clinic_rules.aim(change.place), later, OURS)

    assert asked(services, full, date(2026, 12, 9)).outcome is not Outcome.NOT_ALLOWED
    assert asked(services, full, date(2026, 12, 10)).outcome is Outcome.NOT_ALLOWED


def test_that_a_general_change_holds_for_a_plan_again_once_the_plans_own_has_ended(
    services: Services, covered: Covered
) -> None:
    railroad = covered("medicare", "Railroad", *THREE[:2])
    place = payer_place(services, "medicare")
    base = view(services, place.id, "facet-diagnostic-sessions")
    loose = replace(base.rule, limit=9)  # type: ignore[call-arg]  # it is a count
    own = services.clinic_rules.replace(base, services.clinic_rules.aim(place, "Railroad"), loose, OURS).value
    narrowed = next(v for v in look(services).of(place.id) if v.rule.id == base.rule.id and v.rule.not_plans)
    tight = replace(narrowed.rule, limit=2)  # type: ignore[call-arg]  # it is a count
    services.clinic_rules.replace(narrowed, services.clinic_rules.aim(place), tight, OURS)
    assert asked(services, railroad).outcome is not Outcome.NOT_ALLOWED

    services.clinic_rules.end(own)
    assert asked(services, railroad).outcome is Outcome.NOT_ALLOWED


def test_that_a_rule_of_one_plan_may_become_one_of_all(services: Services, covered: Covered) -> None:
    silver = covered("commercial", "Silver", *THREE)
    place = payer_place(services, "commercial")
    made = add(services, "commercial", a_rule(), "Gold PPO")
    own = view(services, "commercial", made.rule_id)
    services.clinic_rules.replace(own, services.clinic_rules.aim(place), own.rule, OURS)

    assert asked(services, silver).outcome is Outcome.NOT_ALLOWED


# Recalled rules


@pytest.fixture
def recalled(services: Services) -> RuleView:
    """The recalled interval that is shipped, as a place shows it."""
    return next(each for each in look(services).rules if each.unconfirmed and isinstance(each.rule, MaxCount | Repeat))


def test_that_a_recalled_rule_refuses_once_it_is_confirmed_and_warns_again_when_that_is_withdrawn(
    services: Services, recalled: RuleView
) -> None:
    def tried() -> Verdict:
        now = next(each for each in look(services).rules if each.key == recalled.key)
        return services.library.try_lines(now, "", "+1", ["t"], whole=False).verdict

    assert tried().outcome is Outcome.CAUTION
    confirmed = services.clinic_rules.confirm(recalled, "Manual 2026, page 14")
    assert tried().outcome is Outcome.NOT_ALLOWED
    shown = next(each for each in look(services).rules if each.key == recalled.key)
    assert shown.source.confirmed == "confirmed by Jo Diaz 11/24/2026 in Manual 2026, page 14"
    assert shown.source.grade is Grade.RECALLED
    assert not shown.unconfirmed

    services.clinic_rules.withdraw(confirmed.value)
    assert tried().outcome is Outcome.CAUTION


def test_that_a_confirmation_names_a_document(services: Services, recalled: RuleView) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        services.clinic_rules.confirm(recalled, "  ")

    assert refused.value.about == SEEN_IN


def test_that_a_documented_rule_needs_no_confirmation(services: Services) -> None:
    with pytest.raises(InvalidEntryError):
        services.clinic_rules.confirm(view(services, "medicare cgs", "facet-levels"), "LCD L38773")


def test_that_a_clinics_rule_from_memory_only_warns(services: Services, covered: Covered) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    add(services, "commercial", a_rule(grade=Grade.RECALLED), "Gold PPO")

    assert asked(services, gold).outcome is Outcome.CAUTION


# What is refused, and what cannot be read


def test_that_a_change_gives_its_reason(services: Services) -> None:
    aim = services.clinic_rules.aim(payer_place(services, "commercial"))
    with pytest.raises(InvalidEntryError) as refused:
        services.clinic_rules.add(aim, a_rule(), "no")

    assert refused.value.about == REASON
    assert not look(services).of("commercial")


def test_that_the_clinics_own_rule_is_ended_and_not_switched_off(services: Services) -> None:
    made = add(services, "commercial", a_rule())
    own = view(services, "commercial", made.rule_id)
    with pytest.raises(InvalidEntryError):
        services.clinic_rules.switch_off(own, services.clinic_rules.aim(own.place), OURS)

    services.clinic_rules.end(made)
    assert not look(services).of("commercial")


def test_that_a_change_ended_twice_is_told(services: Services) -> None:
    made = add(services, "commercial", a_rule())
    services.clinic_rules.end(made)
    with pytest.raises(ConflictError):
        services.clinic_rules.end(made)


def test_that_several_rules_are_adopted_and_taken_back_as_one_act(services: Services, covered: Covered) -> None:
    gold = covered("commercial", "Gold PPO", *THREE)
    first = a_rule(id="facets")
    second = replace(a_rule(2), id="epidurals", families=(Family.EPIDURAL,))
    aim = services.clinic_rules.aim(payer_place(services, "commercial"), "Gold PPO")
    done = services.clinic_rules.adopt(aim, (first, second), "Our figures to begin with.")

    assert asked(services, gold).outcome is Outcome.NOT_ALLOWED
    assert len(look(services).of("commercial")) == 2
    assert done.undo is not None
    services.undo.undo(done.undo)
    assert not look(services).of("commercial")


@pytest.mark.expect_log("cannot be read")
def test_that_a_rule_that_cannot_be_read_stops_its_plan_and_is_told(
    services: Services, covered: Covered, transactions: Transactions
) -> None:
    fresh, other = covered("aetna", "Gold PPO"), covered("aetna", "Silver")
    before = asked(services, other).outcome
    made = add(services, "aetna", a_rule(), "Gold PPO")
    with transactions.writing() as uow:
        uow.clinic_rules.write(made, '{"kind": "max_count", "limit": "three"}')
        uow.commit(Act("damage", "clinic_rule", made.id))
    with transactions.reading() as uow:
        reload(services, uow)

    verdict = asked(services, fresh)
    assert verdict.outcome >= Outcome.UNKNOWN
    assert any("cannot be read" in finding.message for finding in verdict.findings)
    assert asked(services, other).outcome is before
    (problem,) = look(services).problems
    assert problem == f"The rule “{made.rule_id}” of this clinic, made 11/24/2026, cannot be read."


def reload(services: Services, uow: object) -> None:
    services.clinic_rules._rules.reload(uow)  # type: ignore[arg-type]  # as another desk's change would be read


# What visits were booked against


def test_that_a_rule_overridden_mostly_because_the_count_is_wrong_is_suspected(
    services: Services, covered: Covered
) -> None:
    four = blocks("2026-02-02", "2026-04-06", "2026-06-01", "2026-08-03")
    for number, reason in enumerate((OverrideReason.OTHER_SITE, OverrideReason.SELF_PAY, OverrideReason.NOT_PERFORMED)):
        patient = covered("medicare", "", *four)
        request = replace(a_request(patient, DAY), starts=None)
        seen = services.booking.check(request).fingerprint
        services.booking.override(request, seen, Override(reason, "as the chart says", "12345"))
        found = view(services, "medicare cgs", "facet-diagnostic-sessions").overridden
        assert (found.count, found.suspect) == (number + 1, number == 2)
    assert found.wrong == 2
    untouched = view(services, "medicare cgs", "facet-ablation-sessions").overridden
    assert (untouched.count, untouched.suspect) == (0, False)


@pytest.mark.parametrize(("code", "suspect"), [("119", True), ("27", False)])
def test_that_a_rule_whose_answer_was_denied_is_suspected(
    services: Services, covered: Covered, code: str, suspect: bool
) -> None:
    event = _done(services, covered("medicare"))
    services.denials.add(ClaimDenial(event, TODAY, code, cents=31240))

    found = view(services, "medicare cgs", "facet-diagnostic-sessions")
    assert (found.denied.said_allowed, found.suspect) == (suspect, suspect)
    assert not view(services, "medicare cgs", "facet-ablation-sessions").suspect
    assert bool(look(services).unruled.get("medicare-facet")) is not suspect


def test_that_a_rule_that_had_warned_before_the_denial_is_shown_and_not_suspected(
    services: Services, covered: Covered
) -> None:
    four = blocks("2026-02-02", "2026-04-06", "2026-06-01", "2026-08-03")
    event = _done(services, covered("medicare", "", *four))
    services.denials.add(ClaimDenial(event, TODAY, "119"))

    found = view(services, "medicare cgs", "facet-diagnostic-sessions")
    assert (found.denied.count, found.denied.said_allowed, found.suspect) == (1, 0, False)


def _done(services: Services, patient: str) -> str:
    """Book a visit of today, against the answer where need be, and mark it as done."""
    request = replace(a_request(patient, TODAY), starts=None)
    answer = services.booking.check(request)
    why = Override(OverrideReason.OTHER, "The physician wants it on this day.")
    if answer.tone <= Outcome.CAUTION:
        booking = services.booking.book(request, answer.fingerprint).value
    else:
        booking = services.booking.override(request, answer.fingerprint, why).value
    services.booking.set_status(booking.id, BookingStatus.DONE)
    return booking.event.id


# What is shown


def test_that_every_place_shows_its_rules_with_source_and_days(services: Services) -> None:
    library = look(services)
    labels = [place.label for place in library.places]
    assert "Medicare, CGS (KY)" in labels
    assert labels.index("Medicare, CGS (KY)") < labels.index("Medicare, NGS (10 states)")
    assert sum(place.payer == "humana" for place in library.places) == 1
    shown = view(services, "medicare cgs", "facet-levels")
    assert shown.source.title == "LCD L38773 / A58364 (CGS)"
    assert shown.holds == "from 08/15/2024"
    assert [(each.days, each.sentence.split(". ")[-1]) for each in shown.versions] == [
        ("From 08/15/2024", "A third level is not covered."),
        (
            "07/07/2024 to 08/14/2024",
            "In the summer of 2024 the third level ceased to be covered; this contractor's day is not on file.",
        ),
        ("05/02/2021 to 07/06/2024", "A third level was paid on appeal only, with reasons of its own."),
    ]


def test_that_a_change_says_when_the_payers_rule_became_another_one_since(
    services: Services, shipped: PolicyCatalog
) -> None:
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    services.clinic_rules.replace(change, services.clinic_rules.aim(change.place), replace(change.rule, limit=3), OURS)  # type: ignore[call-arg]
    assert not view(services, "medicare cgs", change.rule.id).changes[-1].outdated

    def looser(rule: Rule) -> Rule:
        return replace(rule, limit=5) if rule.id == change.rule.id else rule  # type: ignore[call-arg]

    policies = tuple(
        replace(
            policy,
            versions={
                name: tuple(replace(each, rules=tuple(map(looser, each.rules))) for each in versions)
                for name, versions in policy.versions.items()
            },
        )
        for policy in shipped.policies
    )
    services.clinic_rules._rules.use(BaseBook(replace(shipped, policies=policies)))

    shown = view(services, "medicare cgs", change.rule.id)
    assert shown.changes[-1].outdated
    assert shown.rule.limit == 3  # type: ignore[attr-defined]


def test_that_a_rule_whose_payers_rule_is_gone_stands_by_itself(
    services: Services, shipped: PolicyCatalog, covered: Covered
) -> None:
    two = covered("medicare", "", *THREE[:2])
    change = view(services, "medicare cgs", "facet-diagnostic-sessions")
    services.clinic_rules.replace(change, services.clinic_rules.aim(change.place), replace(change.rule, limit=2), OURS)  # type: ignore[call-arg]

    policies = tuple(
        replace(
            policy,
            versions={
                name: tuple(
                    replace(each, rules=tuple(rule for rule in each.rules if rule.id != change.rule.id))
                    for each in versions
                )
                for name, versions in policy.versions.items()
            },
        )
        for policy in shipped.policies
    )
    services.clinic_rules._rules.use(BaseBook(replace(shipped, policies=policies)))

    assert asked(services, two).outcome is Outcome.NOT_ALLOWED


# Trying


def test_that_a_rule_is_tried_on_typed_dates_on_both_sides_of_its_limit(services: Services) -> None:
    sessions = view(services, "medicare cgs", "facet-diagnostic-sessions")
    lines = ["01/12/2026 mbb l45l 85", "02/02/2026", "06/15/2026", "", "07/13/2026"]

    refused = services.library.try_lines(sessions, "", "01/12/2027", lines, whole=False)
    assert refused.verdict.outcome is Outcome.NOT_ALLOWED
    assert refused.verdict.earliest == date(2027, 1, 13)
    assert [finding.code for finding in refused.verdict.findings] == [FindingCode.OVER_LIMIT]
    allowed = services.library.try_lines(sessions, "", "01/13/2027", lines, whole=False)
    assert allowed.verdict.outcome is Outcome.CAUTION


def test_that_all_rules_of_the_payer_are_tried_together(services: Services) -> None:
    sessions = view(services, "medicare cgs", "facet-diagnostic-sessions")
    verdict = services.library.try_lines(sessions, "", "01/20/2026", ["01/12/2026 mbb l45l 85"], whole=True).verdict

    assert FindingCode.TOO_SOON in {finding.code for finding in verdict.findings}


@pytest.mark.parametrize(
    ("asked_for", "lines", "about"),
    [("01/32/2027", [], "asked"), ("t", ["t", "soon mbb"], "1"), ("t", ["t l99"], "0"), ("t xyz", [], "asked")],
)
def test_that_a_line_without_meaning_is_named(services: Services, asked_for: str, lines: list[str], about: str) -> None:
    sessions = view(services, "medicare cgs", "facet-diagnostic-sessions")
    with pytest.raises(InvalidEntryError) as refused:
        services.library.try_lines(sessions, "", asked_for, lines, whole=False)

    assert refused.value.about == about


def test_that_a_sample_shows_a_change_on_both_sides_of_both_limits(services: Services) -> None:
    before = a_rule(4, window=WindowSpec(months=12))
    sample = services.library.sample(before, replace(before, limit=3))

    assert {(row.before_tone, row.after_tone) for row in sample.rows} >= {
        (Outcome.NOT_ALLOWED, Outcome.NOT_ALLOWED),
        (Outcome.CAUTION, Outcome.NOT_ALLOWED),
    }
    assert any(row.differs for row in sample.rows)
    same = services.library.sample(before, before)
    assert not any(row.differs for row in same.rows)


def test_that_every_rule_on_file_has_a_sample(services: Services, shipped: PolicyCatalog) -> None:
    rules = {
        rule
        for policy in shipped.policies
        for versions in policy.versions.values()
        for version in versions[-1:]
        for rule in version.rules
    }
    for rule in rules:
        assert services.library.sample(None, rule).rows, rule.id


def test_that_trying_stores_nothing(services: Services, transactions: Transactions) -> None:
    with transactions.reading() as uow:
        before = uow.acts.latest_id()
    sessions = view(services, "medicare cgs", "facet-diagnostic-sessions")
    services.library.try_lines(sessions, "", "t", ["01/12/2026"], whole=True)
    services.library.sample(None, sessions.rule)

    with transactions.reading() as uow:
        assert uow.acts.latest_id() == before


def test_that_a_trial_begins_with_the_last_day_that_is_too_soon(services: Services) -> None:
    rule = a_rule(
        2, window=WindowSpec(months=12), intents=(Intent.THERAPEUTIC,), approaches=(Approach.INTRA_ARTICULAR,)
    )
    assert services.library.start_lines(rule) == (
        "09/25/2027 facet-tx l45l",
        ("09/25/2026", "10/25/2026"),
    )
    shown = view(services, "medicare cgs", "facet-diagnostic-sessions")
    asked_for, done = services.library.start_lines(shown.rule)
    trial = services.library.try_lines(shown, "", asked_for, done, whole=False)
    assert trial.verdict.outcome is Outcome.NOT_ALLOWED


def test_that_a_change_knows_what_it_does(services: Services) -> None:
    assert add(services, "commercial", a_rule()).action is ClinicRuleAction.ADD


def test_that_the_offered_figures_answer_only_once_they_are_adopted(services: Services, covered: Covered) -> None:
    (offer,) = services.library.offers()
    gold, silver = covered("commercial", "Gold PPO", *THREE), covered("commercial", "Silver", *THREE)
    assert len(offer.sentences) == len(offer.rules) > 1
    assert asked(services, gold).outcome is Outcome.UNKNOWN

    aim = services.clinic_rules.aim(payer_place(services, "commercial"), "Gold PPO")
    services.clinic_rules.adopt(aim, offer.rules, "Our own figures to begin with.")

    verdict = asked(services, gold)
    assert verdict.outcome is Outcome.CAUTION
    assert verdict.worst is not None
    assert verdict.worst.source is not None
    assert verdict.worst.source.title == "Rule of this clinic"
    assert asked(services, silver).outcome is Outcome.UNKNOWN


def test_that_figures_adopted_for_two_plans_are_two_changes(services: Services) -> None:
    (offer,) = services.library.offers()
    place = payer_place(services, "commercial")
    for plan in ("Gold PPO", "Silver"):
        services.clinic_rules.adopt(services.clinic_rules.aim(place, plan), offer.rules[:1], OURS)

    views = look(services).of("commercial")
    assert [view.rule.plans for view in views] == [("Gold PPO",), ("Silver",)]
    assert [[each.change.plan for each in view.changes] for view in views] == [["Gold PPO"], ["Silver"]]


@pytest.mark.parametrize(
    ("policy", "rule_id"),
    [
        ("evicore-trigger-point", "trigger-point-sessions"),
        ("medicare-trigger-point", "trigger-point-one-region"),
        ("medicare-facet", "facet-therapeutic-sessions-by-claim"),
    ],
)
def test_that_samples_of_regions_of_the_body_and_of_claims_are_refused_and_allowed(
    services: Services, shipped: PolicyCatalog, policy: str, rule_id: str
) -> None:
    versions = next(each for each in shipped.policies if each.id == policy).versions.values()
    rule = next(rule for several in versions for version in several for rule in version.rules if rule.id == rule_id)
    tones = {row.after_tone for row in services.library.sample(None, rule).rows}

    # A rule that only warns is tried on what it warns about.
    assert getattr(rule, "outcome", Outcome.NOT_ALLOWED) in tones
    assert tones - {Outcome.NOT_ALLOWED}
    assert len(tones) > 1
