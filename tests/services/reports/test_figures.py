"""Every figure of a report equals a slow plain count over the same file."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import holidays
import pytest

from tests.services.reports.conftest import TODAY, Clinic, Named
from tracker.domain.errors import InvalidEntryError
from tracker.domain.verdict import Outcome
from tracker.services.desk.money import Basis
from tracker.services.reports.shape import Report
from tracker.services.words.wording import procedure_word

FLAGGED = ("needs_authorization", "unknown", "not_allowed")
DECIDED = {"approved": 0, "partially-approved": 1, "modified": 1, "denied": 2, "appealed": 2}


def column(report: Report, title: str) -> list[Any]:
    place = [each.title for each in report.columns].index(title)
    return [row[place] for row in report.rows]


def first_of(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    "report_id",
    ["denials-avoided", "overrides", "turnaround", "approvals", "unused-units", "schedule-ahead", "eligible-again",
     "denied-claims", "money-at-risk", "audit-extract"],
)  # fmt: skip
def test_that_the_demo_clinic_gives_each_report_rows_a_chart_and_a_total_as_wide_as_they(
    demo_clinic: Clinic, report_id: str
) -> None:
    report = demo_clinic.report(report_id)
    assert report.rows
    assert {len(row) for row in report.rows} == {len(report.columns)}
    assert report.totals is None or len(report.totals) == len(report.columns)
    assert report.chart is not None
    assert any(sum(bar.parts) for bar in report.chart.bars)
    assert {len(bar.parts) for bar in report.chart.bars} == {len(report.chart.parts)}
    assert report.made_by == "Jo Diaz"


def test_that_denials_avoided_are_the_flags_that_were_mended_before_the_visit(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("denials-avoided")
    turns = sorted(demo_clinic.rows("standing_turn"), key=lambda turn: turn.id)
    kinds = {act.id: (act.kind, act.at) for act in demo_clinic.rows("act")}
    became: Counter[str] = Counter()
    for visit in demo_clinic.rows("booking"):
        mine = [turn for turn in turns if turn.booking_id == visit.id]
        raised = [turn for turn in mine if turn.outcome in FLAGGED and turn.at.date() >= first_of(90)]
        if not raised:
            continue
        moves = [
            (kinds[change.act_id][1], json.loads(change.before)["day"])
            for change in demo_clinic.rows("act_change")
            if change.entity_id == visit.id and change.before and kinds[change.act_id][0] == "move booking"
        ]
        good = mine[-1].outcome not in FLAGGED
        in_time = [1 for at, day in moves if at >= raised[0].at and at.date().isoformat() <= day]
        if visit.status in ("cancelled", "no-show"):
            became["Called off or missed"] += 1
        elif good and in_time:
            became["Moved to a day that fits"] += 1
        elif good:
            became["Cleared before the visit"] += 1
        else:
            became["Still flagged, to come" if visit.status != "done" else "Went ahead as flagged"] += 1
    assert Counter(column(report, "What became of it")) == became
    assert became["Moved to a day that fits"] == 4
    assert became["Cleared before the visit"] == 3
    assert report.totals is not None
    assert report.totals[5] == f"7 of {len(report.rows)} flags avoided a denial"


def test_that_overrides_are_counted_by_reason_and_person_with_those_denied_later(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("overrides")
    denied = {row.event_id for row in demo_clinic.rows("claim_denial")}
    visits = [
        visit
        for visit in demo_clinic.rows("booking")
        if visit.override_reason and visit.override_at.astimezone().date() >= first_of(90)
    ]
    by_person = {name: [v for v in visits if v.override_by == name] for name in {v.override_by for v in visits}}
    told = {row[1]: row[2:7] for row in report.rows if row[0] == "Person"}
    assert set(told) == set(by_person)
    for name, mine in by_person.items():
        done, refused = sum(v.status == "done" for v in mine), sum(v.event_id in denied for v in mine)
        wrong = sum(v.override_reason in ("other-site", "not-performed", "other-payer") for v in mine)
        assert told[name][:3] == (len(mine), done, refused)
        assert told[name][3] == (refused / done if done else None)
        assert told[name][4] == wrong / len(mine)
    assert sum(row[2] for row in report.rows if row[0] == "Reason") == len(visits) == report.totals[2]
    assert sum(row[4] for row in report.rows if row[0] == "Reason") == sum(v.event_id in denied for v in visits) > 0


def test_that_a_rule_is_doubted_when_more_than_half_of_its_reasons_say_that_the_count_is_wrong(
    demo_clinic: Clinic,
) -> None:
    report = demo_clinic.report("overrides")
    rules = [row for row in report.rows if row[0] == "Rule"]
    for row in rules:
        assert (row[7] != "") == (row[2] >= 2 and row[6] > 0.5), row[1]
    assert [row for row in rules if row[7]]
    assert [row for row in rules if not row[7]]


def test_that_turnaround_is_the_median_and_the_ninetieth_percentile_in_both_kinds_of_days(
    demo_clinic: Clinic, payer_name: Named
) -> None:
    report = demo_clinic.report("turnaround")
    levels = {row.id: row.appeal_level for row in demo_clinic.rows("authorization_request")}
    closed = holidays.country_holidays("US", years=range(2024, 2028))
    found: dict[str, list[tuple[int, int]]] = {}
    for row in demo_clinic.rows("authorization"):
        if row.status in DECIDED and row.decided and first_of(180) <= row.decided <= TODAY and not levels[row.id]:
            days = [row.submitted + timedelta(days=n) for n in range(1, (row.decided - row.submitted).days + 1)]
            business = sum(day.weekday() < 5 and day not in closed for day in days)
            found.setdefault(payer_name(row.payer), []).append((len(days), business))
    assert [row[0] for row in report.rows] == sorted(found, key=str.casefold)
    for row in report.rows:
        mine = found[row[0]]
        assert row[1] == len(mine)
        for values, middle, most in (([d for d, _b in mine], row[2], row[3]), ([b for _d, b in mine], row[4], row[5])):
            ordered = sorted(values)
            assert middle == (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
            assert most == min(v for v in values if sum(w <= v for w in values) >= 0.9 * len(values))
        assert row[6] == max(days for days, _business in mine)


@pytest.mark.parametrize(
    ("days", "words"),
    [([5], "5 days, 1 decision"), ([5, 5], "5 days, 2 decisions"), ([1], "1 day, 1 decision"),
     ([3, 5], "4 to 5 days, 2 decisions")],
)  # fmt: skip
def test_that_a_bar_of_the_turnaround_says_one_number_where_median_and_percentile_are_the_same(
    days: list[int], words: str
) -> None:
    from tracker.services.reports.turnaround import chart_of

    assert chart_of({"Payer": [(day, day) for day in days]}).bars[0].words == words


def test_that_approvals_are_counted_by_payer_and_procedure(demo_clinic: Clinic, payer_name: Named) -> None:
    from tracker.domain.procedure import Approach, Family, Intent

    report = demo_clinic.report("approvals")
    asked = {row.id: row for row in demo_clinic.rows("authorization_request")}
    found: dict[tuple[str, str], list[int]] = {}
    for row in demo_clinic.rows("authorization"):
        if row.status not in DECIDED or not row.decided or not first_of(180) <= row.decided <= TODAY:
            continue
        what = asked[row.id]
        word = procedure_word(
            Family(what.family), Intent(what.intent) if what.intent else None,
            Approach(what.approach) if what.approach else None,
        )  # fmt: skip
        found.setdefault((payer_name(row.payer), word), [0, 0, 0])[DECIDED[row.status]] += 1
    assert {(row[0], row[1]): list(row[3:6]) for row in report.rows} == found
    assert all(row[2] == sum(row[3:6]) and row[6] == row[3] / row[2] for row in report.rows)
    assert report.totals is not None
    assert report.totals[2] == sum(sum(counts) for counts in found.values())


def test_that_the_schedule_ahead_has_every_open_visit_with_the_answer_of_the_list(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("schedule-ahead", days="10")
    last = TODAY + timedelta(days=9)
    rows = [row for row in demo_clinic.services.schedule.next_days(TODAY, 10) if row.booking.day <= last]
    assert [(row[0], row[2], row[7].words) for row in report.rows] == [
        (row.booking.day, row.patient.name, row.flag) for row in rows
    ]
    assert report.totals is not None
    assert report.totals[7] == f"{sum(row.flagged for row in rows)} of {len(rows)} visits flagged"
    assert report.chart is not None
    assert sum(bar.parts[0] for bar in report.chart.bars) == len(rows)


def test_that_the_call_list_has_whoever_is_refused_today_and_free_in_those_days(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("eligible-again")
    told = {(row[1], row[5]): row[0] for row in report.rows}
    people = demo_clinic.rows("patient")[::9]
    performed = [row for row in demo_clinic.rows("event") if row.status == "performed" and not row.struck]
    wanted = {}
    for who in people:
        had = {row.family for row in performed if row.patient_id == who.id and row.first_day >= date(2024, 11, 24)}
        try:
            table = demo_clinic.services.eligibility.table(who.id, TODAY)
        except InvalidEntryError:
            continue
        for line in table:
            free = line.verdict.earliest
            refused = line.request.family.value in had and line.outcome is Outcome.NOT_ALLOWED
            if refused and free is not None and date(2026, 12, 1) <= free <= date(2026, 12, 31):
                wanted[(f"{who.last}, {who.first} {who.middle}".strip(), line.label)] = free
    names = {f"{who.last}, {who.first} {who.middle}".strip() for who in people}
    assert {key: day for key, day in told.items() if key[0] in names} == wanted
    assert wanted
    assert all(row[2] and row[3] and row[4] for row in report.rows), "two identifiers and a telephone each"


def test_that_each_denied_claim_of_a_visit_counts_at_some_rule_as_it_was_answered(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("denied-claims")
    visits = {row.event_id: row for row in demo_clinic.rows("booking") if row.verdict_outcome}
    denials = [row for row in demo_clinic.rows("claim_denial") if row.event_id in visits]
    allowed = sum(visits[row.event_id].verdict_outcome not in FLAGGED for row in denials)
    assert len(denials) == 5
    assert sum(column(report, "Said allowed")) >= allowed > 0
    assert sum(column(report, "Had flagged")) >= len(denials) - allowed > 0
    assert all(row[1] == row[2] + row[3] for row in report.rows)
    assert max(column(report, "Last")) == max(row.denied_on for row in denials)
    assert not demo_clinic.report("denied-claims", from_="t").rows


def test_that_money_at_risk_adds_up_what_each_claim_and_visit_is_worth(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("money-at-risk")
    denials = demo_clinic.rows("claim_denial")
    by_claim = sum(row.cents for row in denials if row.cents is not None)
    told = sum(row[4] for row in report.rows if row[2] == "the claim")
    assert told == by_claim
    risk = demo_clinic.services.money.at_risk()
    assert report.totals is not None
    assert report.totals[3] == risk.denied.count + risk.held.count + risk.overridden.count
    assert report.totals[4] == risk.denied.cents + risk.held.cents + risk.overridden.cents
    coming = [v for v in demo_clinic.rows("booking") if v.day >= TODAY and v.override_reason and v.status != "held"]
    assert risk.overridden.count == len([v for v in coming if v.status in ("booked", "confirmed", "arrived")])
    assert risk.denied.count == len({row.event_id for row in denials})
    items = demo_clinic.services.money.items_at_risk()
    assert {item.worth.basis for item in items} >= {Basis.CLAIM, Basis.MEDICARE}
    assert any("unreliable" in note for note in report.notes)


def test_that_the_audit_extract_has_every_act_of_those_days(demo_clinic: Clinic) -> None:
    report = demo_clinic.report("audit-extract")
    acts = [act for act in demo_clinic.rows("act") if act.at.astimezone().date() >= first_of(30)]
    assert len(report.rows) == len(acts) > 5
    assert Counter(column(report, "Who")) == Counter(act.by for act in acts)
    moved = next(row for row in report.rows if row[4] == "Visit moved")
    assert "Visit: day" in moved[7]
    assert moved[6]


@pytest.mark.parametrize(
    ("report_id", "typed", "about", "says"),
    [
        ("overrides", {"from": "11/24/2026", "to": "11/01/2026"}, "to", "11/24/2026 is after 11/01/2026."),
        ("overrides", {"from": "soon", "to": "t"}, "from", "“soon” is no date."),
        ("overrides", {"from": "", "to": "t"}, "from", "“From” is empty."),
        ("overrides", {"from": "n", "to": "t"}, "from", "“n” has no meaning here."),
        ("schedule-ahead", {"first": "t", "days": "0"}, "days", "“0” is no number of days."),
        ("schedule-ahead", {"first": "t", "days": "400"}, "days", "“400” is no number of days."),
        ("schedule-ahead", {"first": "t", "days": "two"}, "days", "“two” is no number of days."),
    ],
)
def test_that_what_cannot_be_read_names_its_field(
    demo_clinic: Clinic, report_id: str, typed: dict[str, str], about: str, says: str
) -> None:
    with pytest.raises(InvalidEntryError) as told:
        demo_clinic.services.reports.read(report_id, typed)
    assert told.value.about == about
    assert told.value.title == says
    assert told.value.remedy
