"""Files from other programs: each reader turns one format into rows of our own words, and knows nothing of storage."""

from __future__ import annotations

from pathlib import Path

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.coverage_rows import COVERAGE
from tracker.exchange.csv_reader import CsvReader
from tracker.exchange.formats import Reader
from tracker.exchange.patient_rows import PATIENTS
from tracker.exchange.procedure_rows import PROCEDURES

LAYOUTS = (PATIENTS, COVERAGE, PROCEDURES)
"""The layouts in the order in which a clinic imports them."""

READERS: tuple[Reader, ...] = (CsvReader(PROCEDURES), CsvReader(PATIENTS), CsvReader(COVERAGE))
"""Every format that can be taken in; the first one that recognises a file reads it (a log may name patients too)."""


def reader_for(path: Path) -> Reader:
    """Return the reader of this file. Raises ImportFileError when it cannot be read or nobody knows it."""
    for reader in READERS:
        if reader.recognises(path):
            return reader
    raise ImportFileError(
        tr("{name} is in no format that the program knows.", name=path.name),
        tr("Its first line does not name the columns of patients, coverage or procedures."),
        tr("Compare it with the examples in docs/data-format.md."),
    )
