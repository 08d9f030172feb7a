"""The fields of a rule's form by its kind: few, with plain labels; read from a rule and written into a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.domain.billing_rules import Modifier, NeedsAuthorization
from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.rule import Rule, Scope, Unit, WindowSpec
from tracker.domain.rule_kinds import Advice, MaxCount, MaxLevels, NotCovered, OneRegion, Repeat, Requires, SameDay
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade, Outcome

FIGURE, TEXT, CHOICE, CODES, DAY = "figure", "text", "choice", "codes", "day"
LENGTH, WINDOW, INTERVAL, STEP = "window.length", "window.type", "interval", "interval.step"
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field: the rule's key, its label, how it is typed, and for a choice what is offered."""

    key: str
    label: str
    how: str
    choices: tuple[tuple[object, str], ...] = ()
    hint: str = ""
    whole: bool = True


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
    ("lifetime", "ever"),
    ("course", tr("a course of treatment")),
)
_OUTCOMES = (
    (Outcome.NOT_ALLOWED, tr("not allowed")),
    (Outcome.UNKNOWN, tr("ask the payer")),
    (Outcome.CAUTION, tr("only a caution")),
)
_YES_NO = ((False, tr("No")), (True, tr("Yes")))
_SCOPE = RuleField("per", tr("Counted"), CHOICE, _SCOPES)
_OUTCOME = RuleField("outcome", tr("Beyond it"), CHOICE, _OUTCOMES)
_SAYS = RuleField("text", tr("Sentence"), TEXT, hint=tr("What the desk reads behind the message"))
_PERCENT = RuleField("percent", tr("Relief %"), FIGURE, hint="0 asks for none", whole=False)
_LASTED = RuleField("relief_months", tr("For months"), FIGURE, hint="0 asks for none; two weeks are 0.5", whole=False)

