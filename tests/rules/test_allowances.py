"""Behaviour of the ways over a limit: an improvement on record, and neighbouring days that may be one session."""

from __future__ import annotations

from tests.rules.asking import ask, done
from tracker.domain.event import Event
from tracker.domain.verdict import Finding, FindingCode, Verdict

LNI = {"payer": "wa-lni", "state": "WA"}


def epidurals(*reliefs: float | None) -> list[Event]:
    days = ("2026-06-01", "2026-08-03")
    return [
        done(day, "tf", "L4-L5 left", relief=relief, payer="wa-lni") for day, relief in zip(days, reliefs, strict=True)
    ]


def over(verdict: Verdict) -> Finding:
    (found,) = [finding for finding in verdict.findings if finding.code is FindingCode.OVER_LIMIT]
    return found


def test_that_a_result_that_is_missing_is_asked_for_by_its_day() -> None:
    found = over(ask("2026-11-23", "tf", "L4-L5 left", history=epidurals(0, None), **LNI))

    assert found.outcome == "unknown"
    assert "08/03/2026" in found.ask
    assert "06/01/2026" not in found.ask


def test_that_the_improvement_that_lifts_the_limit_is_named() -> None:
    found = over(ask("2026-11-23", "tf", "L4-L5 left", history=epidurals(40, 0), **LNI))

    assert found.outcome == "caution"
    assert "improvement on file from 06/01/2026" in found.message
    assert found.clears_on is None


def test_that_without_any_improvement_no_date_helps() -> None:
    verdict = ask("2026-11-23", "tf", "L4-L5 left", history=epidurals(0, 0), **LNI)

    assert (verdict.outcome, verdict.earliest) == ("not_allowed", None)
    assert "improvement on file from those before" in over(verdict).message


def test_that_days_which_may_be_one_session_are_asked_for() -> None:
    days = ("2026-01-12", "2026-01-13", "2026-04-06", "2026-08-03")
    history = [done(day, "mbb", "L4-L5 left", relief=80, payer="credence") for day in days]

    found = over(ask("2026-11-23", "mbb", "L4-L5 left", history=history, payer="credence"))

    assert found.outcome == "unknown"
    assert "24 hours" in found.ask
    assert str(found.clears_on) == "2027-01-13"


def test_that_an_uncertain_day_beside_another_is_read_both_ways() -> None:
    days = ("2026-01-12", "2026-04-06", "2026-08-03")
    known = [done(day, "mbb", "L4-L5 left", relief=80, payer="credence") for day in days]
    history = [*known, done("2026-04", "mbb", "L4-L5 left", relief=80, payer="credence")]

    verdict = ask("2026-11-23", "mbb", "L4-L5 left", history=history, payer="credence")

    assert verdict.outcome == "unknown"
    assert FindingCode.HISTORY in {finding.code for finding in verdict.findings}
