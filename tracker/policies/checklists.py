"""Reads resources/checklists, and picks the items of a payer and a procedure: a payer's word stands before the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.checklist import ChecklistItem
from tracker.domain.coverage import LineOfBusiness
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Which
from tracker.policies.authorization_schema import CHECKLIST, ChecklistIn, ItemIn
from tracker.policies.rule_path import RulePath
from tracker.policies.sourced_files import Names, check_source, read_folder, source_of
from tracker.policies.toml_file import Problems


@dataclass(frozen=True, slots=True)
class AskedProcedure:
    """For which payer and procedure the checklist is asked; `repeat`: one of its kind was done before."""

    payer: str
    line: LineOfBusiness | None
    family: Family
    intent: Intent | None
    approach: Approach | None
    repeat: bool
    day: date


def read_checklists(folders: Iterable[RulePath], names: Names, problems: Problems) -> tuple[ChecklistIn, ...]:
    """Read every file; names that lead nowhere and items that are there twice for the same procedure are problems."""
    found = read_folder(folders, CHECKLIST, problems)
    for shown, file in found.values():
        names.astray(shown, file.payers, (), problems)
        said: set[tuple[object, ...]] = set()
        for item in file.item:
            check_source(item, file.sources, shown, f"item {item.id}", problems)
            key = (item.id, item.families, item.intents, item.approaches, item.repeat, item.effective_from)
            if key in said:
                problems.add(shown, f"item {item.id}", "is there twice for the same procedures.")
            said.add(key)
    return tuple(file for _, file in found.values())


def choose_items(files: Iterable[ChecklistIn], asked: AskedProcedure) -> tuple[ChecklistItem, ...]:
    """Return each item once, as the most specific file and item have it, in the order of the general files first."""
    best: dict[str, tuple[tuple[Any, ...], ChecklistItem]] = {}
    for file in sorted(files, key=_rank):
        for item in _fitting(file, asked):
            weight = (*_rank(file), _narrowness(item), item.effective_from or date.min)
            if item.id not in best or weight >= best[item.id][0]:
                best[item.id] = (weight, _item(item, file))
    return tuple(item for _, item in best.values())


def _rank(file: ChecklistIn) -> tuple[bool, bool]:
    return bool(file.payers), bool(file.lines)


def _narrowness(item: ItemIn) -> int:
    return sum((bool(item.families), bool(item.intents), bool(item.approaches), item.repeat is not None))


def _fitting(file: ChecklistIn, asked: AskedProcedure) -> Iterator[ItemIn]:
    if (file.payers and asked.payer not in file.payers) or (file.lines and asked.line not in file.lines):
        return
    for item in file.item:
        about = Which(item.families, item.intents, item.approaches)
        if (
            item.holds(asked.day)
            and about.fits(asked.family, asked.intent, asked.approach)
            and item.repeat in (None, asked.repeat)
        ):
            yield item


def _item(item: ItemIn, file: ChecklistIn) -> ChecklistItem:
    return ChecklistItem(
        item.id,
        item.text,
        item.need == "needed",
        item.satisfied_by,
        source_of(item, file.sources),
        item.stage,
        item.only_if,
    )
