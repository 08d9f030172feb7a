"""Reads one TOML file strictly: unknown, wrong and missing keys are problems that name file, place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.domain.errors import PolicyFileError
from tracker.policies.rule_path import RulePath
from tracker.policies.toml_data import describe, load_toml


class Strict(BaseModel):
    """Base of every file model: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Model = TypeVar("Model", bound=Strict)


@dataclass(slots=True)
class Problems:
    """Collects what is wrong in all files, so that everything is told at once."""

    found: list[str] = field(default_factory=list)

    def add(self, file: str, place: str, what: str) -> None:
        self.found.append(f"{file}: {place}: {what}" if place else f"{file}: {what}")

    def add_all(self, file: str, data: Mapping[str, Any], error: ValidationError) -> None:
        """Add every mistake that a strict model found, but for those that only follow from others."""
        places = [each["loc"] for each in error.errors()]
        for each in error.errors():
            if not _follows(each, places):
                self.add(file, _place(data, each["loc"]), _sentence(each))
        self.add_empty(file, data, [_place(data, place) for place in places])

    def add_empty(self, file: str, data: Mapping[str, Any], told: Iterable[str] = ()) -> None:
        """Add every list by which something is narrowed that is empty: nobody can tell whether it means none or all."""
        for location in _empty_lists(data):
            place = _place(data, location)
            if place not in told:
                self.add(file, place, "is empty; name one or more, or leave the key out for all.")

    def add_zeros(self, file: str, data: Mapping[str, Any]) -> None:
        """Add every length of time that is written as none: whoever wrote it meant something by it."""
        for location in _zeros(data):
            self.add(file, _place(data, location), "is 0, which asks for nothing; write 1 or more, or leave it out.")

    def refuse(self) -> None:
        """Raise PolicyFileError when anything was found."""
        if not self.found:
            return
        count = len(self.found)
        title = "A rule file has a mistake." if count == 1 else f"Rule files have {count} mistakes."
        remedy = "Correct it." if count == 1 else "Correct them."
        more = "A file that came with the program may also be put back as it came."
        raise PolicyFileError(title, "\n".join(self.found), f"{remedy} {more}")


def read(path: RulePath, model: type[Model], problems: Problems, shown: str = "") -> Model | None:
    """Return the file as `model`; None when something is wrong, which `problems` then says."""
    name = shown or path.name
    try:
        data = load_toml(path)
    except (OSError, ValueError) as error:
        problems.add(name, "", describe(error))
        return None
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        problems.add_all(name, data, error)
        return None
    problems.add_empty(name, data)
    return found


