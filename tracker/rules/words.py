"""The words of the rules: procedures, counts, windows and results in plain sentences with figures."""

from __future__ import annotations

from datetime import date

from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Scope, Unit, Which, WindowSpec
from tracker.domain.us_dates import us_date
from tracker.rules.facts import Key, scope_label

_FAMILIES = {
    Family.FACET_INJECTION: "facet",
    Family.FACET_ABLATION: "facet ablation",
    Family.EPIDURAL: "epidural",
    Family.SI_INJECTION: "SI joint",
    Family.SI_ABLATION: "SI joint ablation",
    Family.TRIGGER_POINT: "trigger point",
    Family.BASIVERTEBRAL_ABLATION: "basivertebral ablation",
    Family.GENICULAR_BLOCK: "genicular block",
    Family.GENICULAR_ABLATION: "genicular ablation",
    Family.OCCIPITAL_BLOCK: "occipital block",
    Family.SCS_TRIAL: "stimulator trial",
}
_APPROACHES = {
    Approach.MEDIAL_BRANCH: "medial branch",
    Approach.INTRA_ARTICULAR: "intra-articular",
    Approach.INTERLAMINAR: "interlaminar",
    Approach.CAUDAL: "caudal",
    Approach.TRANSFORAMINAL: "transforaminal",
    Approach.NERVE_ROOT: "nerve root",
    Approach.CYST: "cyst",
    Approach.LATERAL_BRANCH: "lateral branch",
}


def kind_words(which: Which) -> str:
    """Return "diagnostic facet", "epidural", "facet or facet ablation"."""
    intent = which.intents[0].value if len(which.intents) == 1 else ""
    families = " or ".join(_FAMILIES[family] for family in which.families) or "spinal"
    return f"{intent} {families}".strip()


def family_words(family: Family, intent: Intent | None = None) -> str:
    return kind_words(Which((family,), (intent,) if intent else ()))


def approach_words(approaches: tuple[Approach, ...]) -> str:
    return " and ".join(_APPROACHES[approach] for approach in approaches)


def sessions(count: int, which: Which, unit: Unit = Unit.SESSION) -> str:
    """Return "4 diagnostic facet sessions", "1 epidural session"."""
    return f"{count} {kind_words(which)} {_noun(which, unit)}{'' if count == 1 else 's'}"


def _noun(which: Which, unit: Unit) -> str:
    if unit is not Unit.INJECTION:
        return unit.value
    if Family.FACET_ABLATION in which.families:
        return "joint"
    return "joint injection" if which.families == (Family.FACET_INJECTION,) else "injection"


def place(scope: Scope, key: Key) -> str:
    """Return " in the lumbar / sacral region", " at L4-5 left", " in the neck", ""."""
    if scope is Scope.PATIENT or key is None:
        return ""
    label = scope_label(key)
    if scope is Scope.BODY_REGION:
        return f" in the {label}"
    return f" in the {label} region" if scope is Scope.REGION else f" at {label}"


def window_words(window: WindowSpec) -> str:
    """Return "any 12 months", "a calendar year", "a lifetime"."""
    if window.months:
        return "any 12 months" if window.months == 12 else f"any {window.months} months"
    if window.days:
        return f"any {window.days} days"
    return {
        "calendar-year": "a calendar year",
        "anchored-year": "a year that begins with the first one",
        "course": "one course of treatment",
        "lifetime": "a lifetime",
        "rolling": "",
    }[window.type]


def months_words(months: float) -> str:
    """Return "6 months", "2 weeks", "3 weeks", "6 weeks" (1.5 months), "1 month"."""
    weeks = months * 4
    if months != round(months) and weeks == round(weeks):
        return f"{weeks:g} week{'' if weeks == 1 else 's'}"
    figure = f"{months:g}"
    return f"{figure} month{'' if figure == '1' else 's'}"


def interval_words(days: int, months: int) -> str:
    return months_words(months) if months else f"{days} days"


def result_words(percent: float, months: float) -> str:
    """Return "80% relief", "50% relief for 3 months", "relief for 3 months"."""
    relief = f"{percent:g}% relief" if percent else "relief"
    return relief + (f" for {months_words(months)}" if months else "")


def on(day: date) -> str:
    return us_date(day)


def proposed(day: date) -> str:
    return us_date(day, weekday=True)
