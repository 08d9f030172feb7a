"""A rule's figures in a few words, and what of them is otherwise in another rule: "limit 4 → 5"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from tracker.domain.rule import Rule
from tracker.domain.us_dates import us_date

NOTHING = "none"
_ASIDE = ("id", "kind", "source")
"""The source is compared by its title: its key is only the file's own short name for it."""


def rule_words(rule: Rule) -> str:
    """Return "max_count: limit 4, per region, window months 12": the keys that the rule gives, in their order."""
    own = {each.name for each in _written(rule)} - {each.name for each in fields(Rule)}
    ordered = sorted(_written(rule), key=lambda each: each.name not in own)
    told = [
        f"{key_words(each.name)} {value_words(value)}"
        for each in ordered
        if each.name not in _ASIDE and (value := getattr(rule, each.name)) != each.default
    ]
    kind = getattr(rule, "kind", "")
    return f"{key_words(kind)}: {', '.join(told)}"


def changed_words(old: Rule, new: Rule) -> list[str]:
    """Return "limit 4 → 5" for every key that differs; another kind of rule is told whole."""
    if type(old) is not type(new):
        return [f"{rule_words(old)} → {rule_words(new)}"]
    return list(_changed("", old, new))


def _changed(prefix: str, old: Any, new: Any) -> Iterator[str]:
    for each in _written(old):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before == after or (not prefix and each.name in _ASIDE):
            continue
        name = f"{prefix}{key_words(each.name)}"
        if is_dataclass(before) and type(before) is type(after):
            yield from _changed(f"{name} ", before, after)
        else:
            yield f"{name} {value_words(before)} → {value_words(after)}"


def _written(value: Any) -> list[Field[Any]]:
    """Return what stands in a file: what is worked out from it says nothing of its own."""
    return [each for each in fields(value) if each.init]


def key_words(name: str) -> str:
    return name.replace("_", " ")


def value_words(value: Any) -> str:
    """Return a value as it stands in a file, without its signs."""
    if value is None or value in ((), ""):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return us_date(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        return f"“{value}”" if " " in value else value
    if is_dataclass(value):
        given = ((each.name, getattr(value, each.name)) for each in _written(value))
        return " ".join(f"{key_words(name)} {value_words(each)}" for name, each in given if each not in (None, (), ""))
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(value_words(each) for each in value)
    return str(value)
