"""Which fields the form of a rule has, by its kind: every key of a policy file, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.language import tr
from tracker.domain.rule import Rule, Scope, Unit
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.verdict import FindingCode, Grade, Outcome
from tracker.ui.rules.rule_terms import PLACES, PROCEDURES, SPINE, STATES, Vocabulary

FIGURE, TEXT, CHOICE, CODES, DAY, WHICH, TERMS = "figure", "text", "choice", "codes", "day", "which", "terms"
ABOUT, LENGTH, WINDOW, INTERVAL, STEP = "about", "window.length", "window.type", "interval", "interval.step"
EARLY, UNLESS_OF, UNLESS_NEEDS, UNLESS_PERCENT = "early.days", "unless.of", "unless.needs", "unless.percent"


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field: the rule's key, its label, how it is typed, and what is offered.

    `asked`: it may not be empty; `blank`: a 0 that says nothing is left out, so that the hint is read; `least`: no
    figure below it means anything, and `instead` says what to do who wants less.
    """

    key: str
    label: str
    how: str
    choices: tuple[tuple[object, str], ...] = ()
    hint: str = ""
    whole: bool = True
    asked: bool = False
    blank: bool = False
    least: int = 0
    instead: str = ""
    terms: Vocabulary = PROCEDURES


def _which(key: str, label: str, hint: str, *, asked: bool = False) -> RuleField:
    return RuleField(key, label, WHICH, hint=hint, asked=asked)


_SCOPES = (
    (Scope.PATIENT, tr("per patient")),
    (Scope.REGION, tr("per region of the spine")),
    (Scope.LEVEL, tr("per level, both sides together")),
    (Scope.SITE, tr("per level and side (per joint)")),
    (Scope.BODY_REGION, tr("per region of the body (trigger points)")),
)
_UNITS = (
    (Unit.SESSION, tr("sessions: one a day")),
    (Unit.LEVEL, tr("levels: both sides are one")),
    (Unit.INJECTION, tr("each level on each side")),
)
_WINDOWS = (
    ("months", tr("any so many months, back from the day")),
    ("days", tr("any so many days, back from the day")),
    ("calendar-year", tr("a calendar year")),
    ("anchored-year", tr("a year that begins with the first one")),
    ("lifetime", tr("ever")),
    ("course", tr("a course of treatment")),
)
_OUTCOMES = (
    (Outcome.NOT_ALLOWED, tr("not allowed")),
    (Outcome.UNKNOWN, tr("ask the payer")),
    (Outcome.CAUTION, tr("only a caution")),
)
_FURTHER = (
    (FindingCode.OVER_LIMIT, tr("over the limit")),
    (FindingCode.NOT_COVERED, tr("not covered: unproven")),
)
_FORMER = (
    ("ask", tr("asked for where it decides")),
    ("count", tr("counts too")),
    ("ignore", tr("does not count")),
)
_PROGRAMMES = (
    ("payer", tr("the plan's own")),
    ("medicare-opd", tr("Medicare, hospital outpatient")),
    ("wiser", tr("Medicare, WISeR")),
)
_YES_NO = ((False, tr("No")), (True, tr("Yes")))
_NONE_AT_ALL = tr("Where none is paid, add a rule of the kind “Not paid at all”.")
_SAME = tr("empty: those that the rule is about")
_SCOPE = RuleField("per", tr("Counted"), CHOICE, _SCOPES)
_OUTCOME = RuleField("outcome", tr("Beyond it"), CHOICE, _OUTCOMES)
_SAYS = RuleField("text", tr("Sentence"), TEXT, hint=tr("What the desk reads behind the message"))
_MUST_SAY = RuleField("text", tr("Sentence"), TEXT, hint=tr("What the desk reads"), asked=True)
_PERCENT = RuleField("percent", tr("Relief %"), FIGURE, hint=tr("0 asks for none"), whole=False)
_LASTED = RuleField(
    "relief_months", tr("For months"), FIGURE, hint=tr("0 asks for none; two weeks are 0.5"), whole=False
)

