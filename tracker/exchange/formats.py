"""What a reader of a format takes and gives: the one door through which outside data comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from tracker.domain.anatomy import Region
from tracker.domain.coverage import Coverage
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent
from tracker.exchange.text_file import Record


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something about one line: what is wrong and how to write it right. Remarks do not keep the line out."""

    line: int
    field: str
    what: str
    how: str = ""
    rejected: bool = True

    def sentence(self) -> str:
        """Return "line 14, date: 02/30/2026 is no date; write MM/DD/YYYY."."""
        place = tr("line {line}", line=self.line)
        if self.field:
            place = tr("line {line}, {field}", line=self.line, field=self.field)
        return f"{place}: {self.what}; {self.how}." if self.how else f"{place}: {self.what}."


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient, known by the record number."""

    line: int
    patient: Patient


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A coverage of the patient with this record number."""

    line: int
    mrn: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """An injection or ablation of the patient with this record number.

    `key` is the source's own id of the line, "" when it has none.
    """

    line: int
    mrn: str
    event: Event
    provider: str = ""
    key: str = ""


ImportedRow = PatientRow | CoverageRow | ProcedureRow


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code or a word says about a procedure; None: it leaves that open."""

    family: Family
    intent: Intent | None = None
    approach: Approach | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a reader may know of the clinic and its payers: names folded by `folded`, codes in capitals."""

    today: date
    payers: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Meaning] = field(default_factory=dict)
    words: Mapping[str, Meaning] = field(default_factory=dict)


def folded(text: str) -> str:
    """Return a name as it is compared: small letters and digits, single spaces."""
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())


class Reader(Protocol):
    """Reads one format. `read` yields a row or a problem for every line, and never raises for a line's sake."""

    @property
    def name(self) -> str:
        """Return what the format holds, in the words of the desk."""
        ...

    def recognises(self, path: Path) -> bool:
        """Tell whether the file is of this format. Raises ImportFileError when it cannot be read at all."""
        ...

    def read(self, path: Path, vocabulary: Vocabulary) -> Iterator[ImportedRow | RowProblem]:
        """Yield what the lines say, in order. Raises ImportFileError when the file as a whole cannot be taken."""
        ...

    def records(self, path: Path) -> Iterator[Record]:
        """Yield the head and the lines as they stand, in order. Raises ImportFileError when it cannot be read."""
        ...
