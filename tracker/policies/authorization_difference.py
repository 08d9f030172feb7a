"""What two rule books say otherwise about authorizations: terms, checklists and codes, statement by statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from tracker.domain.language import tr
from tracker.policies.book_change import BookChange, ChangeKind
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.rule_words import key_words, value_words

_NAMES = ("id", "code")


def authorization_changes(old: PolicyCatalog, new: PolicyCatalog) -> Iterator[BookChange]:
    """Return every value that differs, by the title of its file."""
    for about, before, after in _files(old, new):
        for key in dict.fromkeys((*before, *after)):
            title = (after if key in after else before)[key].title
            if key not in before:
                yield BookChange(title, about, ChangeKind.ADDED, tr("the whole file"))
            elif key not in after:
                yield BookChange(title, about, ChangeKind.REMOVED, tr("the whole file"))
            else:
                yield from _changed(title, about, dict(_leaves("", before[key])), dict(_leaves("", after[key])))
    yield from _changed(
        tr("Codes of denials and decisions"),
        tr("Codes"),
        dict(_leaves("", old.code_lists)),
        dict(_leaves("", new.code_lists)),
    )


def _files(old: PolicyCatalog, new: PolicyCatalog) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    yield tr("Authorization"), _by_id(old.terms_files), _by_id(new.terms_files)
    yield tr("Checklist"), _by_id(old.checklist_files), _by_id(new.checklist_files)


def _by_id(files: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in files}


def _changed(who: str, about: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[BookChange]:
    for path in dict.fromkeys((*before, *after)):
        was, now = before.get(path), after.get(path)
        if was != now:
            what = f"{path} {value_words(was)} → {value_words(now)}"
            yield BookChange(who, about, ChangeKind.CHANGED, what)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Return every single value with the words that lead to it: ("item conservative-care need", "needed")."""
    for name, each in _parts(value):
        here = f"{path} {name}".strip()
        if any(True for _ in _parts(each)):
            yield from _leaves(here, each)
        else:
            yield here, each


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        yield from ((key_words(name), getattr(value, name)) for name in type(value).model_fields)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from ((key_words(each.name), getattr(value, each.name)) for each in fields(value))
    elif isinstance(value, Mapping):
        yield from ((str(name), each) for name, each in value.items())
    elif isinstance(value, tuple) and any(isinstance(each, BaseModel) or is_dataclass(each) for each in value):
        yield from ((_name_of(each, place), each) for place, each in enumerate(value, 1))


def _name_of(value: Any, place: int) -> str:
    """Return an item by its id or code where it has one, by its number where not."""
    return next((str(getattr(value, name)) for name in _NAMES if hasattr(value, name)), str(place))
