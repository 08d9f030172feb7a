"""What stands in the fields of a rule's form: read from a rule, and written into a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.rule import Rule, Which, WindowSpec
from tracker.domain.rule_kinds import Advice, EarlyRepeat, MaxCount, Repeat, Unless
from tracker.domain.us_dates import us_date
from tracker.ui.rules.field_table import (
    ABOUT,
    CHOICE,
    CODES,
    DAY,
    EARLY,
    FIGURE,
    INTERVAL,
    LENGTH,
    STEP,
    TERMS,
    UNLESS_NEEDS,
    UNLESS_OF,
    UNLESS_PERCENT,
    WHICH,
    WINDOW,
    RuleField,
    fields_of,
)
from tracker.ui.rules.rule_terms import read_which, written_which

_LONGEST_TEXT = 400
_TOO_MUCH = 10_000
_PARTS = (INTERVAL, ABOUT)
_MISSING = {
    "modifier": tr("The modifier is missing."),
    "text": tr("The sentence is missing."),
    "codes": tr("The codes are missing."),
    "limit": tr("The number is missing."),
    "needs": tr("The number is missing."),
}


def read(rule: Rule, field: RuleField) -> object:
    """Return what stands in the field: text, or the value of a choice."""
    special = "." in field.key or field.key == INTERVAL
    value: Any = _special(rule, field.key) if special else getattr(rule, field.key)
    if field.how == CHOICE:
        return value
    if field.how == WHICH:
        return written_which(value)
    if field.how == TERMS:
        return field.terms.written(value)
    if field.how == CODES:
        return " ".join(value)
    if field.how == DAY:
        return us_date(value) if value else ""
    if value is None or (field.blank and not value):
        return ""
    return f"{value:g}" if field.how == FIGURE else str(value)


def _special(rule: Any, key: str) -> object:
    if key == WINDOW:
        window = rule.window
        return "months" if window.months else "days" if window.days else window.type
    if key == LENGTH:
        return rule.window.months or rule.window.days
    if key == STEP:
        return "months" if rule.months else "days"
    if key == INTERVAL:
        return rule.months or rule.days
    table, _dot, part = key.partition(".")
    inside = getattr(rule, table)
    return getattr(inside, part) if inside is not None else None


def rule_with(rule: Rule, values: Mapping[str, object], today: date, fields: Iterable[RuleField] = ()) -> Rule:
    """Return the rule with what stands in the fields. Raises InvalidEntryError whose `about` is the field's key."""
    wanted = tuple(fields) or fields_of(rule)
    given = {field.key: _value(field, values[field.key], today) for field in wanted}
    changed: dict[str, Any] = {key: value for key, value in given.items() if "." not in key and key not in _PARTS}
    about = given[ABOUT]
    if isinstance(about, Which):
        changed |= {"families": about.families, "intents": about.intents, "approaches": about.approaches}
    try:
        return replace(rule, **changed, **_joined(rule, given))
    except ValueError as error:
        sentence = str(error)
        told = _in_labels(sentence, wanted)
        raise InvalidEntryError(f"{told[:1].upper()}{told[1:]}", about=_about(sentence, wanted)) from None


def _joined(rule: Rule, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys whose values stand in more than one field."""
    if isinstance(rule, MaxCount):
        return {"window": _window(given)}
    if isinstance(rule, Repeat):
        months, early = given[STEP] == "months", given[EARLY]
        interval = {"months": given[INTERVAL] if months else 0, "days": 0 if months else given[INTERVAL]}
        return {**interval, "early": EarlyRepeat(early) if early else None}
    return {"unless": _unless(given)} if isinstance(rule, Advice) else {}


def _window(given: Mapping[str, Any]) -> WindowSpec:
    kind, length = given[WINDOW], given[LENGTH]
    if kind == "months":
        return WindowSpec(months=length or 0)
    return WindowSpec(days=length or 0) if kind == "days" else WindowSpec(type=kind)


def _unless(given: Mapping[str, Any]) -> Unless | None:
    of, needs, percent = given[UNLESS_OF], given[UNLESS_NEEDS], given[UNLESS_PERCENT]
    if of is None and (needs or percent):
        told = tr("Say which results are meant, or leave their figures empty.")
        raise InvalidEntryError(told, about=UNLESS_OF)
    if of is not None and not needs:
        raise InvalidEntryError(tr("Say how many of these results are meant."), about=UNLESS_NEEDS)
    if of is None:
        return None
    try:
        return Unless(of, needs, percent)
    except ValueError as error:
        raise InvalidEntryError(f"{error}".capitalize(), about=UNLESS_PERCENT) from None


_AT = (
    ("window", LENGTH),
    ("interval", INTERVAL),
    ("needs days", INTERVAL),
    ("days must", INTERVAL),
    ("months must", INTERVAL),
    ("need after", "after"),
)
"""What a sentence of the domain says, and the field in which that stands under another name."""


def _about(sentence: str, fields: tuple[RuleField, ...]) -> str:
    """Return the field that a sentence of the domain speaks about: the one that it names first."""
    keys = {field.key for field in fields}
    named = next((key for words, key in _AT if words in sentence and key in keys), "")
    first = next((word for word in re.findall(r"\w+", sentence) if word in keys), "")
    return named or first or fields[0].key


def _in_labels(sentence: str, fields: tuple[RuleField, ...]) -> str:
    """Return the sentence with the form's own words for the keys of a file that no person would write so."""
    labels = {field.key: f"“{field.label}”" for field in fields if "_" in field.key}
    return re.sub(r"\w+", lambda match: labels.get(match[0], match[0]), sentence)


def _value(field: RuleField, typed: object, today: date) -> object:
    if field.how == CHOICE:
        return next(each for each, _words in field.choices if each == typed)  # a list gives words back as plain text
    text = " ".join(str(typed).split())
    if field.asked and not text:
        told = _MISSING.get(field.key, tr("Say which procedures are meant."))
        raise InvalidEntryError(told, "", tr("Type it."), about=field.key)
    if field.how == WHICH:
        return read_which(text, field.key)
    if field.how == TERMS:
        return field.terms.read(text, field.key)
    if field.how == FIGURE:
        return _figure(field, text)
    if field.how == CODES:
        return tuple(text.replace(",", " ").split())
    if field.how == DAY:
        return _day(field, text, today)
    if len(text) > _LONGEST_TEXT:
        told = tr("Write it in {LONGEST_TEXT} characters or fewer.", LONGEST_TEXT=_LONGEST_TEXT)
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
    if not field.least <= figure < _TOO_MUCH:
        told = tr("It must be a number from {least} to {most}.", least=field.least, most=_TOO_MUCH - 1)
        remedy = field.instead if figure < field.least else ""
        raise InvalidEntryError(told, "", remedy, text, about=field.key)
    if field.whole and not figure.is_integer():
        raise InvalidEntryError(tr("It must be a whole number."), "", "", text, about=field.key)
    return int(figure) if field.whole or figure.is_integer() else figure


def _day(field: RuleField, text: str, today: date) -> object:
    if not text:
        return None
    try:
        return parse_day(text, today)
    except (InvalidEntryError, NextWanted):
        raise InvalidEntryError(
            tr("“{text}” is no date.", text=text), "", tr("Type 01/31/2027."), text, about=field.key
        ) from None
