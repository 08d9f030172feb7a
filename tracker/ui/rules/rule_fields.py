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
    (Scope.PATIENT, "per patient"),
    (Scope.REGION, "per region of the spine"),
    (Scope.LEVEL, "per level, both sides together"),
    (Scope.SITE, "per level and side (per joint)"),
)
_UNITS = (
    (Unit.SESSION, "sessions: one a day"),
    (Unit.LEVEL, "levels: both sides are one"),
    (Unit.INJECTION, "each level on each side"),
)
_WINDOWS = (
    ("months", "any so many months, back from the day"),
    ("days", "any so many days, back from the day"),
    ("calendar-year", "a calendar year"),
    ("anchored-year", "a year that begins with the first one"),
    ("lifetime", "ever"),
    ("course", "a course of treatment"),
)
_OUTCOMES = (
    (Outcome.NOT_ALLOWED, "not allowed"),
    (Outcome.UNKNOWN, "ask the payer"),
    (Outcome.CAUTION, "only a caution"),
)
_YES_NO = ((False, "No"), (True, "Yes"))
_SCOPE = RuleField("per", "Counted", CHOICE, _SCOPES)
_OUTCOME = RuleField("outcome", "Beyond it", CHOICE, _OUTCOMES)
_SAYS = RuleField("text", "Sentence", TEXT, hint="What the desk reads behind the message")
_PERCENT = RuleField("percent", "Relief %", FIGURE, hint="0 asks for none", whole=False)
_LASTED = RuleField("relief_months", "For months", FIGURE, hint="0 asks for none; two weeks are 0.5", whole=False)

FIELDS: Mapping[type[Rule], tuple[RuleField, ...]] = {
    MaxCount: (
        RuleField("limit", "At most", FIGURE),
        RuleField("unit", "Of", CHOICE, _UNITS),
        _SCOPE,
        RuleField(WINDOW, "Within", CHOICE, _WINDOWS),
        RuleField(LENGTH, "How many", FIGURE, hint="months or days"),
        _OUTCOME,
    ),
    Repeat: (
        RuleField(INTERVAL, "Apart", FIGURE, hint="0 asks for no interval"),
        RuleField(STEP, "In", CHOICE, (("days", "days"), ("months", "months"))),
        _PERCENT,
        _LASTED,
        RuleField("per", "Compared", CHOICE, _SCOPES),
    ),
    Requires: (
        RuleField("needs", "Results", FIGURE),
        _PERCENT,
        _LASTED,
        RuleField("last", "Which ones", CHOICE, ((True, "the most recent ones"), (False, "any on file"))),
        RuleField("apart_days", tr("Days apart"), FIGURE, hint=tr("0: only on different days")),
        RuleField("void_after_months", "Void after", FIGURE, hint="months; 0: never"),
        RuleField("per", "Asked", CHOICE, _SCOPES),
    ),
    MaxLevels: (
        RuleField("limit", "At most", FIGURE, hint="levels a session"),
        RuleField("per_side", "On each side", CHOICE, _YES_NO),
        RuleField("contiguous", "Neighbours", CHOICE, _YES_NO),
        _OUTCOME,
    ),
    OneRegion: (_OUTCOME,),
    SameDay: (RuleField("per", "At the same", CHOICE, _SCOPES), _OUTCOME, _SAYS),
    NotCovered: (RuleField("both_sides", "Both sides", CHOICE, _YES_NO), _SAYS),
    Advice: (RuleField("outcome", "It means", CHOICE, _OUTCOMES[1:]), _SAYS),
    NeedsAuthorization: (
        RuleField("needed", "Needed", CHOICE, ((True, "Yes"), (False, "No, none is asked for"))),
        RuleField("codes", "Codes", CODES, hint="64493 64494"),
        RuleField("valid_days", "Valid days", FIGURE, hint="empty: the dates on the approval"),
        RuleField("single_use", "One day only", CHOICE, _YES_NO),
        _SAYS,
    ),
    Modifier: (RuleField("modifier", "Modifier", TEXT, hint="KX"),),
}
COMMON = (
    RuleField("effective_from", "From", DAY, hint="empty: always"),
    RuleField("effective_to", "Until", DAY, hint="empty: no end"),
    RuleField(
        "evidence",
        "Known from",
        CHOICE,
        (
            (Grade.PRIMARY, "the payer's own document"),
            (Grade.SUMMARY, "a summary or a copy"),
            (Grade.REPORT, "what the payer told us, or our own practice"),
            (Grade.RECALLED, "memory only: it warns, and refuses nothing"),
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
        told = f"Write it in {_LONGEST_TEXT} characters or fewer." if text else "The modifier is missing."
        raise InvalidEntryError(told, about=field.key)
    return text


def _figure(field: RuleField, text: str) -> object:
    if not text:
        return None if field.key == "valid_days" else 0
    try:
        figure = float(text)
    except ValueError:
        raise InvalidEntryError(f"“{text}” is no figure.", "", "Type a number.", text, about=field.key) from None
    if field.whole and not figure.is_integer():
        raise InvalidEntryError("It must be a whole number.", "", "", text, about=field.key)
    return int(figure) if field.whole or figure.is_integer() else figure


def _codes(field: RuleField, text: str) -> tuple[str, ...]:
    codes = tuple(text.replace(",", " ").split())
    if not codes:
        raise InvalidEntryError("The codes are missing.", "", "Type them, parted by blanks.", about=field.key)
    return codes


def _day(field: RuleField, text: str, today: Any) -> object:
    if not text:
        return None
    try:
        return parse_day(text, today)
    except (InvalidEntryError, NextWanted):
        raise InvalidEntryError(f"“{text}” is no date.", "", "Type 01/31/2027.", text, about=field.key) from None


def differing(before: Rule, after: Rule) -> Iterator[str]:
    """Yield the labels of the fields that are not as they were."""
    for field in fields_of(after):
        if read(before, field) != read(after, field):
            yield field.label
