"""What answers about one patient's coming visits rest on, in short: as it is kept as one text, and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tracker.domain.event import EventStatus
from tracker.storage.coming_records import ComingRecords
from tracker.storage.mappers import SEPARATOR

Kind = int | str
"""What an event is but its id and days: the number that it has in the file, or the columns where it has none yet."""
_READ = json.JSONDecoder().raw_decode
_BOOKED = f"{SEPARATOR}{EventStatus.BOOKED.value}{SEPARATOR}"


class ComingChart(NamedTuple):
    """A tuple of plain values, for there are thousands at once; events by their place among them, oldest first.

    `basis` names what of the rules may matter: payers and families of procedures. `approvals`: of each its last day and
    that of its decision. `visits`: place of the event and the columns of `visit_of`, after the patient and the event.
    `days`: the first day of each event, as an ordinal; `spans`: those whose last day is another, with it, and whether
    it is booked; `kinds`: all else of each.
    """

    basis: str
    born: str
    approvals: list[list[str | None]]
    coverages: list[list[Any]]
    visits: list[list[Any]]
    days: list[int]
    spans: list[list[Any]]
    kinds: list[Kind]

    @classmethod
    def of(cls, records: ComingRecords) -> ComingChart:
        rows = sorted((first, row_id, last, columns) for row_id, first, last, columns in records.rows())
        places = {row_id: place for place, (_, row_id, _, _) in enumerate(rows)}
        visits = [[places[visit[2]], visit[0], *visit[3:]] for visit in records.visits]
        return cls(
            basis_of(records),
            records.born,
            [[_iso(ends), _iso(decided)] for ends, decided in records.approvals],
            [list(each) for each in records.coverages],
            visits,
            [date.fromisoformat(first).toordinal() for first, *_ in rows],
            [[place, last, _BOOKED in columns] for place, (_, _, last, columns) in enumerate(rows) if last],
            [columns for *_, columns in rows],
        )

    @classmethod
    def read(cls, text: str) -> ComingChart:
        return cls._make(_READ(text)[0])

    def text(self, numbers: Mapping[str, int]) -> str:
        """Return it as it is kept, with the numbers of kinds."""
        kinds: list[Kind] = [numbers[kind] if isinstance(kind, str) else kind for kind in self.kinds]
        return json.dumps(self._replace(kinds=kinds), separators=(",", ":"))

    def open_after(self, today: str) -> bool:
        """Tell whether something done on a day not known exactly may lie behind `today`: each day takes one away."""
        return any(last > today and not booked for _, last, booked in self.spans)


@dataclass(slots=True)
class Stood:
    """The revision of a patient's records, and of each coming visit outcome and marks, None where never judged.

    `chart`: the records in short, None where they are not kept so at this revision. `former`: any of them was last
    judged at another one.
    """

    revision: int
    visits: dict[str, tuple[str, str] | None]
    chart: ComingChart | None = None
    former: bool = False


def basis_of(records: ComingRecords) -> str:
    """Return the payers and the families of any event: rules of others cannot come into answers."""
    families = sorted({columns.split(SEPARATOR, 1)[0] for *_, columns in records.rows()})
    return f"{SEPARATOR.join(sorted(records.payers))}\n{SEPARATOR.join(families)}"


def basis_parts(basis: str) -> tuple[list[str], list[str]]:
    """Return the payers and the families again."""
    payers, families = basis.split("\n")
    return payers.split(SEPARATOR), families.split(SEPARATOR) if families else []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
