"""Holds docs/data-format.md to its word: its columns, its examples and its tables are read by the readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixtures import TODAY
from tracker import paths
from tracker.domain.errors import InvalidEntryError
from tracker.exchange import LAYOUTS, reader_for
from tracker.exchange.cell_values import parse_day, parse_when
from tracker.exchange.columns import Layout
from tracker.exchange.formats import ImportedRow, ProcedureRow, RowProblem, Vocabulary
from tracker.policies import load_catalog
from tracker.services.assembly import import_words

PAGE = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```csv (\w+)\n(.*?)```", PAGE, re.DOTALL)


def table(head: str) -> list[list[str]]:
    """Return the rows below the table's head, without marks."""
    found = []
    for start in (match.end() for match in re.finditer(re.escape(head) + r"\n\|[ \-|]+\n", PAGE)):
        lines = PAGE[start:].split("\n\n")[0].splitlines()
        found += [[cell.strip().strip("`") for cell in line.strip()[1:-1].split("|")] for line in lines]
    return found


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """The vocabulary of the shipped files."""
    return import_words(load_catalog(paths.resource_root())).vocabulary(TODAY)


def read(tmp_path: Path, text: str, words: Vocabulary) -> list[ImportedRow | RowProblem]:
    path = tmp_path / "example.csv"
    path.write_text(text, encoding="utf-8")
    return list(reader_for(path).read(path, words))


def the_row(found: list[ImportedRow | RowProblem]) -> ProcedureRow:
    (row,) = found
    assert isinstance(row, ProcedureRow)
    return row


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[kind for kind, _text in EXAMPLES])
def test_that_every_example_is_taken_whole(tmp_path: Path, words: Vocabulary, kind: str, text: str) -> None:
    found = read(tmp_path, text, words)

    assert reader_for(tmp_path / "example.csv").name == kind
    assert [problem for problem in found if isinstance(problem, RowProblem) and problem.rejected] == []
    assert sum(not isinstance(row, RowProblem) for row in found) == len(text.splitlines()) - 1


def test_that_there_is_an_example_of_every_kind() -> None:
    assert [kind for kind, _text in EXAMPLES] == [layout.name for layout in LAYOUTS]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_that_the_columns_and_their_other_names_are_those_of_the_reader(layout: Layout) -> None:
    section = PAGE.split(f"\n## {layout.name.capitalize()}\n")[1].split("\n## ")[0].split("\n### ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| ?([^|]*) \|", section, re.MULTILINE)

    told = [
        (name, bool(needed), tuple(filter(None, re.split(r",\s*", others.strip())))) for name, needed, others in rows
    ]
    assert told == [(column.name, column.required, column.aliases) for column in layout.columns]


@pytest.mark.parametrize(("written", "meaning"), table("| written | read as |"))
def test_that_a_date_is_read_as_the_page_says(written: str, meaning: str) -> None:
    if meaning.startswith("refused"):
        with pytest.raises(InvalidEntryError):
            parse_when(written)
    else:
        assert str(parse_when(written)) == meaning


def test_that_a_month_is_taken_for_the_date_of_a_procedure_only() -> None:
    with pytest.raises(InvalidEntryError):
        parse_day("01/2026")


@pytest.mark.parametrize("row", table("| written | family | intent | approach |"), ids=lambda row: row[0])
def test_that_a_procedure_is_read_as_the_page_says(tmp_path: Path, words: Vocabulary, row: list[str]) -> None:
    written, *meaning = row
    event = the_row(read(tmp_path, f"mrn,date,procedure\nM1,01/12/2026,{written}\n", words)).event

    assert [event.family.value, event.intent or "", event.approach or ""] == meaning


@pytest.mark.parametrize(
    "row", table("| written | side column | procedure | read as |"), ids=lambda row: f"{row[0]} {row[1]}"
)
def test_that_levels_are_read_as_the_page_says(tmp_path: Path, words: Vocabulary, row: list[str]) -> None:
    written, side, procedure, meaning = row
    levels = "" if written == "*empty*" else written
    text = f'mrn,date,procedure,levels,side\nM1,01/12/2026,{procedure},"{levels}",{side}\n'
    event = the_row(read(tmp_path, text, words)).event

    assert ", ".join(target.label for target in event.targets) == meaning


@pytest.mark.parametrize(("line", "told"), table("| line of the file | what is told |"))
def test_that_a_fault_is_told_as_the_page_says(tmp_path: Path, words: Vocabulary, line: str, told: str) -> None:
    (problem,) = read(tmp_path, f"mrn,date,procedure\n{line}\n", words)

    assert isinstance(problem, RowProblem)
    assert problem.sentence() == told


@pytest.mark.parametrize("name", ["sex", "order", "authorization_required", "side", "region", "body_regions", "intent",
                                  "approach", "status", "place", "evidence", "relief_percent",
                                  "relief_months"])  # fmt: skip
def test_that_every_value_that_the_page_lists_is_taken(tmp_path: Path, words: Vocabulary, name: str) -> None:
    (cell,) = re.findall(rf"^\| `{name}` \|[^|]*\|[^|]*\| ([^|]*) \|", PAGE, re.MULTILINE)
    values = re.split(r"[,;] | or ", re.split(r"[.:] (?=[A-Z])|: |; four", cell)[0])
    heads = {"sex": "mrn,last_name,birth_date,sex\nM1,Ruiz,01/12/1950,", "order": "mrn,payer,order\nM1,Medicare,",
             "authorization_required": "mrn,payer,authorization_required\nM1,Medicare,"}  # fmt: skip
    head = heads.get(name, f"mrn,date,procedure,{name}\nM1,01/12/2026,tpi,")

    assert len(values) > 2
    for value in values:
        found = read(tmp_path, f"{head}{value}\n", words)
        assert not any(isinstance(row, RowProblem) and row.rejected for row in found), (value, found)


@pytest.mark.parametrize(
    "text",
    [
        "mrn, Last-Name ,BIRTH DATE\nM1,Ruiz,01/12/1950\n",
        "sep=;\nmrn;last_name;birth_date\nM1;Ruiz;01/12/1950\n",
        "mrn\tlast_name\tbirth_date\nM1\tRuiz\t01/12/1950\n",
        "birth_date,mrn,last_name\n\n01/12/1950, M1 ,  Ruiz\n\n",
        "mrn,last_name,surname,birth_date\nM1,Ruiz,Other,01/12/1950\n",
    ],
)
def test_that_a_file_may_be_written_in_the_ways_that_the_page_names(
    tmp_path: Path, words: Vocabulary, text: str
) -> None:
    *remarks, row = read(tmp_path, text, words)

    assert all(isinstance(each, RowProblem) and not each.rejected for each in remarks)
    assert (row.patient.mrn, row.patient.last) == ("M1", "Ruiz")  # type: ignore[union-attr]  # a patient's row
