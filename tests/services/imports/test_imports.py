"""Behaviour of imports over a real file: what changes, what stays, what is refused, and the way back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import performed
from tests.fakes import FixedClock
from tracker import paths
from tracker.domain.anatomy import Side
from tracker.domain.body_regions import BodyRegion
from tracker.domain.errors import ConflictError, ImportFileError
from tracker.domain.event import EventEvidence, EventStatus, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services.assembly import import_words
from tracker.services.imports.imports import ImportCancelledError, ImportPreview, ImportService
from tracker.services.patients.history import HistoryService
from tracker.services.patients.patients import PatientRecord, PatientService
from tracker.services.transactions import Transactions
from tracker.services.undo import UndoService

PATIENTS = "mrn,last_name,first_name,birth_date,phone\nM-1,Ruiz,Elena,07/02/1951,555-0101\nM-2,Cho,Min,11/02/1949,\n"
COVERAGE = (
    "mrn,payer,plan,from,to,member_id\nm1,Medicare,Part B,07/01/2016,,1EG4\nM-2,Aetna PPO,Choice,01/01/2020,,W1\n"
)
PROCEDURES = (
    "id,mrn,date,procedure,modifiers,levels,side,relief_percent,provider,note\n"
    "P-1,M-1,01/12/2026,mbb,,L4-L5 L5-S1,left,85,Susan Lee MD,First.\n"
    "P-2,M-1,02/02/2026,64493,KX LT,l45,,90,Dr. Outside,\n"
)
LOG_WITHOUT_IDS = "mrn,date,procedure,levels\nM-1,03/2026,rfa,L4-5 left\nM-1,03/2026,rfa,L4-5 right\n"

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def catalog() -> PolicyCatalog:
    return load_catalog(paths.resource_root())


@pytest.fixture
def imports(transactions: Transactions, catalog: PolicyCatalog, clock: FixedClock) -> ImportService:
    return ImportService(transactions, import_words(catalog), clock)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(text: str, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


@pytest.fixture
def loaded(imports: ImportService, write: Write) -> None:
    """Two patients with coverage, and two procedures of the first."""
    for text in (PATIENTS, COVERAGE, PROCEDURES):
        imports.run(write(text))


def counted(found: ImportPreview) -> tuple[int, int, int, int]:
    return found.total("new"), found.total("changed"), found.total("same"), found.total("rejected")


def told(found: ImportPreview) -> list[str]:
    return [problem.sentence() for problem in found.problems]


def ruiz(patients: PatientService) -> PatientRecord:
    (hit,) = patients.find("Ruiz")
    return patients.get(hit.patient.id)


def test_that_patients_coverage_and_procedures_come_in_with_all_that_is_told(
    loaded: None, patients: PatientService
) -> None:
    record = ruiz(patients)
    assert (record.patient.name, record.patient.born, record.patient.mrn) == ("Ruiz, Elena", date(1951, 7, 2), "M-1")
    assert [(c.payer, c.plan, c.start, c.member_id) for c in record.coverages] == [
        ("medicare", "Part B", date(2016, 7, 1), "1EG4")
    ]
    second, first = (row.event for row in record.events)
    assert (first.family, first.intent, first.approach) == (
        Family.FACET_INJECTION, Intent.DIAGNOSTIC, Approach.MEDIAL_BRANCH,
    )  # fmt: skip
    assert [(t.level.name, t.side) for t in first.targets] == [("L4-L5", Side.LEFT), ("L5-S1", Side.LEFT)]
    assert (first.relief_percent, first.note) == (85.0, "First.")
    assert (second.intent, [t.side for t in second.targets]) == (Intent.DIAGNOSTIC, [Side.LEFT])


def test_that_an_entry_says_from_which_line_of_which_file_it_came_and_who_did_it(
    imports: ImportService, patients: PatientService, write: Write
) -> None:
    imports.run(write(PATIENTS))
    imports.run(write(PROCEDURES, "log 2026.csv"))
    second, first = ruiz(patients).events

    assert first.provenance == "Imported by Jo Diaz on 11/24/2026 from log 2026.csv, line 2"
    assert (first.provider, second.provider) == ("Lee", "Dr. Outside")
    assert first.source_label == "import"


def test_that_a_provider_of_the_clinic_is_known_by_name(
    imports: ImportService, patients: PatientService, write: Write
) -> None:
    imports.run(write(PATIENTS))
    imports.run(write("mrn,date,procedure,provider\nM-1,01/12/2026,rfa,susan lee md\nM-1,01/13/2026,rfa,LEE\n"))

    assert [row.provider for row in ruiz(patients).events] == ["Lee", "Lee"]


def test_that_looking_writes_nothing(imports: ImportService, patients: PatientService, write: Write) -> None:
    found = imports.preview(write(PATIENTS))

    assert counted(found) == (2, 0, 0, 0)
    assert found.sentence() == "2 new, 0 changed, 0 already on file, 0 rejected"
    assert patients.find("Ruiz") == ()


@pytest.mark.parametrize("text", [PATIENTS, COVERAGE, PROCEDURES, LOG_WITHOUT_IDS])
def test_that_the_same_file_twice_changes_nothing(
    imports: ImportService, loaded: None, write: Write, text: str
) -> None:
    first = imports.run(write(text, "again.csv"))
    second = imports.run(write(text, "renamed.csv"))

    assert counted(second.value) == (0, 0, 2, 0)
    assert second.undo is None
    assert second.sentence == "Imported renamed.csv: 0 new, 0 changed, 2 already on file, 0 rejected"
    assert first.value.format == second.value.format


def test_that_a_line_that_says_more_changes_what_is_on_file(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    found = imports.run(write(PATIENTS.replace("555-0101", "555-0199"))).value
    assert counted(found) == (0, 1, 1, 0)
    assert ruiz(patients).patient.phone == "555-0199"

    imports.run(write(COVERAGE.replace("07/01/2016,,1EG4", "07/01/2016,12/31/2026,1EG4")))
    assert ruiz(patients).coverages[0].end == date(2026, 12, 31)

    imports.run(write(PROCEDURES.replace(",90,", ",50,")))
    assert ruiz(patients).events[0].event.relief_percent == 50.0


def test_that_an_empty_cell_takes_nothing_away(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    imports.run(write("mrn,last_name,birth_date\nM-1,Ruiz,07/02/1951\n"))
    imports.run(write("mrn,payer,from\nM-1,Medicare,07/01/2016\n"))
    imports.run(write("id,mrn,date,procedure\nP-1,M-1,01/12/2026,mbb\n"))
    record = ruiz(patients)

    assert (record.patient.first, record.patient.phone) == ("Elena", "555-0101")
    assert (record.coverages[0].plan, record.coverages[0].member_id) == ("Part B", "1EG4")
    assert (record.events[1].event.relief_percent, len(record.events[1].event.targets)) == (85.0, 2)


def test_that_a_patient_corrected_by_hand_is_left_as_it_is(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    patients.change(replace(ruiz(patients).patient, phone="555-7777"))
    found = imports.run(write(PATIENTS)).value

    assert counted(found) == (0, 0, 2, 0)
    assert told(found) == ["line 2: was changed here since it came in, and was left as it is."]
    assert ruiz(patients).patient.phone == "555-7777"


def test_that_a_coverage_corrected_by_hand_is_left_as_it_is(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    record = ruiz(patients)
    patients.change_coverage(record.patient.id, replace(record.coverages[0], end=date(2026, 6, 30)))
    found = imports.run(write(COVERAGE.replace("07/01/2016,,", "07/01/2016,12/31/2030,"))).value

    assert told(found) == ["line 2: was changed here since it came in, and was left as it is."]
    assert ruiz(patients).coverages[0].end == date(2026, 6, 30)


def test_that_a_procedure_corrected_by_hand_is_left_as_it_is(
    imports: ImportService, loaded: None, patients: PatientService, history: HistoryService, write: Write
) -> None:
    record = ruiz(patients)
    row = record.events[1]
    history.correct(record.patient.id, replace(row.event, relief_percent=40.0), row.version)
    found = imports.run(write(PROCEDURES)).value

    assert counted(found) == (0, 0, 2, 0)
    assert told(found) == ["line 2: was changed here since it came in, and was left as it is."]
    assert ruiz(patients).events[1].event.relief_percent == 40.0


def test_that_a_procedure_taken_out_by_hand_stays_out(
    imports: ImportService, loaded: None, patients: PatientService, history: HistoryService, write: Write
) -> None:
    record = ruiz(patients)
    row = record.events[1]
    history.remove(record.patient.id, row.event.id, row.version, "Was another patient's.")
    assert told(imports.run(write(PROCEDURES)).value) == []
    found = imports.run(write(PROCEDURES.replace(",85,", ",80,"))).value

    assert counted(found) == (0, 0, 2, 0)
    assert told(found) == ["line 2: was taken out of the history here, and stays out."]
    assert len(ruiz(patients).events) == 1


def test_that_what_was_entered_by_hand_is_not_added_a_second_time(
    imports: ImportService, patients: PatientService, history: HistoryService, write: Write
) -> None:
    imports.run(write(PATIENTS))
    history.add(ruiz(patients).patient.id, performed("2026-01-12"))
    found = imports.run(write(PROCEDURES)).value

    assert counted(found) == (1, 0, 1, 0)
    assert len(ruiz(patients).events) == 2


def test_that_an_undone_import_leaves_nothing_and_can_be_done_again(
    imports: ImportService, patients: PatientService, undo: UndoService, write: Write
) -> None:
    done = imports.run(write(PATIENTS))
    assert done.undo is not None
    undo.undo(done.undo)
    assert patients.find("Ruiz") == patients.find("Cho") == ()

    assert counted(imports.run(write(PATIENTS)).value) == (2, 0, 0, 0)
    assert ruiz(patients).patient.first == "Elena"


def test_that_undo_gives_changed_records_their_old_values_back(
    imports: ImportService, loaded: None, patients: PatientService, undo: UndoService, write: Write
) -> None:
    done = imports.run(write(PROCEDURES.replace(",90,", ",50,") + "P-3,M-1,03/03/2026,rfa,,l45l,,,,\n"))
    assert len(ruiz(patients).events) == 3
    assert done.undo is not None
    undo.undo(done.undo)

    assert [row.event.relief_percent for row in ruiz(patients).events] == [90.0, 85.0]


def test_that_an_import_is_not_undone_over_somebody_elses_change(
    imports: ImportService, patients: PatientService, undo: UndoService, write: Write
) -> None:
    done = imports.run(write(PATIENTS))
    patients.change(replace(ruiz(patients).patient, phone="555-7777"))
    assert done.undo is not None
    with pytest.raises(ConflictError):
        undo.undo(done.undo)

    assert ruiz(patients).patient.phone == "555-7777"
    assert len(patients.find("Cho")) == 1


def many(count: int) -> str:
    return "mrn,last_name,birth_date\n" + "".join(f"N{n},Person{n},01/02/1960\n" for n in range(count))


@pytest.mark.parametrize("asked", [1, 2, 3, 4])
def test_that_calling_off_at_any_time_writes_nothing(
    imports: ImportService, patients: PatientService, write: Write, asked: int
) -> None:
    """600 lines are asked about four times: while they are read, twice while compared, and while written."""
    calls = iter(range(1, 100))
    with pytest.raises(ImportCancelledError):
        imports.run(write(many(600)), cancelled=lambda: next(calls) == asked)

    assert patients.find("Person") == ()
    assert counted(imports.preview(write(many(600)))) == (600, 0, 0, 0)


def test_that_an_error_while_writing_writes_nothing(
    imports: ImportService, patients: PatientService, write: Write
) -> None:
    def break_down(done: int, _total: int) -> None:
        if done >= 1500:
            raise RuntimeError("the fourth time is while it is written")

    with pytest.raises(RuntimeError):
        imports.run(write(many(600)), progress=break_down)

    assert patients.find("Person") == ()


def test_that_progress_grows_and_never_passes_its_end(imports: ImportService, write: Write) -> None:
    seen: list[tuple[int, int]] = []
    imports.run(write(many(1200)), progress=lambda done, total: seen.append((done, total)))

    assert [done for done, _total in seen] == sorted({done for done, _total in seen})
    assert seen[0][0] == 0
    assert all(done <= total for done, total in seen)
    assert seen[-1][0] > 2400


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mrn,payer\nM-9,Medicare\n",
         "line 2, mrn: no patient has this record number; import the patients first."),
        ("mrn,date,procedure\nM-9,01/12/2026,rfa\n",
         "line 2, mrn: no patient has this record number; import the patients first."),
        ("mrn,date,procedure\nM-1,07/01/1951,rfa\n",
         "line 2, date: this day lies before the patient's birth; correct the date or the number."),
        ("mrn,last_name,birth_date\nM-1,Ruiz,07/03/1951\n",
         "line 2, birth_date: another birth date is on file for this record number; "
         "find out whether the number or the date is wrong."),
        ("mrn,last_name,birth_date\nM-7,Lee,07/03/1951\nm7,Ley,07/03/1951\n",
         "line 3, mrn: this record number stands on line 2 already, with other data; keep the right one."),
        ("mrn,payer,from,to\nM-1,Medicare,07/01/2016,06/30/2016\n",
         "line 2, to: 06/30/2016 lies before 07/01/2016; put the earlier day first."),
        ("mrn,payer,from,plan\nM-1,Cigna,01/01/2024,A\nM-1,Cigna,01/01/2024,B\n",
         "line 3: differs from line 2 for the same payer and start; keep one."),
        ("id,mrn,date,procedure\nP-1,M-2,01/12/2026,mbb\n",
         "line 2, id: this id belongs to another patient's procedure on file; correct the id."),
        ("id,mrn,date,procedure\nP-7,M-1,01/12/2026,rfa\nP-7,M-1,01/13/2026,rfa\n",
         "line 3, id: this id stands on line 2 already, with other data; keep one."),
    ],
)  # fmt: skip
def test_that_a_line_that_contradicts_what_is_known_is_rejected(
    imports: ImportService, loaded: None, write: Write, text: str, sentence: str
) -> None:
    found = imports.run(write(text)).value

    assert sentence in told(found)
    assert found.total("rejected") == 1


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("mrn,payer,from\nM-1,Riverbend Mutual,01/01/2010\n",
         "line 2, payer: Riverbend Mutual is not among the payers with rules, and was kept as written."),
        ("mrn,payer,from\nM-1,Cigna,01/01/2024\n",
         "line 2, from: another coverage of the same order is in force then too; give the older one its last day."),
        ("mrn,last_name,birth_date\nM-7,Lee,07/03/1951\nM-7,Lee,07/03/1951\n",
         "line 3: says the same as line 2."),
    ],
)  # fmt: skip
def test_that_a_remark_does_not_keep_a_line_out(
    imports: ImportService, loaded: None, write: Write, text: str, remark: str
) -> None:
    found = imports.run(write(text)).value

    assert remark in told(found)
    assert (found.total("new"), found.total("rejected")) == (1, 0)


def test_that_good_lines_come_in_beside_rejected_ones(
    imports: ImportService, patients: PatientService, write: Write
) -> None:
    found = imports.run(write(PATIENTS + "M-3,Lee,,02/30/1950,\n")).value

    assert counted(found) == (2, 0, 0, 1)
    assert [count.kind for count in found.counts] == ["patients"]
    assert len(patients.find("Ruiz")) == 1


def test_that_what_happened_elsewhere_or_did_not_happen_is_kept_as_such(
    imports: ImportService, patients: PatientService, write: Write
) -> None:
    imports.run(write(PATIENTS))
    imports.run(
        write("mrn,date,procedure,status,place,evidence,payer\nM-1,2025,64483,no-show,elsewhere,patient,Aetna\n")
    )
    event = ruiz(patients).events[0].event

    assert (event.status, event.place) == (EventStatus.NO_SHOW, Place.ELSEWHERE)
    assert (event.evidence, event.payer) == (EventEvidence.PATIENT_REPORTED, "aetna")
    assert (event.when.first, event.when.last) == (date(2025, 1, 1), date(2025, 12, 31))


def test_that_rejected_lines_are_written_with_their_reasons_and_nothing_else(
    imports: ImportService, write: Write, tmp_path: Path
) -> None:
    text = (
        'mrn;last_name;birth_date;note\nM1;"O;Brien";02/30/1950;"two\nlines"\nM2;Good;01/02/1950;\nM3;"a"b;x;\n=1;;x;\n'
    )
    source, target = write(text), tmp_path / "rejected.csv"
    found = imports.preview(source)

    assert imports.save_rejected(source, found, target) == 3
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["mrn", "last_name", "birth_date", "note", "problem"]
    assert rows[1] == [
        "M1", "O;Brien", "02/30/1950", "two\nlines", "line 2, birth_date: 02/30/1950 is no date; write MM/DD/YYYY.",
    ]  # fmt: skip
    assert rows[2][:4] == ["", "", "", ""]
    assert "quotation mark" in rows[2][4]
    assert rows[3][0] == "=1"
    assert "last_name: is empty" in rows[3][4]
    assert "birth_date: x is no date" in rows[3][4]


def test_that_rejected_lines_rejected_again_carry_the_new_reason_only(
    imports: ImportService, write: Write, tmp_path: Path
) -> None:
    source = write("mrn,last_name,birth_date,problem\nM1,Ruiz,x,an old reason\n")
    target = tmp_path / "rejected.csv"
    imports.save_rejected(source, imports.preview(source), target)

    head, row = csv.reader(target.read_text(encoding="utf-8-sig").splitlines())
    assert head == ["mrn", "last_name", "birth_date", "problem"]
    assert row == ["M1", "Ruiz", "x", "line 2, birth_date: x is no date; write MM/DD/YYYY."]


def test_that_the_file_itself_is_never_written_over(imports: ImportService, write: Write) -> None:
    source = write("mrn,last_name,birth_date\nM1,Ruiz,x\n")
    with pytest.raises(ImportFileError):
        imports.save_rejected(source, imports.preview(source), source.parent / "." / source.name)

    assert source.read_text(encoding="utf-8").endswith("M1,Ruiz,x\n")


def test_that_layouts_are_told_in_the_order_of_importing(imports: ImportService) -> None:
    layouts = imports.layouts()

    assert [(layout.kind, layout.needed) for layout in layouts] == [
        ("patients", ("mrn", "last_name", "birth_date")),
        ("coverage", ("mrn", "payer")),
        ("procedures", ("mrn", "date", "procedure")),
    ]


def test_that_a_later_file_fills_in_the_regions_of_trigger_points(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    imports.run(write("mrn,date,procedure\nM-1,06/01/2026,tpi\n"))
    found = imports.run(write("mrn,date,procedure,body_regions\nM-1,06/01/2026,tpi,neck; low back\n")).value
    again = imports.run(write("mrn,date,procedure\nM-1,06/01/2026,tpi\n")).value

    assert (counted(found), counted(again)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert ruiz(patients).events[0].event.body_regions == (BodyRegion.NECK, BodyRegion.LOWER_BACK)


def test_that_two_lines_of_one_visit_with_other_regions_are_told(
    imports: ImportService, loaded: None, write: Write
) -> None:
    lines = "M-1,06/01/2026,tpi,neck\nM-1,06/01/2026,tpi,arm\nM-1,06/02/2026,mbb,neck\n"
    found = imports.preview(write(f"mrn,date,procedure,body_regions\n{lines}"))

    assert counted(found)[3] == 2
    assert any("write all regions of a visit into one cell" in each for each in told(found))
    assert any("only trigger points have regions of the body" in each for each in told(found))


@pytest.mark.parametrize(
    ("modifiers", "kx", "claimed"), [("KX LT", "", True), ("LT", "", None), ("LT", "no", False), ("KX", "n", False)]
)
def test_that_a_line_tells_whether_its_claim_had_kx(
    imports: ImportService, loaded: None, patients: PatientService, write: Write,
    modifiers: str, kx: str, claimed: bool | None,
) -> None:  # fmt: skip
    line = f"M-1,06/01/2026,mbb,L4-L5 left,{modifiers},{kx}"
    imports.run(write(f"mrn,date,procedure,levels,modifiers,kx\n{line}\n"))

    assert ruiz(patients).events[0].event.kx_claimed is claimed


def test_that_an_empty_cell_leaves_what_is_known_of_the_claim(
    imports: ImportService, loaded: None, patients: PatientService, write: Write
) -> None:
    imports.run(write("mrn,date,procedure,levels,kx\nM-1,06/01/2026,mbb,L4-L5 left,no\n"))
    found = imports.run(write("mrn,date,procedure,levels,kx\nM-1,06/01/2026,mbb,L4-L5 left,\n")).value

    assert counted(found) == (0, 0, 1, 0)
    assert ruiz(patients).events[0].event.kx_claimed is False