FIELDS: Mapping[type[Rule], tuple[RuleField, ...]] = {
    MaxCount: (
        RuleField("limit", tr("At most"), FIGURE),
        RuleField("unit", tr("Of"), CHOICE, _UNITS),
        _SCOPE,
        RuleField(WINDOW, tr("Within"), CHOICE, _WINDOWS),
        RuleField(LENGTH, tr("How many"), FIGURE, hint=tr("months or days")),
        _OUTCOME,
    ),
    Repeat: (
        RuleField(INTERVAL, tr("Apart"), FIGURE, hint="0 asks for no interval"),
        RuleField(STEP, tr("In"), CHOICE, (("days", "days"), ("months", "months"))),
        _PERCENT,
        _LASTED,
        RuleField("per", tr("Compared"), CHOICE, _SCOPES),
    ),
    Requires: (
        RuleField("needs", tr("Results"), FIGURE),
        _PERCENT,
        _LASTED,
        RuleField("last", tr("Which ones"), CHOICE, ((True, tr("the most recent ones")), (False, tr("any on file")))),
        RuleField("apart_days", tr("Days apart"), FIGURE, hint=tr("0: only on different days")),
        RuleField("void_after_months", tr("Void after"), FIGURE, hint=tr("months; 0: never")),
        RuleField("per", tr("Asked"), CHOICE, _SCOPES),
    ),
    MaxLevels: (
        RuleField("limit", tr("At most"), FIGURE, hint=tr("levels a session")),
        RuleField("per_side", tr("On each side"), CHOICE, _YES_NO),
        RuleField("contiguous", tr("Neighbours"), CHOICE, _YES_NO),
        _OUTCOME,
    ),
    OneRegion: (_OUTCOME,),
    SameDay: (RuleField("per", tr("At the same"), CHOICE, _SCOPES), _OUTCOME, _SAYS),
    NotCovered: (RuleField("both_sides", tr("Both sides"), CHOICE, _YES_NO), _SAYS),
    Advice: (RuleField("outcome", tr("It means"), CHOICE, _OUTCOMES[1:]), _SAYS),
    NeedsAuthorization: (
        RuleField("needed", tr("Needed"), CHOICE, ((True, tr("Yes")), (False, tr("No, none is asked for")))),
        RuleField("codes", tr("Codes"), CODES, hint="64493 64494"),
        RuleField("valid_days", tr("Valid days"), FIGURE, hint=tr("empty: the dates on the approval")),
        RuleField("single_use", tr("One day only"), CHOICE, _YES_NO),
        _SAYS,
    ),
    Modifier: (RuleField("modifier", tr("Modifier"), TEXT, hint="KX"),),
}
COMMON = (
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


def fields_of(rule: Rule) -> tuple[RuleField, ...]:
    """Return the fields of the rule's kind, then those that every rule has."""
    return (*FIELDS[type(rule)], *COMMON)


def read(rule: Rule, field: RuleField) -> object:
    """Return what stands in the field: text, or the value of a choice."""
    special = "." in field.key or field.key == INTERVAL
    value: Any = _special(rule, field.key) if special else getattr(rule, field.key)
    if field.how == CHOICE:
        return value
    if field.how == CODES:
        return " ".join(value)
    if field.how == DAY:
        return us_date(value) if value else ""
    return "" if value is None else f"{value:g}" if field.how == FIGURE else str(value)


def _special(rule: Any, key: str) -> object:
    if key == WINDOW:
        window = rule.window
        return "months" if window.months else "days" if window.days else window.type
    if key == LENGTH:
        return rule.window.months or rule.window.days
    if key == STEP:
        return "months" if rule.months else "days"
    return rule.months or rule.days


def rule_with(rule: Rule, values: Mapping[str, object], today: Any) -> Rule:
    """Return the rule with what stands in the fields. Raises InvalidEntryError whose `about` is the field's key."""
    given = {field.key: _value(field, values[field.key], today) for field in fields_of(rule)}
    changed: dict[str, Any] = {key: value for key, value in given.items() if "." not in key and key != INTERVAL}
    try:
        if isinstance(rule, MaxCount):
            changed["window"] = _window(given)
        if isinstance(rule, Repeat):
            months = given[STEP] == "months"
            changed |= {"months": given[INTERVAL] if months else 0, "days": 0 if months else given[INTERVAL]}
        return replace(rule, **changed)
    except ValueError as error:
        sentence = str(error)
        raise InvalidEntryError(f"{sentence[:1].upper()}{sentence[1:]}", about=_about(sentence, rule)) from None


def _window(given: Mapping[str, Any]) -> WindowSpec:
    kind, length = given[WINDOW], given[LENGTH]
    if kind == "months":
        return WindowSpec(months=length or 0)
    return WindowSpec(days=length or 0) if kind == "days" else WindowSpec(type=kind)


def _about(sentence: str, rule: Rule) -> str:
    """Return the field that a sentence of the domain speaks about."""
    if "window" in sentence:
        return LENGTH
    if "interval" in sentence or "needs days" in sentence:
        return INTERVAL
    return next((field.key for field in fields_of(rule) if field.key in sentence), fields_of(rule)[0].key)


def _value(field: RuleField, typed: object, today: Any) -> object:
    if field.how == CHOICE:
        return next(each for each, _words in field.choices if each == typed)  # a list gives words back as plain text
    text = " ".join(str(typed).split())
    if field.how == FIGURE:
        return _figure(field, text)
    if field.how == CODES:
        return _codes(field, text)
    if field.how == DAY:
        return _day(field, text, today)
    if (not text and field.key == "modifier") or len(text) > _LONGEST_TEXT:
        told = (
            tr("Write it in {LONGEST_TEXT} characters or fewer.", LONGEST_TEXT=_LONGEST_TEXT)
            if text
            else tr("The modifier is missing.")
        )
        raise InvalidEntryError(told, about=field.key)
    return text


def _figure(field: RuleField, text: str) -> object:
    if not text:
        return None if field.key == "valid_days" else 0
    try:
        figure = float(text)
    except ValueError:
        raise InvalidEntryError(
            tr("“{text}” is no figure.", text=text), "", tr("Type a number."), text, about=field.key
        ) from None
    if field.whole and not figure.is_integer():
        raise InvalidEntryError(tr("It must be a whole number."), "", "", text, about=field.key)
    return int(figure) if field.whole or figure.is_integer() else figure


def _codes(field: RuleField, text: str) -> tuple[str, ...]:
    codes = tuple(text.replace(",", " ").split())
    if not codes:
        raise InvalidEntryError(tr("The codes are missing."), "", tr("Type them, parted by blanks."), about=field.key)
    return codes


def _day(field: RuleField, text: str, today: Any) -> object:
    if not text:
        return None
    try:
        return parse_day(text, today)
    except (InvalidEntryError, NextWanted):
        raise InvalidEntryError(
            tr("“{text}” is no date.", text=text), "", tr("Type 01/31/2027."), text, about=field.key
        ) from None


def differing(before: Rule, after: Rule) -> Iterator[str]:
    """Yield the labels of the fields that are not as they were."""
    for field in fields_of(after):
        if read(before, field) != read(after, field):
            yield field.label
