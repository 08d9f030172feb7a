"""Writes the rejected lines of a file into a file of their own, each with its reason, to be mended and read again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.formats import RowProblem
from tracker.exchange.text_file import Record

REASON = "problem"


def write_rejected(records: Iterator[Record], problems: Iterable[RowProblem], target: Path) -> int:
    """Write head and rejected records as CSV in UTF-8; return how many. Raises ImportFileError when it cannot.

    The cells stay as they are, so that the mended file can be imported; the added column is passed over then.
    """
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.rejected:
            reasons.setdefault(problem.line, []).append(problem.sentence())
    head = next(records)
    kept = [place for place, heading in enumerate(head.cells) if heading.strip().casefold() != REASON]
    rows = [record for record in records if record.line in reasons]
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow([*(head.cells[place] for place in kept), REASON])
            for record in rows:
                cells = [record.cells[place] if place < len(record.cells) else "" for place in kept]
                out.writerow([*cells, " ".join(reasons[record.line])])
    except OSError as error:
        raise ImportFileError(
            tr("{name} cannot be written: {why}.", name=target.name, why=error.strerror),
            "",
            tr("Choose another folder or name."),
        ) from None
    return len(rows)
