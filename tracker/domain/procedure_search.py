"""Finds procedures by what people type for them: an alias, a short name, the beginning of any word."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.folding import folded
from tracker.domain.language import tr
from tracker.domain.procedure import ProcedureChoice


def find_choices(text: str, choices: Iterable[ProcedureChoice]) -> tuple[ProcedureChoice, ...]:
    """Return the choices that the text may mean, the likeliest first; all of them, in their order, for ""."""
    wanted = _plain(text)
    ranked = [(_rank(wanted, choice), choice) for choice in choices]
    return tuple(choice for rank, choice in sorted(ranked, key=lambda pair: pair[0]) if rank < _NOT)


_NOT = 9


def names_of(choice: ProcedureChoice) -> tuple[str, ...]:
    """Return what a choice is called, in English and in the language in use: people type either."""
    shown = (tr(choice.label), tr(choice.short))
    return (choice.id, choice.short, choice.label, *shown, *choice.aliases)


def _plain(text: str) -> str:
    return " ".join(folded(text).replace("-", " ").split())


def _rank(wanted: str, choice: ProcedureChoice) -> int:
    """Return 0 for the very name, more for less, _NOT for nothing in common; sorting is stable."""
    names = [_plain(name) for name in names_of(choice)]
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    words = [word.strip(",") for name in names for word in name.split()]
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 2
    return 3 if any(wanted in name for name in names) else _NOT
