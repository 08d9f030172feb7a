"""The layout of patient lists."""

from __future__ import annotations

from datetime import date

from tracker.domain.language import tr
from tracker.domain.patient import Patient, has_letter, may_be_born
from tracker.exchange.cell_values import one_of, parse_day, shown
from tracker.exchange.columns import Cells, Column, Layout
from tracker.exchange.formats import PatientRow, Vocabulary

MRN = Column(
    "mrn", ("medical_record_number", "patient_id", "record_number", "chart_number", "mrn_number"), required=True
)
_SEX = {"f": "female", "female": "female", "m": "male", "male": "male", "x": "other", "other": "other",
        "u": "", "unknown": ""}  # fmt: skip


def _read(cells: Cells, vocabulary: Vocabulary) -> PatientRow | None:
    mrn = read_mrn(cells)
    last, first, middle = (cells.text(name) for name in ("last_name", "first_name", "middle_name"))
    born = cells.parsed("birth_date", parse_day)
    sex = cells.parsed("sex", one_of(_SEX, tr("F, M or X"))) or ""
    phone = cells.text("phone")
    if last and not has_letter(last):
        cells.refuse(
            "last_name", tr("{cell} is no name", cell=shown(last)), tr("look whether two columns were mixed up")
        )
    if born and born > vocabulary.today:
        cells.refuse("birth_date", tr("{born:%m/%d/%Y} has not come yet", born=born), tr("correct the year"))
    elif born and not may_be_born(born, vocabulary.today):
        cells.refuse("birth_date", tr("{born:%m/%d/%Y} cannot be a birth date", born=born), tr("correct the year"))
    if cells.refused or born is None:
        return None
    return PatientRow(cells.line, Patient(last, first, born, mrn, middle, sex, phone))


def read_mrn(cells: Cells) -> str:
    """Return the record number; one without a letter or digit cannot tell patients apart."""
    mrn = cells.text("mrn")
    if mrn and not any(char.isalnum() for char in mrn):
        cells.refuse("mrn", tr("holds no letter and no digit"), tr("write the patient's record number"))
    return mrn


def check_order(cells: Cells, name: str, start: date | None, end: date | None) -> None:
    """Refuse an end before its start."""
    if start and end and end < start:
        cells.refuse(
            name,
            tr("{end:%m/%d/%Y} lies before {start:%m/%d/%Y}", end=end, start=start),
            tr("put the earlier day first"),
        )


PATIENTS = Layout(
    "patients",
    (
        MRN,
        Column("last_name", ("last", "surname", "family_name", "lastname", "patient_last_name"), required=True),
        Column("first_name", ("first", "given_name", "firstname", "patient_first_name")),
        Column("middle_name", ("middle", "middle_initial", "mi")),
        Column("birth_date", ("dob", "date_of_birth", "birthdate", "born", "birthday"), required=True),
        Column("sex", ("gender",)),
        Column("phone", ("phone_number", "telephone", "mobile", "cell", "home_phone")),
    ),
    _read,
)