def _empty_lists(here: Any, at: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Yield where a list of words stands that narrows something, and is empty."""
    inner = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    for step, value in inner:
        if step in _NARROWING and value == []:
            yield (*at, step)
        yield from _empty_lists(value, (*at, step))


def _zeros(here: Any, at: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Yield where a length of time is 0."""
    inner = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    for step, value in inner:
        if step in _LENGTHS and value == 0 and not isinstance(value, bool):
            yield (*at, step)
        yield from _zeros(value, (*at, step))


def _follows(error: Any, places: list[tuple[int | str, ...]]) -> bool:
    """Tell whether a mistake only follows from another: a list that is empty without its wrong items, a wrong day."""
    place, kind = error["loc"], error["type"]
    if kind == "too_short":
        return any(other[: len(place)] == place and other != place for other in places)
    return (place[-1:] == ("date",) and isinstance(error["input"], dict)) or place[-1:] == ("dict[str,date]",)


_NAMES = ("id", "code", "name")
_NO_PLACE = ("date", "dict[str,date]")
"""Steps of pydantic's path that are no places in a file; so is the kind of a rule."""


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_kind(here: Any, step: str) -> bool:
    return isinstance(here, dict) and here.get("kind") == step


def _place(data: Any, location: tuple[int | str, ...]) -> str:
    """Return "rule facet-sessions, window": list items by id, code or name where they have one, by number where not."""
    parts: list[str] = []
    here: Any = data
    for place, step in enumerate(location):
        if place and isinstance(location[place - 1], int) and _is_kind(here, str(step)):
            continue  # pydantic names the kind behind the rule's number
        if isinstance(step, int) and isinstance(here, list) and step < len(here):
            here = here[step]
            known = (
                next((here[key] for key in _NAMES if _is_name(here.get(key))), None) if isinstance(here, dict) else None
            )
            parts[-1:] = [f"{parts[-1] if parts else 'item'} {known if known else step + 1}"]
        elif isinstance(here, dict) and step in here:
            here = here[step]
            parts.append(str(step))
        elif not isinstance(step, int) and step not in _NO_PLACE:
            parts.append(str(step))
    return ", ".join(parts)


_WORDS = {
    "missing": "is missing.",
    "too_short": "is empty; name one or more.",
    "extra_forbidden": "is not a key of this table; look at its spelling.",
    "unexpected_keyword_argument": "is not a key of this table; look at its spelling.",
    "union_tag_not_found": "has no kind.",
    "date_from_datetime_parsing": "must be a date such as 2024-07-07, without quotation marks.",
    "date_parsing": "must be a date such as 2024-07-07, without quotation marks.",
    "float_type": "must be a number.",
    "string_type": "must be text in quotation marks.",
    "int_type": "must be a whole number.",
    "bool_type": "must be true or false.",
    "date_type": "must be a date such as 2024-07-07, without quotation marks.",
    "list_type": "must be a list in square brackets.",
    "tuple_type": "must be a list in square brackets.",
    "dict_type": "must be a table.",
}


_TABLES = {
    "window": "{ months = 12 }",
    "early": "{ days = 14 }",
    "unless": '{ of = { families = ["epidural"] }, needs = 2, percent = 80 }',
}
_LISTS = frozenset({
    "families", "intents", "approaches", "contractors", "payers", "plans", "not_plans", "states", "places", "spine",
    "codes", "drops", "aliases",
})  # fmt: skip
"""Keys whose lists hold words; all other lists are of tables, and have a heading."""
_NARROWING = _LISTS - {"aliases", "drops"} | {"lines"}
_LENGTHS = frozenset({"days", "months", "relief_months", "apart_days", "void_after_months", "merge_sides_months"})
_PROCEDURES = ("of", "counts", "after", "first", "among", "clashes")


_ONE_TABLE = "is one table: write its heading with one pair of brackets, [ and ]."


def _table(key: int | str) -> str:
    """Say that a table is wanted, with an example that fits the key."""
    example = '{ families = ["epidural"] }' if key in _PROCEDURES else _TABLES.get(str(key), "{ key = value }")
    return f"must be a table in braces, such as {example}."


def _sentence(error: Any) -> str:
    kind, given, context = error["type"], error.get("input"), error.get("ctx") or {}
    if kind == "dataclass_type":
        return _table(error["loc"][-1])
    if kind == "model_type":
        return _ONE_TABLE if isinstance(given, list) else _table(error["loc"][-1])
    if kind in ("list_type", "tuple_type") and isinstance(given, dict) and error["loc"][-1] not in _LISTS:
        return "is a list of tables: write its heading with two pairs of brackets, [[ and ]]."
    if kind in _WORDS:
        return _WORDS[kind]
    if kind == "string_pattern_mismatch" and context["pattern"].startswith("^[a-z"):
        return "may have small letters, digits and hyphens only."
    if kind == "string_too_long":
        return f"has {len(str(given))} signs; {context['max_length']} at most."
    if kind == "string_pattern_mismatch" and context["pattern"].startswith(r"^\d"):
        return "must be the number of a version, such as 1.4."
    if kind == "string_pattern_mismatch" and context["pattern"] == r"\S":
        return "is empty; write the name, or leave it out."
    if kind == "union_tag_invalid":
        return f"kind must be one of {context['expected_tags']}, not '{context['tag']}'."
    if kind in ("enum", "literal_error"):
        return f"must be {context.get('expected')}, not {given!r}."
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        limit = next(iter(context.values()))
        words = {"greater_than_equal": "or more", "less_than_equal": "or less"}
        bound = f"{limit} {words[kind]}" if kind in words else f"{kind.replace('_', ' ')} {limit}"
        return f"must be {bound}, not {given!r}."
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    return f"{error['msg']}."
