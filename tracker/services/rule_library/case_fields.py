"""Reads the fields of one JSON object of a case file; every mistake names the case and the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from tracker.domain.errors import InvalidCaseError, InvalidEntryError
from tracker.domain.procedure import Approach, Sites, parse_sites

Choice = TypeVar("Choice", bound=Enum)
Made = TypeVar("Made")


def in_reach(day: date) -> bool:
    """Tell whether a day may stand in a case; beyond these years months could not be counted from it."""
    return 1900 <= day.year <= 2199


class Fields:
    """One JSON object of a case. Reading a field that is missing or wrong raises InvalidCaseError with its place."""

    def __init__(self, data: Any, case: str, place: str, known: set[str]) -> None:
        self._case, self._place = case, place
        if not isinstance(data, dict):
            raise self.wrong("", "must be an object in braces.")
        self._data: dict[str, Any] = data
        for unknown in sorted(set(data) - known):
            raise self.wrong(unknown, "is not a field of the format.")

    def wrong(self, key: str, what: str) -> InvalidCaseError:
        place = ".".join(part for part in (self._place, key) if part) or "case"
        return InvalidCaseError(f"Case {self._case}: {place} {what}", remedy="See docs/case-format.md.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._data.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value and default is None):
            raise self.wrong(key, "must be text." if value is not None else "is missing.")
        return value

    def optional(self, key: str) -> str | None:
        return None if self._data.get(key) is None else self.text(key, "")

    def flag(self, key: str) -> bool | None:
        value = self._data.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "must be true or false.")
        return value

    def number(self, key: str, most: float, whole: bool = False) -> float | None:
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not 0 <= value <= most:
            raise self.wrong(key, f"must be a{' whole' if whole else ''} number from 0 to {most:g}.")
        return value

    def day(self, key: str) -> date | None:
        return None if self._data.get(key) is None else self._day(key, self.text(key))

    def required_day(self, key: str) -> date:
        return self._day(key, self.text(key))

    def _day(self, key: str, text: str) -> date:
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = date.min
        if len(text) != len("2026-01-12") or "W" in text or not in_reach(found):
            raise self.wrong(key, f"must be a date such as 2026-01-12, not “{text}”.")
        return found

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self._data.get(key)
        return default if value is None and default is not None else self.one_of(key, value, kind)

    def one_of(self, key: str, value: Any, kind: type[Choice]) -> Choice:
        """Return the word as one of those that may stand in the field."""
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(str(each.value) for each in kind)
            raise self.wrong(key, f"must be one of {words}; not {value!r}.") from None

    def optional_choice(self, key: str, kind: type[Choice]) -> Choice | None:
        return None if self._data.get(key) is None else self.choice(key, kind)

    def texts(self, key: str) -> list[str]:
        value = self._data.get(key)
        value = [] if value is None else value
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, "must be a list of texts.")
        return value

    def sites(self, key: str, approach: Approach | None) -> Sites:
        return self.read(key, lambda: parse_sites(self.texts(key), approach))

    def read(self, key: str, make: Callable[[], Made]) -> Made:
        """Return what `make` gives; its complaint becomes this field's."""
        try:
            return make()
        except InvalidEntryError as error:
            raise self.wrong(key, f"is wrong: {error.sentence()}") from None

    def parts(self, key: str, known: set[str]) -> Iterable[Fields]:
        value = self._data.get(key)
        if value is not None and not isinstance(value, list):
            raise self.wrong(key, "must be a list.")
        for place, each in enumerate(value or [], 1):
            name = each.get("id") or each.get("number") if isinstance(each, dict) else None
            inner = ".".join(part for part in (self._place, key) if part)
            yield Fields(each, self._case, f"{inner} {name or place}", known)

    def part(self, key: str, known: set[str]) -> Fields:
        inner = ".".join(part for part in (self._place, key) if part)
        return Fields(self._data.get(key), self._case, inner, known)

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None
