"""The clinic's lists, and the words of dates, procedures and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.builders import a_coverage, a_provider, a_site
from tracker.domain.booking import Override, OverrideReason
from tracker.domain.errors import ConflictError, InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.verdict import CodeLine, Finding, FindingCode, Outcome, Verdict
from tracker.services.changes import Changes, Kind
from tracker.services.desk.desk import ClinicSettings, DeskService
from tracker.services.undo import UndoService
from tracker.services.visits import overrides
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames

DAY = date(2026, 12, 7)


def test_that_settings_come_back_as_written_and_by_undo_as_before(desk: DeskService, undo: UndoService) -> None:
    before = desk.settings()
    written = ClinicSettings("Bluegrass", "oh", desk.sites()[0].id, desk.providers()[0].id, True)
    done = desk.change_settings(written)
    assert desk.settings() == replace(written, state="OH")
    assert done.undo is not None
    undo.undo(done.undo)
    assert desk.settings() == before


def test_that_the_usual_site_and_provider_are_chosen_or_the_only_ones(desk: DeskService) -> None:
    assert desk.default_site == desk.sites()[0].id
    assert desk.default_provider == desk.providers()[0].id
    second = desk.add_provider(a_provider(name="Anil Patel")).value
    assert desk.default_provider == ""
    desk.change_settings(replace(desk.settings(), default_provider=second.id))
    assert desk.default_provider == second.id


@pytest.mark.parametrize(
    "change", [{"state": "Kentucky"}, {"state": ""}, {"place_of_service": "1"}, {"name": "", "facility": ""}]
)
def test_that_a_site_that_cannot_be_is_refused(desk: DeskService, change: dict[str, str]) -> None:
    with pytest.raises(InvalidEntryError):
        desk.add_site(a_site(**change))


@pytest.mark.parametrize(
    ("family", "intent", "approach", "sites", "text"),
    [
        (Family.FACET_ABLATION, None, None, ("L4-L5 left", "L5-S1 left"), "RFA L4-5 L5-S1 left"),
        (Family.FACET_ABLATION, None, None, ("L5-S1 right", "L4-L5 left"), "RFA L4-5 left, L5-S1 right"),
        (Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH, ("C5-C6 both",), "MBB C5-6 both"),
        (
            Family.FACET_INJECTION,
            Intent.THERAPEUTIC,
            Approach.INTRA_ARTICULAR,
            ("C5-C6",),
            "Facet IA therapeutic C5-6 side unknown",
        ),
        (Family.EPIDURAL, Intent.THERAPEUTIC, Approach.INTERLAMINAR, ("C7-T1",), "IL epidural C7-T1"),
        (Family.EPIDURAL, Intent.THERAPEUTIC, Approach.CAUDAL, ("caudal",), "Caudal epidural"),
        (Family.EPIDURAL, Intent.THERAPEUTIC, Approach.TRANSFORAMINAL, ("L5-S1 left",), "TF epidural L5-S1 left"),
        (Family.SI_INJECTION, Intent.THERAPEUTIC, None, ("SI both",), "SI joint both"),
        (Family.SI_INJECTION, Intent.DIAGNOSTIC, None, ("SI left",), "SI joint diagnostic left"),
        (Family.TRIGGER_POINT, None, None, (), "Trigger points"),
    ],
)
def test_that_a_procedure_is_named_as_the_desk_says_it(
    family: Family, intent: Intent | None, approach: Approach | None, sites: tuple[str, ...], text: str
) -> None:
    assert wording.procedure_text(family, intent, approach, parse_sites(sites, approach).targets) == text


@pytest.mark.parametrize(
    ("when", "text"),
    [("2026-01-12", "01/12/2026"), ("2026-01", "01/2026"), ("2026", "2026")],
)
def test_that_a_date_says_no_more_than_is_known(when: str, text: str) -> None:
    assert wording.us_partial(PartialDate.parse(when)) == text


def test_that_another_span_of_days_shows_both_ends() -> None:
    span = PartialDate(date(2026, 1, 5), date(2026, 2, 9))
    assert wording.us_partial(span) == "01/05/2026 to 02/09/2026"


@pytest.mark.parametrize(("at", "text"), [(time(0, 5), "12:05 AM"), (time(12), "12:00 PM"), (time(13, 30), "1:30 PM")])
def test_that_times_are_told_the_american_way(at: time, text: str) -> None:
    assert wording.us_time(at) == text


def _verdict(
    outcome: Outcome, code: FindingCode | None = None, earliest: date | None = None, limit: int | None = None
) -> Verdict:
    findings = (Finding(code, outcome, "rule", "message", limit=limit),) if code else ()
    return Verdict(outcome, DAY, earliest, findings)


@pytest.mark.parametrize(
    ("verdict", "headline", "flag"),
    [
        (_verdict(Outcome.ALLOWED, earliest=DAY), "Allowed on Mon 12/07/2026", "Allowed"),
        (_verdict(Outcome.CAUTION, FindingCode.ADVICE, DAY, 4), "Allowed, last one in the window", "Last in window"),
        (
            _verdict(Outcome.CAUTION, FindingCode.ADVICE, DAY),
            "Allowed on Mon 12/07/2026, with a caution",
            "Allowed, see note",
        ),
        (_verdict(Outcome.NEEDS_AUTHORIZATION, FindingCode.AUTHORIZATION, DAY), "Needs authorization", "Needs auth"),
        (_verdict(Outcome.UNKNOWN, FindingCode.NO_POLICY, DAY), "Cannot tell: no rule on file", "No rule on file"),
        (_verdict(Outcome.UNKNOWN, FindingCode.HISTORY, DAY), "Cannot tell for Mon 12/07/2026", "Ask prior history"),
        (
            _verdict(Outcome.NOT_ALLOWED, FindingCode.OVER_LIMIT, date(2027, 1, 13)),
            "Not before Wed 01/13/2027",
            "Not before 01/13/2027",
        ),
        (
            _verdict(Outcome.NOT_ALLOWED, FindingCode.TOO_SOON, date(2026, 12, 9)),
            "Not before Wed 12/09/2026",
            "Not before 12/09",
        ),
        (_verdict(Outcome.NOT_ALLOWED, FindingCode.NOT_COVERED), "Not covered", "Not covered"),
        (_verdict(Outcome.NOT_ALLOWED, FindingCode.OVER_LIMIT), "Not allowed on Mon 12/07/2026", "Not allowed"),
    ],
)
def test_that_an_answer_is_read_aloud_in_one_line(verdict: Verdict, headline: str, flag: str) -> None:
    assert (wording.headline(verdict), wording.short_flag(verdict)) == (headline, flag)


def test_that_codes_are_listed_with_their_modifiers_and_units() -> None:
    codes = (CodeLine("64493", ("KX", "50")), CodeLine("64494", ("KX", "50"), 2))
    assert wording.codes_text(codes) == "64493 KX 50 ×1   64494 KX 50 ×2"


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-24", "2026-11-25"), ("2026-11-27", "2026-11-30"), ("2026-11-28", "2026-11-30")]
)
def test_that_a_weekend_is_no_business_day(day: str, due: str) -> None:
    assert overrides.business_day_after(date.fromisoformat(day), 1) == date.fromisoformat(due)


def test_that_every_reason_says_what_happens_next() -> None:
    for reason in OverrideReason:
        text = overrides.next_steps_text(Override(reason, "a reason", "REF"), DAY)
        assert text.startswith("Adds a task, due ")
        assert "{" not in text


def test_that_merged_changes_cover_both() -> None:
    one, two = Changes.of("p1", Kind.EVENTS), Changes.of("p2", Kind.COVERAGES)
    both = one | two
    assert both.concern("p1", Kind.EVENTS)
    assert both.concern("p2")
    assert not both.concern("p3")
    assert (both | Changes.everything()).concern("p3", Kind.DESK)
    assert not one.concern("p1", Kind.DESK)


def test_that_a_plans_own_name_stands_alone_where_its_payer_is_only_a_kind(payers: PayerNames) -> None:
    assert payers.coverage(a_coverage(payer="medicare-advantage", plan="Aetna Medicare PPO")) == "Aetna Medicare PPO"
    assert payers.coverage(a_coverage(payer="medicare-advantage", plan="")) == "Medicare Advantage"
    assert payers.coverage(a_coverage(payer="aetna", plan="PPO")) == "Aetna PPO"


@pytest.mark.parametrize(
    ("change", "about", "words"),
    [
        ({"npi": "1234567890"}, "npi", "its last digit does not fit the others"),
        ({"name": " "}, "name", "needs a name"),
        ({"name": "susan  LEE, md"}, "name", "already"),
    ],
)
def test_that_a_provider_that_cannot_be_is_told_at_its_field(
    desk: DeskService, change: dict[str, str], about: str, words: str
) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        desk.add_provider(a_provider(**{"name": "Anil Patel, MD", **change}))
    assert (caught.value.about, words in caught.value.sentence()) == (about, True)
    assert len(desk.providers()) == 1


def test_that_an_npi_belongs_to_one_provider(desk: DeskService) -> None:
    desk.add_provider(a_provider(name="Anil Patel, MD", short="", npi="1234567893"))
    with pytest.raises(InvalidEntryError, match="belongs to Anil Patel, MD"):
        desk.change_provider(replace(desk.providers()[0], npi="1234567893"))


def test_that_a_site_name_stands_once(desk: DeskService) -> None:
    with pytest.raises(InvalidEntryError, match="already") as caught:
        desk.add_site(a_site(name="surgery CENTER"))
    assert caught.value.about == "name"


def test_that_a_provider_that_is_off_is_no_usual_one_and_comes_back_by_undo(
    desk: DeskService, undo: UndoService
) -> None:
    lee = desk.providers()[0]
    desk.change_settings(replace(desk.settings(), default_provider=lee.id))
    done = desk.change_provider(replace(lee, active=False))
    assert done.sentence == "Susan Lee, MD is offered no more"
    assert (desk.default_provider, desk.providers()[0].active) == ("", False)
    assert done.undo is not None
    undo.undo(done.undo)
    assert desk.default_provider == lee.id


def test_that_the_only_site_stays_and_another_takes_the_place_of_the_usual_one(desk: DeskService) -> None:
    first = desk.sites()[0]
    with pytest.raises(InvalidEntryError, match="only site"):
        desk.change_site(replace(first, active=False))
    office = desk.add_site(a_site(name="Office", place_of_service="11", npi="1234567893")).value
    desk.change_settings(replace(desk.settings(), default_site=first.id))
    done = desk.change_site(replace(first, active=False))
    assert desk.default_site == office.id
    assert "It was the usual site: checks begin with Office now" in done.sentence
    assert desk.sites()[1].npi == "1234567893"


def test_that_a_change_by_somebody_else_is_not_written_over(desk: DeskService) -> None:
    seen = desk.providers()[0]
    desk.change_provider(replace(seen, short="L"))
    with pytest.raises(ConflictError):
        desk.change_provider(replace(seen, short="Lee"))
