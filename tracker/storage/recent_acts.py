"""Whom the acts since a moment concern: to name whose act turned an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from tracker.storage.ledger import Ledger
from tracker.storage.records import PastAct
from tracker.storage.rows import METADATA
from tracker.storage.rows.acts import act, act_change
from tracker.storage.work_mapper import past_act_of

AT_ONCE = 2000
_CLINIC_WIDE = frozenset({"setting", "site", "provider", "clinic_rule", "rule_confirmation", "rule_pack"})
_SINCE = select(act).where(act.c.id > bindparam("after")).order_by(act.c.id)
_CHANGES = select(act_change).where(act_change.c.act_id == bindparam("act_id"))


@dataclass(frozen=True, slots=True)
class RecentAct:
    """An act with the patients whose records it touched; `everybody` where it touched the clinic's own."""

    act: PastAct
    patients: frozenset[str]
    everybody: bool

    def concerns(self, patient_id: str) -> bool:
        return self.everybody or patient_id in self.patients


class RecentActs:
    """The acts after a given one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def since(self, act_id: str) -> tuple[RecentAct, ...]:
        """Return the acts after `act_id`, oldest first."""
        acts = [past_act_of(row) for row in self._ledger.connection.execute(_SINCE, {"after": act_id})]
        return tuple(self._with_patients(each) for each in acts)

    def _with_patients(self, past: PastAct) -> RecentAct:
        changes = self._ledger.connection.execute(_CHANGES, {"act_id": past.id}).all()
        everybody = any(change.entity in _CLINIC_WIDE for change in changes)
        return RecentAct(past, frozenset(self._patients(changes)), everybody)

    def _patients(self, changes: list[Row[Any]] | Any) -> Iterator[str]:
        without_image: dict[str, list[str]] = {}
        for change in changes:
            image = json.loads(change.after or change.before or "{}")
            if change.entity == "patient":
                yield change.entity_id
            elif "patient_id" in image:
                yield image["patient_id"]
            elif "authorization_id" in image:
                without_image.setdefault("authorization", []).append(image["authorization_id"])
            elif not image:
                without_image.setdefault(change.entity, []).append(change.entity_id)
        for entity, ids in without_image.items():
            yield from self._owners(entity, ids)

    def _owners(self, entity: str, ids: list[str]) -> Iterator[str]:
        """Yield whose records made in bulk are; their acts keep ids only."""
        table = METADATA.tables[entity]
        if "patient_id" not in table.c:
            return
        for start in range(0, len(ids), AT_ONCE):
            query = select(table.c.patient_id).where(table.c.id.in_(ids[start : start + AT_ONCE])).distinct()
            yield from self._ledger.connection.execute(query).scalars()
