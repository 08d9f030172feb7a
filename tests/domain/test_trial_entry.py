"""Lines by which rules are tried: what they mean, what they leave out, and what has no meaning."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.errors import InvalidEntryError
from tracker.domain.procedure import ProcedureChoice, parse_sites
from tracker.domain.trial_entry import TrialEntry, parse_trial, written
from tracker.paths import resource_root
from tracker.policies import load_catalog

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def choices() -> tuple[ProcedureChoice, ...]:
    return load_catalog(resource_root()).procedures


@pytest.fixture
def like(choices: tuple[ProcedureChoice, ...]) -> TrialEntry:
    block = next(choice for choice in choices if choice.id == "mbb")
    return TrialEntry(TODAY, block, parse_sites(["L4-L5 left"]).targets)


@pytest.mark.parametrize(
    ("line", "day", "choice", "sites", "percent", "months"),
    [
        ("01/12/2026 mbb l45l 85", date(2026, 1, 12), "mbb", ["L4-L5 left"], 85, None),
        ("01/12/2026 mbb l45b 85% 6m", date(2026, 1, 12), "mbb", ["L4-L5 both"], 85, 6),
        ("1/12 rfa l45r l5s1r", date(2027, 1, 12), "rfa", ["L4-L5 right", "L5-S1 right"], None, None),
        ("t", TODAY, "mbb", ["L4-L5 left"], None, None),
        ("t 80", TODAY, "mbb", ["L4-L5 left"], 80, None),
        ("t l34l", TODAY, "mbb", ["L3-L4 left"], None, None),
        ("+14 medial branch", date(2026, 12, 8), "mbb", ["L4-L5 left"], None, None),
        ("t rfa", TODAY, "rfa", ["L4-L5 left"], None, None),
    ],
)
def test_that_a_line_is_read(
    line: str,
    day: date,
    choice: str,
    sites: list[str],
    percent: float | None,
    months: float | None,
    choices: tuple[ProcedureChoice, ...],
    like: TrialEntry,
) -> None:
    entry = parse_trial(line, TODAY, choices, like)

    assert (entry.day, entry.choice.id, entry.percent, entry.months) == (day, choice, percent, months)
    assert entry.targets == parse_sites(sites).targets


@pytest.mark.parametrize(
    ("line", "token"),
    [("soon", "soon"), ("", ""), ("n", "n"), ("t zzz", "zzz"), ("t mbb l99", "l99"), ("t mbb l45l 300", "")],
)
def test_that_what_has_no_meaning_is_named(
    line: str, token: str, choices: tuple[ProcedureChoice, ...], like: TrialEntry
) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        parse_trial(line, TODAY, choices, like)

    assert refused.value.token == token


@pytest.mark.parametrize("line", ["01/12/2026 mbb l45l 85", "02/01/2027 rfa l45r l5s1r", "03/01/2026 mbb l45b 85 6m"])
def test_that_a_written_line_reads_back(line: str, choices: tuple[ProcedureChoice, ...], like: TrialEntry) -> None:
    entry = parse_trial(line, TODAY, choices, like)

    assert parse_trial(written(entry), TODAY, choices, like) == entry
    assert written(entry) == line


def test_that_what_is_as_in_another_entry_is_left_out(choices: tuple[ProcedureChoice, ...], like: TrialEntry) -> None:
    entry = parse_trial("01/12/2026 mbb l45l 85", TODAY, choices, like)

    assert written(entry, like) == "01/12/2026 85"
    assert written(entry, like, relief=False) == "01/12/2026"


def test_that_a_region_of_the_body_and_a_claim_without_kx_are_read_and_written_back(
    choices: tuple[ProcedureChoice, ...], like: TrialEntry
) -> None:
    point = parse_trial("01/12/2026 tpi neck, lb 60 2m", TODAY, choices, like)
    block = parse_trial("01/12/2026 mbb l45l 85 nokx", TODAY, choices, like)

    assert [region.value for region in point.body_regions] == ["neck", "lower-back"]
    assert (block.without_kx, point.without_kx) == (True, False)
    for entry in (point, block):
        assert parse_trial(written(entry), TODAY, choices, like) == entry


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("01/12/2026 nokx", (True, False, False)),
        ("01/12/2026 mbb l45l 85 12m otherpayer", (False, True, False)),
        ("01/12/2026 newtech", (False, False, True)),
        ("01/12/2026 rfa l34l 80 OTHERPAYER nokx", (True, True, False)),
        ("01/12/2026 mbb l45l 85", (False, False, False)),
    ],
)
def test_that_marks_at_the_end_of_a_line_are_read_and_written_again(
    line: str, marks: tuple[bool, bool, bool], choices: tuple[ProcedureChoice, ...], like: TrialEntry
) -> None:
    entry = parse_trial(line, TODAY, choices, like)

    assert (entry.without_kx, entry.paid_otherwise, entry.technique_changed) == marks
    assert parse_trial(written(entry), TODAY, choices, like) == entry
