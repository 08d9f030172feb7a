"""The rule book beneath the clinic's own rules: the shipped one or a pack that was taken in, whichever is newer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.errors import PackError, TrackerError
from tracker.domain.language import tr
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.pack import load_pack
from tracker.policies.pack_keys import PackKey, key_of_text, text_of_key
from tracker.storage.unit_of_work import UnitOfWork

PACK_IN_USE, PACK_KEYS = "rule_pack", "rule_pack_keys"
"""Settings: the id of the pack in use, and the keys that the clinic itself trusts."""


NO_MARK = json.dumps(["", []])
"""Of a clinic without a pack and without keys of its own: the shipped book is its base."""


@dataclass(frozen=True, slots=True)
class BaseBook:
    """`pack_id` is "" for the shipped book; `trouble` says why a pack on file does not answer."""

    catalog: PolicyCatalog
    pack_id: str = ""
    signer: str = ""
    mark: str = ""
    trouble: TrackerError | None = None


@dataclass(frozen=True, slots=True)
class ClinicKey:
    """A key that somebody at the clinic trusts, since when, and who that was."""

    name: str
    key: bytes
    by: str
    on: date

    @property
    def as_trusted(self) -> PackKey:
        return PackKey(self.name, self.key)


def base_mark(uow: UnitOfWork) -> str:
    """Return what the base depends on: while it is the same, the base need not be read again."""
    settings = uow.clinic.settings()
    return json.dumps([settings.get(PACK_IN_USE, ""), settings.get(PACK_KEYS, [])])


def base_book(uow: UnitOfWork, shipped: PolicyCatalog, keys: Iterable[PackKey]) -> BaseBook:
    """Return the book that answers here. A pack that does not load any more is told, and the shipped book answers."""
    pack_id = uow.clinic.settings().get(PACK_IN_USE, "")
    if not pack_id:
        return BaseBook(shipped)
    try:
        stored = uow.packs.find(pack_id)
        if stored is None:
            raise PackError(tr("The rule pack in use is not on file any more."))
        if stored.number <= shipped.edition.number:
            return BaseBook(shipped)
        pack, catalog = load_pack(stored.data, [*keys, *(each.as_trusted for each in clinic_keys(uow))])
    except (TrackerError, zlib.error, ValueError) as error:
        return BaseBook(shipped, trouble=_trouble(error))
    return BaseBook(catalog, pack_id, stored.signer, pack.mark)


def clinic_keys(uow: UnitOfWork) -> tuple[ClinicKey, ...]:
    found: list[dict[str, Any]] = uow.clinic.settings().get(PACK_KEYS, [])
    read = ((each, key_of_text(each["key"])) for each in found)
    return tuple(ClinicKey(each["name"], key, each["by"], date.fromisoformat(each["on"])) for each, key in read if key)


def write_clinic_keys(uow: UnitOfWork, keys: Iterable[ClinicKey]) -> None:
    written = [
        {"name": each.name, "key": text_of_key(each.key), "by": each.by, "on": each.on.isoformat()} for each in keys
    ]
    uow.clinic.set(PACK_KEYS, written)


def _trouble(error: Exception) -> TrackerError:
    why = error.sentence() if isinstance(error, TrackerError) else tr("It is damaged.")
    return TrackerError(
        tr("The rule pack that was taken in cannot be used; the rules that the program came with answer."),
        why,
        tr("Take a newer pack in, or go back to the rules before it."),
    )
