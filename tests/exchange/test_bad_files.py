"""What the readers say of lines and files that are wrong; no input may break them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import ReadText
from tracker.domain.errors import ImportFileError
from tracker.domain.patient import Patient
from tracker.exchange import reader_for, text_file
from tracker.exchange.formats import CoverageRow, RowProblem, Vocabulary
from tracker.exchange.patient_rows import PATIENTS
from tracker.exchange.procedure_rows import PROCEDURES

HEAD = "mrn,date,procedure,levels,side,region,status,relief_percent,relief_months"


def only_problem(found: list[object]) -> RowProblem:
    (problem,) = found
    assert isinstance(problem, RowProblem)
    assert problem.rejected
    return problem


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("M1,02/30/2026,rfa", "line 2, date: 02/30/2026 is no date; write MM/DD/YYYY."),
        ("M1,13/01/2026,rfa", "line 2, date: 13/01/2026 is no date; write MM/DD/YYYY."),
        ("M1,1/2/26,rfa", "line 2, date: 1/2/26 is no date; write the year with four digits."),
        ("M1,soon,rfa", "line 2, date: soon is no date; write MM/DD/YYYY."),
        (
            "M1,11/25/2026,rfa",
            "line 2, date: this day has not come yet; leave visits to come out; they are booked in the program.",
        ),
        ("M1,,rfa", "line 2, date: is empty; it is needed on every line."),
        (",2026-01-12,rfa", "line 2, mrn: is empty; it is needed on every line."),
        ("--,2026-01-12,rfa", "line 2, mrn: holds no letter and no digit; write the patient's record number."),
        (
            "M1,2026-01-12,99213",
            "line 2, procedure: 99213 is no code of a spinal injection that the program knows; "
            "correct it, or leave the line out.",
        ),
        (
            "M1,2026-01-12,massage",
            "line 2, procedure: massage is no procedure; write a CPT code, or a word such as rfa or mbb.",
        ),
        ("M1,2026-01-12,rfa,L4-L6 left", "line 2, levels: L4-L6 is no level; write two neighbors, such as L4-L5."),
        ("M1,2026-01-12,rfa,SI left", "line 2, levels: SI does not go with this procedure; correct one of the two."),
        ("M1,2026-01-12,rfa,L4-L5,midline", "line 2, side: L4-5 has no midline; write left, right, both or unknown."),
        ("M1,2026-01-12,rfa,L4-L5,up", "line 2, side: up means nothing here; write left, right, both or midline."),
        (
            "M1,2026-01-12,64493,C4-C5 left",
            "line 2, levels: C4-5 is not lumbar / sacral, as the code says; correct one of the two.",
        ),
        (
            "M1,2026-01-12,rfa,,,,maybe",
            "line 2, status: maybe means nothing here; write performed, cancelled, no-show or aborted.",
        ),
        (
            "M1,2026-01-12,rfa,,,,,120",
            "line 2, relief_percent: 120 is no percentage; write a number from 0 to 100, such as 85.",
        ),
        (
            "M1,2026-01-12,rfa,,,,,0.85",
            "line 2, relief_percent: 0.85 is no percentage; write a number from 0 to 100, such as 85.",
        ),
        ("M1,2026-01-12,rfa,,,,,,ages", "line 2, relief_months: ages is no time in months; write 3, or 6 weeks."),
    ],
)
def test_that_a_wrong_cell_is_named_with_its_line_and_the_way_to_write_it(
    read_text: ReadText, row: str, sentence: str
) -> None:
    assert only_problem(read_text(f"{HEAD}\n{row}\n")).sentence() == sentence


def test_that_an_unknown_level_in_short_form_is_named(read_text: ReadText) -> None:
    problem = only_problem(read_text(f"{HEAD}\nM1,2026-01-12,rfa,l67\n"))
    assert problem.field == "levels"
    assert "l67" in problem.what


def test_that_a_line_with_a_problem_is_left_out_and_the_others_come(read_text: ReadText) -> None:
    problem, row = read_text(f"{HEAD}\nM1,02/30/2026,rfa\nM1,02/28/2026,rfa\n")
    assert isinstance(problem, RowProblem)
    assert row.line == 3


def test_that_all_that_is_wrong_with_a_line_is_told_at_once(read_text: ReadText) -> None:
    found = read_text(f"{HEAD}\n,02/30/2026,massage\n")
    assert [problem.field for problem in found if isinstance(problem, RowProblem)] == ["mrn", "date", "procedure"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("M1,Clay,1958-03-14,extra", "4 cells"),
        ('M1,"Cl"ay,1958-03-14', "quotation mark"),
        ("M1,Cl\0ay,1958-03-14", "control character"),
        ("M1,Cl\x1bay,1958-03-14", "control character"),
        ("M1," + "x" * 10_001 + ",1958-03-14", "10,001 characters"),
        ("M1,Clay,11/25/2026", "has not come yet"),
    ],
)
def test_that_an_odd_line_is_rejected_and_the_next_one_comes(read_text: ReadText, row: str, words: str) -> None:
    problem, good = read_text(f"mrn,last_name,birth_date\n{row}\nM2,Good,1958-03-14\n")
    assert isinstance(problem, RowProblem)
    assert problem.line == 2
    assert words in problem.what
    assert good.line == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "in no format"),
        (b"hello\n", "in no format"),
        (b"mrn,last_name\nM1,Clay\n", "in no format"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d\x90\xff\xfe", "no text file"),
        (b"\xff\xfe\x00", "no text file"),
        (b'mrn,last_name,birth_date\nM1,"Clay,1958-03-14\nM2,Good,1958-03-14\n', "line 2"),
        (b"mrn,last_name,birth_date\nM1," + b"x" * 200_000 + b",1958-03-14\n", "line 2"),
    ],
)
def test_that_a_file_that_cannot_be_taken_is_refused_in_one_sentence(
    read_text: ReadText, content: bytes, words: str
) -> None:
    with pytest.raises(ImportFileError) as refused:
        read_text(content)
    assert words in refused.value.sentence()


def test_that_a_missing_file_a_folder_and_a_file_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportFileError, match="cannot be read"):
        reader_for(tmp_path / "missing.csv")
    with pytest.raises(ImportFileError, match="cannot be read"):
        reader_for(tmp_path)
    monkeypatch.setattr(text_file, "MAX_BYTES", 10)
    (tmp_path / "large.csv").write_text("mrn,last_name,birth_date\n")
    with pytest.raises(ImportFileError, match="too large"):
        reader_for(tmp_path / "large.csv")


def test_that_too_many_lines_are_refused(read_text: ReadText, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "MAX_ROWS", 3)
    with pytest.raises(ImportFileError, match="too many lines"):
        read_text("mrn,last_name,birth_date\n" + "M1,Clay,1958-03-14\n" * 3)


def read_or_refused(path: Path, vocabulary: Vocabulary) -> bool:
    """Tell whether the file came in as rows and sentences, or was refused with one; anything else is raised."""
    try:
        found = list(reader_for(path).read(path, vocabulary))
    except ImportFileError as refused:
        return bool(refused.sentence())
    return all(item.sentence() if isinstance(item, RowProblem) else item.line > 1 for item in found)


HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE patient;--",
        "<img src=x>",
        "\u202egnp.exe",
        "02/30/2026",
        "L4-L5 left",
        "9" * 400,
        "rfa",
        "mbb",
        "64493",
        "M1",
        "2026",
        "nerves",
        "nerves L3",
        "l45b l67",
        "0/0/0000",
        "00000000",
        "0",
        "-",
        "\0",
        "١٢/٠١/٢٠٢٦",
        "²",
        "1e400",
        "٣",
        "L٤-٥",
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(HOSTILE, min_size=1, max_size=20), max_size=5),
    layout=st.sampled_from([PATIENTS, PROCEDURES]),
)
def test_that_no_cell_whatever_it_holds_breaks_a_reader(
    tmp_path: Path, vocabulary: Vocabulary, rows: list[list[str]], layout: object
) -> None:
    columns = (PATIENTS if layout is PATIENTS else PROCEDURES).columns
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in columns])
    writer.writerows(rows)
    path = tmp_path / "hostile.csv"
    path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    assert read_or_refused(path, vocabulary)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"mrn,date,procedure,levels\n" + rest)
)
def test_that_no_bytes_whatever_they_are_break_a_reader(tmp_path: Path, vocabulary: Vocabulary, content: bytes) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes(content)
    assert read_or_refused(path, vocabulary)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("M1,8765432,1960-01-02", "line 2, last_name: 8765432 is no name; look whether two columns were mixed up."),
        ("M1,Ames,1900-01-01", "line 2, birth_date: 01/01/1900 cannot be a birth date; correct the year."),
        ("M1,Ames,1905-12-31", "line 2, birth_date: 12/31/1905 cannot be a birth date; correct the year."),
        ("M1,Ames,2100-01-01", "line 2, birth_date: 01/01/2100 has not come yet; correct the year."),
        ("M1,Ames,2999-01-01", "line 2, birth_date: 2999-01-01 is no date; look at the year."),
        ("M1,Ames,9999-12-31", "line 2, birth_date: 9999-12-31 is no date; look at the year."),
    ],
)
def test_that_what_stands_in_for_a_name_or_a_birth_date_is_refused(
    read_text: ReadText, row: str, sentence: str
) -> None:
    assert only_problem(read_text(f"mrn,last_name,birth_date\n{row}\n")).sentence() == sentence


def test_that_a_cell_that_is_looked_at_twice_is_told_once(read_text: ReadText) -> None:
    bad = "M1,11/20/2026,MBB,L4\x1b,left,,,,"
    found = [each for each in read_text(f"{HEAD}\n{bad}\n") if isinstance(each, RowProblem)]

    assert [each.field for each in found if "control character" in each.what] == ["levels"]


def test_that_the_oldest_patient_is_taken(read_text: ReadText) -> None:
    (row,) = read_text("mrn,last_name,birth_date\nM1,Ames 2nd,1906-01-01\n")
    assert not isinstance(row, RowProblem)


def test_that_of_two_columns_that_mean_the_same_the_first_is_read_and_the_other_told(read_text: ReadText) -> None:
    remark, row = read_text("mrn,last_name,birth_date,Surname,DOB\nM1,Ames,1960-01-02,Boyd,1970-03-04\n")[1:]
    assert isinstance(remark, RowProblem)
    assert not remark.rejected
    assert remark.sentence().startswith("line 1, DOB: another column before it means the same, and that one was read")
    assert getattr(row, "patient", None) == Patient("Ames", "", date(1960, 1, 2), "M1")


@pytest.mark.parametrize("end", ["12/31/9999", "9999-12-31", "99991231", "12/31/9999 00:00:00"])
def test_that_a_coverage_until_the_year_9999_has_no_end(read_text: ReadText, end: str) -> None:
    """A day after the last one that there is cannot be reckoned with, and every check of the patient would fail."""
    (row,) = read_text(f"mrn,payer,from,to\nM1,Medicare,2020-01-01,{end}\n")
    assert isinstance(row, CoverageRow)
    assert row.coverage.end is None


@pytest.mark.parametrize("start", ["9999-12-31", "2200-01-01"])
def test_that_no_coverage_begins_beyond_reach(read_text: ReadText, start: str) -> None:
    told = only_problem(read_text(f"mrn,payer,from,to\nM1,Medicare,{start},\n")).sentence()
    assert told == f"line 2, from: {start} is no date; look at the year."
