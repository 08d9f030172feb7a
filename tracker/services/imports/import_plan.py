"""What an import would do with the lines of one kind, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from tracker.domain.language import msg, tr
from tracker.exchange.formats import RowProblem
from tracker.storage.unit_of_work import UnitOfWork

Record = TypeVar("Record")

IMPORT = "import"
"""The kind of act that an import is on record as."""

KEPT = msg("was changed here since it came in, and was left as it is")
BY_HAND = msg("differs from what was entered here, which was left as it is")


@dataclass(slots=True)
class KindPlan(Generic[Record]):
    """The plan for one kind of record; `problems` hold rejected lines and remarks."""

    kind: str
    new: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    same: int = 0
    rejected: set[int] = field(default_factory=set)
    problems: list[RowProblem] = field(default_factory=list)

    def reject(self, line: int, name: str, what: str, how: str = "") -> None:
        self.rejected.add(line)
        self.problems.append(RowProblem(line, name, what, how))

    def keep(self, line: int, why: str = "") -> None:
        """Count a line as unchanged, with a remark when the file says otherwise."""
        self.same += 1
        if why:
            self.problems.append(RowProblem(line, "", why, rejected=False))


@dataclass(frozen=True, slots=True)
class Batch:
    """What every plan needs to know of the import at hand. `step` is called once a line; it raises when cancelled."""

    uow: UnitOfWork
    file: str
    by: str
    at: datetime
    step: Callable[[], None]

    def changed_by_people(self, entity: str, ids: Iterable[str]) -> dict[str, str]:
        """Return, for records that were last touched otherwise than by an import, why they are left as they are.

        A person's word counts more than the file's: importing again never takes a correction back.
        """
        wanted = list(ids)
        kinds = self.uow.acts.last_kinds(entity, wanted)
        return {
            record: tr(KEPT if not kinds.get(record, "").startswith("add") else BY_HAND)
            for record in wanted
            if kinds.get(record) != IMPORT
        }
