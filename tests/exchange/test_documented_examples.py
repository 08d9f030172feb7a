"""The examples that docs/data-format.md shows are files that the readers take without a complaint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.exchange.conftest import ReadText
from tracker.exchange.coverage_rows import COVERAGE
from tracker.exchange.formats import CoverageRow, PatientRow, ProcedureRow, RowProblem
from tracker.exchange.patient_rows import PATIENTS
from tracker.exchange.procedure_rows import PROCEDURES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(
    ("example", "kind"),
    list(zip(EXAMPLES, (PatientRow, CoverageRow, ProcedureRow), strict=True)),
    ids=["patients", "coverage", "procedures"],
)
def test_that_a_documented_example_is_read_whole(example: str, kind: type, read_text: ReadText) -> None:
    found = read_text(example)

    assert not [problem.sentence() for problem in found if isinstance(problem, RowProblem)]
    assert len(found) == len(example.splitlines()) - 1
    assert all(isinstance(row, kind) for row in found)


def test_that_every_column_is_documented() -> None:
    columns = {column.name for layout in (PATIENTS, COVERAGE, PROCEDURES) for column in layout.columns}

    assert not {name for name in columns if not re.search(rf"\b{name}\b", PAGE)}