FIELDS: Mapping[type[Rule], tuple[RuleField, ...]] = {
    MaxCount: (
        RuleField("limit", tr("At most"), FIGURE, asked=True, least=1, instead=_NONE_AT_ALL),
        RuleField("unit", tr("Of"), CHOICE, _UNITS),
        _SCOPE,
        _which("counts", tr("What counts"), _SAME),
        RuleField(WINDOW, tr("Within"), CHOICE, _WINDOWS),
        RuleField(LENGTH, tr("How many"), FIGURE, hint=tr("months or days")),
        _OUTCOME,
        RuleField("code", tr("A further one"), CHOICE, _FURTHER),
        RuleField(
            "merge_sides_months",
            tr("Sides are one"),
            FIGURE,
            hint=tr("within so many months; empty: never"),
            blank=True,
        ),
        RuleField("next_day_joins", tr("Next day joins"), CHOICE, _YES_NO),
        RuleField(
            "improved_percent",
            tr("Unless relief %"),
            FIGURE,
            hint=tr("allows more; empty: never"),
            whole=False,
            blank=True,
        ),
        RuleField("former_payers", tr("Other payers'"), CHOICE, _FORMER),
        RuleField("without_kx", tr("Blocks without KX"), CHOICE, _YES_NO),
        _SAYS,
    ),
    Repeat: (
        RuleField(INTERVAL, tr("Apart"), FIGURE, hint=tr("0 asks for no interval")),
        RuleField(STEP, tr("In"), CHOICE, (("days", tr("days")), ("months", tr("months")))),
        _PERCENT,
        _LASTED,
        RuleField("per", tr("Compared"), CHOICE, _SCOPES),
        _which("after", tr("After"), _SAME),
        RuleField(EARLY, tr("Early from day"), FIGURE, hint=tr("if the technique changes; empty: never"), blank=True),
    ),
    Requires: (
        RuleField("needs", tr("Results"), FIGURE, asked=True, least=1),
        _which("of", tr("Of"), tr("what must have been done before"), asked=True),
        _PERCENT,
        _LASTED,
        RuleField("last", tr("Which ones"), CHOICE, ((True, tr("the most recent ones")), (False, tr("any on file")))),
        RuleField("apart_days", tr("Days apart"), FIGURE, hint=tr("empty: on different days"), blank=True),
        RuleField("void_after_months", tr("Void after"), FIGURE, hint=tr("months; empty: never"), blank=True),
        RuleField("per", tr("Asked"), CHOICE, _SCOPES),
        _which("first", tr("First of"), _SAME),
    ),
    MaxLevels: (
        RuleField(
            "limit", tr("At most"), FIGURE, hint=tr("levels a session"), asked=True, least=1, instead=_NONE_AT_ALL
        ),
        RuleField("per_side", tr("On each side"), CHOICE, _YES_NO),
        RuleField("contiguous", tr("Neighbors"), CHOICE, _YES_NO),
        _OUTCOME,
        _SAYS,
    ),
    OneRegion: (
        RuleField("of_body", tr("Regions of"), CHOICE, ((False, tr("the spine")), (True, tr("the body")))),
        _OUTCOME,
        _which("among", tr("Counted with"), _SAME),
    ),
    SameDay: (
        _which("clashes", tr("Not beside"), tr("what must not be on that day"), asked=True),
        RuleField("per", tr("At the same"), CHOICE, _SCOPES),
        _OUTCOME,
        _SAYS,
    ),
    NotCovered: (
        RuleField("both_sides", tr("Both sides"), CHOICE, _YES_NO),
        RuleField("spine", tr("Only in"), TERMS, hint=tr("empty: the whole spine"), terms=SPINE),
        _MUST_SAY,
    ),
    Advice: (
        RuleField("outcome", tr("It means"), CHOICE, _OUTCOMES[1:]),
        _MUST_SAY,
        _which("after", tr("After"), tr("empty: always told")),
        RuleField("per", tr("Looked for"), CHOICE, _SCOPES),
        _PERCENT,
        _LASTED,
        RuleField("gap_months", tr("Gap of months"), FIGURE, hint=tr("since the last one; empty: any"), blank=True),
        RuleField("course_months", tr("Course months"), FIGURE, hint=tr("it began longer ago; empty: any"), blank=True),
        _which(UNLESS_OF, tr("Unless"), tr("results since then; empty: none help")),
        RuleField(UNLESS_NEEDS, tr("So many"), FIGURE, hint=tr("of these results")),
        RuleField(UNLESS_PERCENT, tr("Their relief %"), FIGURE, hint=tr("0 asks for none"), whole=False),
        RuleField("for_authorization", tr("For approvals"), CHOICE, _YES_NO),
    ),
    NeedsAuthorization: (
        RuleField("needed", tr("Needed"), CHOICE, ((True, tr("Yes")), (False, tr("No, none is asked for")))),
        RuleField("codes", tr("Codes"), CODES, hint="64493 64494", asked=True),
        RuleField("programme", tr("Program"), CHOICE, _PROGRAMMES),
        RuleField("voluntary", tr("Voluntary"), CHOICE, _YES_NO),
        RuleField("valid_days", tr("Valid days"), FIGURE, hint=tr("empty: the dates on the approval")),
        RuleField("single_use", tr("One day only"), CHOICE, _YES_NO),
        RuleField("reviewer", tr("Decided by"), TEXT, hint=tr("empty: the payer itself")),
        _SAYS,
    ),
    Modifier: (RuleField("modifier", tr("Modifier"), TEXT, hint="KX", asked=True),),
}
COMMON = (
    _which(ABOUT, tr("Procedures"), tr("facet injections, diagnostic, medial branch"), asked=True),
    RuleField("places", tr("Places"), TERMS, hint=tr("empty: everywhere"), terms=PLACES),
    RuleField("states", tr("States"), TERMS, hint=tr("empty: everywhere"), terms=STATES),
    RuleField("effective_from", tr("From"), DAY, hint=tr("empty: always")),
    RuleField("effective_to", tr("Until"), DAY, hint=tr("empty: no end")),
    RuleField(
        "evidence",
        tr("Known from"),
        CHOICE,
        (
            (Grade.PRIMARY, tr("the payer's own document")),
            (Grade.SUMMARY, tr("a summary or a copy")),
            (Grade.REPORT, tr("what the payer told us, or our own practice")),
            (Grade.RECALLED, tr("memory only: it warns, and refuses nothing")),
        ),
    ),
)


def fields_of(rule: Rule, contractors: Vocabulary | None = None) -> tuple[RuleField, ...]:
    """Return the fields of the rule's kind, then those that every rule has; contractors where the payer has them."""
    own = (*FIELDS[type(rule)], *COMMON)
    if contractors is None:
        return own
    return (*own, RuleField("contractors", tr("Contractors"), TERMS, hint=tr("empty: all"), terms=contractors))
