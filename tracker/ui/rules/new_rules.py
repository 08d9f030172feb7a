"""What a new rule of the clinic may be: its kinds in plain words, and what each begins with."""

from __future__ import annotations

from collections.abc import Callable

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.language import tr
from tracker.domain.procedure import Family, Intent
from tracker.domain.rule import Rule, Scope, Which, WindowSpec
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.verdict import Grade
from tracker.ui.rules.rule_words import FAMILIES

KINDS: tuple[tuple[type[Rule], str], ...] = (
    (MaxCount, tr("No more than so many")),
    (Repeat, tr("How far apart, and how well the last one helped")),
    (Requires, tr("What must come first")),
    (MaxLevels, tr("How many levels a session")),
    (OneRegion, tr("One region a day")),
    (SameDay, tr("Not on the day of another procedure")),
    (NotCovered, tr("Not paid at all")),
    (NeedsAuthorization, tr("Prior authorization")),
    (Advice, tr("Something to know or to ask")),
    (Modifier, tr("A modifier on every line")),
)
_WITH_INTENT = (Family.FACET_INJECTION, Family.SI_INJECTION)
_OTHER_BLOCKS = (
    Family.FACET_INJECTION,
    Family.FACET_ABLATION,
    Family.EPIDURAL,
    Family.SI_INJECTION,
    Family.SI_ABLATION,
    Family.TRIGGER_POINT,
    Family.OCCIPITAL_BLOCK,
)


def subjects() -> tuple[tuple[Which, str], ...]:
    """Return what a rule may be about, in words."""
    found: list[tuple[Which, str]] = []
    for family, words in FAMILIES.items():
        found.append((Which((family,)), words))
        if family in _WITH_INTENT:
            found += [(Which((family,), (intent,)), f"{words}, {intent.value}") for intent in Intent]
    return tuple(found)


def new_rule(kind: type[Rule], about: Which) -> Rule:
    """Return the usual rule of a kind, to be changed in its form."""
    return _NEW[kind](about)


def _base(about: Which) -> dict[str, object]:
    return {
        "id": "",
        "families": about.families,
        "intents": about.intents,
        "approaches": about.approaches,
        "evidence": Grade.REPORT,
        "source": "",
    }


def _max_count(about: Which) -> Rule:
    return MaxCount(**_base(about), limit=3, per=Scope.LEVEL, window=WindowSpec(months=12))  # type: ignore[arg-type]  # the keys of every rule


def _repeat(about: Which) -> Rule:
    return Repeat(**_base(about), per=Scope.SITE, days=14)  # type: ignore[arg-type]  # the keys of every rule


def _requires(about: Which) -> Rule:
    block = Which((Family.FACET_INJECTION,), (Intent.DIAGNOSTIC,))
    joint = Which((Family.SI_INJECTION,), (Intent.DIAGNOSTIC,))
    of = joint if set(about.families) & {Family.SI_INJECTION, Family.SI_ABLATION} else block
    return Requires(**_base(about), of=of, needs=2, percent=80)  # type: ignore[arg-type]  # the keys of every rule


def _same_day(about: Which) -> Rule:
    others = tuple(family for family in _OTHER_BLOCKS if family not in about.families)
    return SameDay(**_base(about), clashes=Which(others), text=tr("One pain procedure a visit."))  # type: ignore[arg-type]  # the keys of every rule


_NEW: dict[type[Rule], Callable[[Which], Rule]] = {
    MaxCount: _max_count,
    Repeat: _repeat,
    Requires: _requires,
    MaxLevels: lambda about: MaxLevels(**_base(about), limit=2),  # type: ignore[arg-type]  # the keys of every rule
    OneRegion: lambda about: OneRegion(**_base(about)),  # type: ignore[arg-type]  # the keys of every rule
    SameDay: _same_day,
    NotCovered: lambda about: NotCovered(**_base(about), text=tr("The plan does not pay for it.")),  # type: ignore[arg-type]  # the keys of every rule
    Advice: lambda about: Advice(**_base(about), text=tr("Ask the plan.")),  # type: ignore[arg-type]  # the keys of every rule
    NeedsAuthorization: lambda about: NeedsAuthorization(**_base(about), programme="payer", codes=()),  # type: ignore[arg-type]  # the keys of every rule
    Modifier: lambda about: Modifier(**_base(about), modifier="KX"),  # type: ignore[arg-type]  # the keys of every rule
}
