"""The words of the rules: procedures, counts, windows and results in plain sentences with figures.

Texts with `{what}` take a procedure as `kind_words` names it; other languages may turn the order round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from tracker.domain.language import Words, msg, spoken, tr, tr_for, tr_n
from tracker.domain.procedure import Family, Intent
from tracker.domain.rule import Scope, Unit, Which, WindowSpec
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Outcome
from tracker.rules.facts import PLANNED, Key, scope_label

_FAMILIES = {
    Family.FACET_INJECTION: msg("facet"),
    Family.FACET_ABLATION: msg("facet ablation"),
    Family.EPIDURAL: msg("epidural"),
    Family.SI_INJECTION: msg("{joint} joint"),
    Family.SI_ABLATION: msg("SI joint ablation"),
    Family.TRIGGER_POINT: msg("trigger point"),
    Family.BASIVERTEBRAL_ABLATION: msg("basivertebral ablation"),
    Family.GENICULAR_BLOCK: msg("genicular block"),
    Family.GENICULAR_ABLATION: msg("genicular ablation"),
    Family.OCCIPITAL_BLOCK: msg("occipital block"),
    Family.SCS_TRIAL: msg("stimulator trial"),
}
_BLOCKS = (Family.GENICULAR_BLOCK, Family.OCCIPITAL_BLOCK)
"""Named a block, where the others are an injection or an ablation: some languages bend the word before to that."""


def all_of(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return tr("{some} and {last}", some=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)


def any_of(parts: Sequence[str]) -> str:
    """Return "a", "a or b", "a, b or c"."""
    return tr("{some} or {last}", some=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)


def kind_words(which: Which) -> str:
    """Return "diagnostic facet", "epidural", "facet or facet ablation"."""
    return _kind_words(spoken(), which)


@lru_cache(maxsize=1024)
def _kind_words(_language: Words, which: Which) -> str:
    what = any_of([tr(_FAMILIES[family], joint="SI") for family in which.families]) or tr("spinal")
    if len(which.intents) != 1:
        return what
    return tr("{intent} {what}", intent=_intent_words(which.intents[0], which.families[:1]), what=what)


def _intent_words(intent: Intent, families: Sequence[Family]) -> str:
    diagnostic = intent is Intent.DIAGNOSTIC
    if families and families[0] in _BLOCKS:
        return tr_for("block", "diagnostic") if diagnostic else tr_for("block", "therapeutic")
    return tr_for("injection", "diagnostic") if diagnostic else tr_for("injection", "therapeutic")


def family_words(family: Family, intent: Intent | None = None) -> str:
    return kind_words(Which((family,), (intent,) if intent else ()))


def sessions(count: int, which: Which, unit: Unit = Unit.SESSION) -> str:
    """Return "4 diagnostic facet sessions", "1 epidural session"."""
    what = kind_words(which)
    if unit is Unit.SESSION:
        return tr_n("{n} {what} session", "{n} {what} sessions", count, what=what)
    if unit is Unit.LEVEL:
        return tr_n("{n} {what} level", "{n} {what} levels", count, what=what)
    if Family.FACET_ABLATION in which.families:
        return tr_n("{n} {what} joint", "{n} {what} joints", count, what=what)
    if which.families == (Family.FACET_INJECTION,):
        return tr_n("{n} {what} joint injection", "{n} {what} joint injections", count, what=what)
    return tr_n("{n} {what} injection", "{n} {what} injections", count, what=what)


def unit_words(unit: Unit) -> str:
    """Return "sessions", "levels", "injections"."""
    if unit is Unit.SESSION:
        return tr("sessions")
    return tr("levels") if unit is Unit.LEVEL else tr("injections")


def place(scope: Scope, key: Key) -> str:
    """Return " in the lumbar / sacral region", " at L4-5 left", " in the neck", ""."""
    if scope is Scope.PATIENT or key is None:
        return ""
    label = scope_label(key)
    if scope is Scope.BODY_REGION:
        if key == PLANNED:
            return ""  # nobody named a region: all lie together
        return tr(" in the {place}", place=label)
    return tr(" in the {region} region", region=label) if scope is Scope.REGION else tr(" at {place}", place=label)


def window_words(window: WindowSpec) -> str:
    """Return "any 12 months", "a calendar year", "a lifetime"."""
    if window.months:
        return tr_n("any {n} month", "any {n} months", window.months)
    if window.days:
        return tr_n("any {n} day", "any {n} days", window.days)
    return {
        "calendar-year": tr("a calendar year"),
        "anchored-year": tr("a year that begins with the first one"),
        "course": tr("one course of treatment"),
        "lifetime": tr("a lifetime"),
        "rolling": "",
    }[window.type]


def months_words(months: float) -> str:
    """Return "6 months", "2 weeks", "3 weeks", "6 weeks" (1.5 months), "1 month"."""
    weeks = months * 4
    if months != round(months) and weeks == round(weeks):
        return tr_n("{n} week", "{n} weeks", round(weeks))
    if months == round(months):
        return tr_n("{n} month", "{n} months", round(months))
    return tr("{figure} months", figure=f"{months:g}")


def days_words(days: int) -> str:
    return tr_n("{n} day", "{n} days", days)


def interval_words(days: int, months: int) -> str:
    return months_words(months) if months else days_words(days)


def result_words(percent: float, months: float) -> str:
    """Return "80% relief", "50% relief for 3 months", "relief for 3 months"."""
    relief = tr("{percent}% relief", percent=f"{percent:g}") if percent else tr("relief")
    return tr("{relief} for {time}", relief=relief, time=months_words(months)) if months else relief


def milder(outcome: Outcome) -> str:
    """Return what an outcome that refuses nothing means for the limit; "" for one that refuses."""
    return {Outcome.CAUTION: tr("a caution only"), Outcome.UNKNOWN: tr("ask the payer")}.get(outcome, "")


def on(day: date) -> str:
    return us_date(day)


def proposed(day: date) -> str:
    return us_date(day, weekday=True)
