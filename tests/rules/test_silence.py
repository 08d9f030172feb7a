"""That of every rule it is decided how it is told from counts and days, and that it is told, not only asked."""

from __future__ import annotations

import pytest

from tests.rules.asking import rules
from tests.rules.test_screen import asked_with, screened
from tracker.domain.rule_kinds import Advice, MaxCount, Repeat, Requires
from tracker.rules.kinds import ONE_DAY_KINDS, RULE_KINDS
from tracker.rules.silence import Silence


def test_that_it_is_decided_for_every_kind_that_looks_at_other_days() -> None:
    assert set(RULE_KINDS) - ONE_DAY_KINDS == {MaxCount, Repeat, Requires, Advice}


def test_that_most_answers_are_told_without_asking_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the screen would be right and slow."""
    asked, told, plain = 0, 0, Silence._ask

    def ask(silence: Silence, *given: object) -> object:
        nonlocal asked
        asked += 1
        return plain(silence, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Silence, "_ask", ask)
    payers = [payer.id for payer in rules().payers if payer.rules]
    for seed in range(400):
        case = asked_with(seed, payers)
        if case.coverage is not None and not case.authorizations and screened(case, case) is not None:
            told += 1

    assert told > 50
    assert asked < told / 2
