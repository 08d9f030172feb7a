"""What the readers make of files as they should be, in every way that other programs write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.conftest import Found, ReadText
from tracker.domain.anatomy import Region, Side
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.exchange import reader_for
from tracker.exchange.formats import CoverageRow, PatientRow, ProcedureRow, RowProblem, Vocabulary


def events(found: Found) -> list[Event]:
    assert all(isinstance(row, ProcedureRow) for row in found), found
    return [row.event for row in found if isinstance(row, ProcedureRow)]


def log(*cells: str) -> str:
    head = "mrn,date,procedure,modifiers,levels,side,region,intent,status,place,evidence,relief_percent,relief_months\n"
    return head + "M1,01/12/2026," + ",".join(cells) + "," * (11 - len(cells)) + "\n"


@pytest.mark.parametrize(
    ("name", "what"), [("patients", PatientRow), ("coverage", CoverageRow), ("procedures", ProcedureRow)]
)
def test_that_each_sample_is_recognised_by_its_header(
    samples: Path, vocabulary: Vocabulary, name: str, what: type
) -> None:
    path = samples / f"{name}.csv"
    reader = reader_for(path)
    assert reader.name == name
    rows = [row for row in reader.read(path, vocabulary) if not isinstance(row, RowProblem)]
    assert rows
    assert all(isinstance(row, what) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_that_encodings_separators_and_line_ends_make_no_difference(
    read_text: ReadText, encoding: str, mark: str, newline: str
) -> None:
    text = "MRN,Last Name,First Name,DOB\nM1,Núñez,Inés,03/14/1958\n".replace(",", mark).replace("\n", newline)
    (row,) = read_text(text, encoding)
    assert isinstance(row, PatientRow)
    assert (row.line, row.patient.last, row.patient.born) == (2, "Núñez", date(1958, 3, 14))


def test_that_windows_1252_is_read_and_told(read_text: ReadText) -> None:
    remark, row = read_text("mrn,last_name,birth_date\nM1,Núñez,03/14/1958\n", "cp1252")
    assert isinstance(remark, RowProblem)
    assert not remark.rejected
    assert "Windows-1252" in remark.what
    assert isinstance(row, PatientRow)
    assert row.patient.last == "Núñez"


def test_that_excels_separator_line_and_empty_lines_are_passed_over(read_text: ReadText) -> None:
    (row,) = read_text("sep=;\nmrn;last_name;birth_date\n;;\n\nM1;Clay;1958-03-14\n")
    assert isinstance(row, PatientRow)
    assert row.line == 5


def test_that_a_column_nobody_knows_is_passed_over_and_told(read_text: ReadText) -> None:
    remark, row = read_text("mrn,last_name,birth_date,shoe size\nM1,Clay,1958-03-14,44\n")
    assert isinstance(remark, RowProblem)
    assert (remark.field, remark.rejected) == ("shoe size", False)
    assert isinstance(row, PatientRow)


def test_that_a_cell_with_line_ends_keeps_the_line_numbers_right(read_text: ReadText) -> None:
    first, second = read_text('mrn,date,procedure,note\nM1,2026-01-12,rfa,"two\nlines"\nM1,2026-01-13,rfa,\n')
    assert isinstance(first, ProcedureRow)
    assert first.event.note == "two\nlines"
    assert second.line == 4


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("01/12/2026", "2026-01-12"),
        ("1/2/2026", "2026-01-02"),
        ("2026-01-12", "2026-01-12"),
        ("20260112", "2026-01-12"),
        ("1/12/2026 0:00", "2026-01-12"),
        ("2026-01-12T09:30:00", "2026-01-12"),
        ("1/12/2026 9:30 AM", "2026-01-12"),
        ("2026-01", "2026-01"),
        ("01/2026", "2026-01"),
        ("2/2024", "2024-02"),
        ("2026", "2026"),
    ],
)
def test_that_days_months_and_years_are_read(read_text: ReadText, text: str, span: str) -> None:
    (event,) = events(read_text(f"mrn,date,procedure\nM1,{text},rfa\n"))
    assert event.when == PartialDate.parse(span)


@pytest.mark.parametrize(
    ("levels", "side", "targets"),
    [
        ("L4-L5 left", "", ["L4-L5 left"]),
        ("L4-5", "R", ["L4-L5 right"]),
        ("L4/5 lt", "", ["L4-L5 left"]),
        ("L4-L5 left; L5-S1 left", "", ["L4-L5 left", "L5-S1 left"]),
        ("L4-5 L5-S1 left", "", ["L4-L5 left", "L5-S1 left"]),
        ("L4-5, L5-S1", "bilateral", ["L4-L5 both", "L5-S1 both"]),
        ("C7-T1", "left", ["C7-T1 left"]),
        ("L4-5 left L5-S1 right", "", ["L4-L5 left", "L5-S1 right"]),
        ("T12-L1 both", "", ["T12-L1 both"]),
        ("L4-5", "", ["L4-L5"]),
        ("nerves L3 L4 L5 left", "", ["L4-L5 left", "L5-S1 left"]),
        ("nerves L3 L4", "left", ["L4-L5 left"]),
    ],
)
def test_that_levels_are_read_as_logs_write_them(
    read_text: ReadText, levels: str, side: str, targets: list[str]
) -> None:
    (event,) = events(read_text(log("rfa", "", f'"{levels}"', side)))
    assert [str(target) for target in event.targets] == targets


@pytest.mark.parametrize(
    ("levels", "targets"),
    [
        ("l45b", ["L4-L5 both"]),
        ("c56r c67r", ["C5-C6 right", "C6-C7 right"]),
        ("c56 c67 r", ["C5-C6 right", "C6-C7 right"]),
        ("l45 rt l5s1 left", ["L4-L5 right", "L5-S1 left"]),
        ("n l3 l4 b", ["L4-L5 both"]),
    ],
)
def test_that_the_desks_short_form_is_read_too(read_text: ReadText, levels: str, targets: list[str]) -> None:
    (event,) = events(read_text(log("mbb", "", levels)))
    assert [str(target) for target in event.targets] == targets


def test_that_codes_bring_family_approach_and_region_and_modifiers_side_and_intent(read_text: ReadText) -> None:
    (block,) = events(read_text(log("64493", "KX 50", "L4-5")))
    assert (block.family, block.intent) == (Family.FACET_INJECTION, Intent.DIAGNOSTIC)
    assert [target.side for target in block.targets] == [Side.BOTH]
    (epidural,) = events(read_text(log("64483", "", "L5-S1", "left")))
    assert (epidural.approach, epidural.intent) == (Approach.TRANSFORAMINAL, Intent.THERAPEUTIC)
    (bare,) = events(read_text(log("64635")))
    assert (bare.targets, bare.region) == ((), Region.LUMBAR_SACRAL)


def test_that_a_caudal_epidural_is_known_by_its_place(read_text: ReadText) -> None:
    (by_place,) = events(read_text(log("62323", "", "caudal")))
    (by_word,) = events(read_text(log("caudal")))
    assert by_place.approach is by_word.approach is Approach.CAUDAL
    assert by_place.targets == by_word.targets


def test_that_an_si_joint_needs_its_side_only(read_text: ReadText) -> None:
    (event,) = events(read_text(log("27096", "RT")))
    assert [str(target) for target in event.targets] == ["SI right"]


def test_that_results_and_circumstances_are_kept(read_text: ReadText) -> None:
    row = log("rfa", "", "L4-5", "left", "", "", "aborted", "elsewhere", "patient-reported", "85 %", "6 weeks")
    (event,) = events(read_text(row))
    assert (event.status, event.place, event.evidence) == (
        EventStatus.ABORTED,
        Place.ELSEWHERE,
        EventEvidence.PATIENT_REPORTED,
    )
    assert (event.relief_percent, event.relief_months) == (85, 1.5)


def test_that_payers_are_known_by_their_aliases_and_others_are_kept_and_told(read_text: ReadText) -> None:
    known, remark, other = read_text("mrn,payer,from\nM1,Medicare  Part-B,2020-01-01\nM2,Riverbend Mutual,2020-01-01\n")
    assert isinstance(known, CoverageRow)
    assert known.coverage.payer == "medicare"
    assert isinstance(remark, RowProblem)
    assert not remark.rejected
    assert isinstance(other, CoverageRow)
    assert other.coverage.payer == "Riverbend Mutual"


def test_that_formula_cells_are_plain_text(read_text: ReadText) -> None:
    (row,) = read_text('mrn,last_name,first_name,birth_date\n=1+1,"=HYPERLINK(""x"")",@SUM(A1),1958-03-14\n')
    assert isinstance(row, PatientRow)
    assert (row.patient.mrn, row.patient.last, row.patient.first) == ("=1+1", '=HYPERLINK("x")', "@SUM(A1)")
