"""Fixtures of the reader tests: a small vocabulary, and files written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tracker.domain.anatomy import Region
from tracker.domain.procedure import Approach, Family, Intent
from tracker.exchange import reader_for
from tracker.exchange.formats import ImportedRow, Meaning, RowProblem, Vocabulary

TODAY = date(2026, 11, 24)
LOW, HIGH = Region.LUMBAR_SACRAL, Region.CERVICAL_THORACIC
CODES = {
    "64490": Meaning(Family.FACET_INJECTION, region=HIGH),
    "64493": Meaning(Family.FACET_INJECTION, region=LOW),
    "64635": Meaning(Family.FACET_ABLATION, region=LOW),
    "62323": Meaning(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.INTERLAMINAR, LOW),
    "64483": Meaning(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.TRANSFORAMINAL, LOW),
    "27096": Meaning(Family.SI_INJECTION, region=LOW),
    "20553": Meaning(Family.TRIGGER_POINT, Intent.THERAPEUTIC),
}
WORDS = {
    "mbb": Meaning(Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH),
    "rfa": Meaning(Family.FACET_ABLATION),
    "caudal": Meaning(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.CAUDAL),
    "il epidural": Meaning(Family.EPIDURAL, Intent.THERAPEUTIC, Approach.INTERLAMINAR),
}
PAYERS = {"medicare": "medicare", "medicare part b": "medicare", "aetna": "aetna"}

Found = list[ImportedRow | RowProblem]
ReadText = Callable[..., Found]


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(TODAY, PAYERS, CODES, WORDS)


@pytest.fixture
def read_text(tmp_path: Path, vocabulary: Vocabulary) -> ReadText:
    """Write a file and read it back through whoever recognises it."""

    def read(text: str | bytes, encoding: str = "utf-8") -> Found:
        path = tmp_path / "given.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return list(reader_for(path).read(path, vocabulary))

    return read


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent / "samples"
