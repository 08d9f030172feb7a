"""Patients and their coverages in the file, and the indexed search for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from tracker.domain.booking import BookingStatus
from tracker.domain.coverage import Coverage
from tracker.domain.list_order import FoundOrder, FoundSort
from tracker.domain.patient import Holder, Patient
from tracker.storage.folding import HIGHEST, fold_name, fold_number
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import coverage_of, coverage_values, patient_of, patient_values
from tracker.storage.records import NameEntry
from tracker.storage.rows.bookings import booking
from tracker.storage.rows.patients import coverage, patient

_COVERAGES = (
    select(coverage).where(coverage.c.patient_id == bindparam("wanted")).order_by(coverage.c.rank, coverage.c.id)
)
_PLANS = (
    select(coverage.c.payer, coverage.c.plan)
    .where(coverage.c.plan != "")
    .distinct()
    .order_by(coverage.c.payer, coverage.c.plan)
)
_COVERAGES_OF_MANY = select(coverage).where(coverage.c.patient_id.in_(bindparam("wanted", expanding=True)))

_OPEN = sorted(each.value for each in BookingStatus if each.open)

AT_ONCE = 500
"""Keys in one query: databases limit how many there may be."""


class PatientRepository:
    """Patients by id, and found by name, birth date, number or phone."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, patient_id: str) -> Patient:
        return patient_of(self._ledger.row(patient, patient_id))

    def get_many(self, patient_ids: Iterable[str]) -> dict[str, Patient]:
        rows = self._ledger.connection.execute(select(patient).where(patient.c.id.in_(list(patient_ids)))).all()
        return {row.id: patient_of(row) for row in rows}

    def find_by_mrn(self, mrn: str) -> Patient | None:
        row = self._ledger.connection.execute(select(patient).where(patient.c.mrn_key == fold_number(mrn))).first()
        return patient_of(row) if row else None

    def find_by_mrns(self, mrns: Iterable[str]) -> dict[str, Patient]:
        """Return the patients of these record numbers, by the number as it is compared (`fold_number`)."""
        keys = [key for key in {fold_number(mrn) for mrn in mrns} if key]
        found: dict[str, Patient] = {}
        for start in range(0, len(keys), AT_ONCE):
            query = select(patient).where(patient.c.mrn_key.in_(keys[start : start + AT_ONCE]))
            found |= {row.mrn_key: patient_of(row) for row in self._ledger.connection.execute(query)}
        return found

    def add(self, new: Patient) -> str:
        patient_id = new.id or new_id()
        self._ledger.insert(patient, {"id": patient_id, "version": 1, **patient_values(new)})
        return patient_id

    def change(self, changed: Patient) -> int:
        return self._ledger.update(patient, changed.id, changed.version, patient_values(changed))

    def list_coverages(self, patient_id: str) -> tuple[Coverage, ...]:
        rows = self._ledger.connection.execute(_COVERAGES, {"wanted": patient_id})
        return tuple(coverage_of(row) for row in rows)

    def list_coverages_of(self, patient_ids: Iterable[str]) -> dict[str, list[Coverage]]:
        found: dict[str, list[Coverage]] = {}
        for row in self._ledger.connection.execute(_COVERAGES_OF_MANY, {"wanted": list(patient_ids)}).all():
            found.setdefault(row.patient_id, []).append(coverage_of(row))
        return found

    def add_coverage(self, patient_id: str, new: Coverage) -> str:
        coverage_id = new.id or new_id()
        self._ledger.insert(coverage, {"id": coverage_id, "version": 1, **coverage_values(patient_id, new)})
        return coverage_id

    def change_coverage(self, patient_id: str, changed: Coverage) -> int:
        return self._ledger.update(coverage, changed.id, changed.version, coverage_values(patient_id, changed))

    def list_plans(self) -> tuple[tuple[str, str], ...]:
        """Return each payer with each plan's name that some coverage gives."""
        rows = self._ledger.connection.execute(_PLANS)
        return tuple((row.payer, row.plan) for row in rows)

    def count_holders(self, payer: str, today: date) -> int:
        """Return how many patients have a coverage with this payer that holds today or later."""
        query = select(func.count(coverage.c.patient_id.distinct())).where(_held(payer, today))
        return int(self._ledger.connection.execute(query).scalar_one())

    def list_holders(self, payer: str, today: date, most: int) -> tuple[Holder, ...]:
        """Return the first of them, whoever has the next visit first; each coverage is a line."""
        query = (
            select(coverage, func.min(booking.c.day).label("next_visit"))
            .join(patient, patient.c.id == coverage.c.patient_id)
            .outerjoin(booking, and_(booking.c.patient_id == coverage.c.patient_id, booking.c.day >= today,
                                     booking.c.status.in_(_OPEN)))
            .where(_held(payer, today))
            .group_by(*coverage.c, patient.c.last_key, patient.c.first_key)
            .order_by(func.min(booking.c.day).nulls_last(), patient.c.last_key, patient.c.first_key, coverage.c.id)
            .limit(most)
        )  # fmt: skip
        rows = self._ledger.connection.execute(query).all()
        people = self.get_many({row.patient_id for row in rows})
        return tuple(Holder(people[row.patient_id], coverage_of(row), row.next_visit) for row in rows)

    def list_names(self) -> list[NameEntry]:
        """Return every patient's folded name, for the search of similar ones."""
        rows = self._ledger.connection.execute(select(patient.c.id, patient.c.last_key, patient.c.first_key))
        return [NameEntry(row.id, row.last_key, f"{row.last_key} {row.first_key}") for row in rows]

    def find_by_name(self, last: str, first: str, limit: int, sort: FoundSort | None = None) -> tuple[Patient, ...]:
        """Find by beginnings of the last and the first name; one of them may be empty."""
        last_key, first_key = fold_name(last), fold_name(first)
        tests = [_begins(patient.c.last_key, last_key)] if last_key else []
        tests += [_begins(patient.c.first_key, first_key)] if first_key else []
        return self._find(and_(*tests), limit, sort) if tests else ()

    def find_by_birth(self, born: date, limit: int, sort: FoundSort | None = None) -> tuple[Patient, ...]:
        return self._find(patient.c.born == born, limit, sort)

    def find_by_phone(self, digits: str, limit: int, sort: FoundSort | None = None) -> tuple[Patient, ...]:
        """Find by the last four digits, or by the last seven of a longer number."""
        column = patient.c.phone_four if len(digits) == 4 else patient.c.phone_seven
        return self._find(column == digits[-7:], limit, sort) if len(digits) == 4 or len(digits) >= 7 else ()

    def find_by_number(self, text: str, limit: int, sort: FoundSort | None = None) -> tuple[Patient, ...]:
        """Find by the beginning of the record number or of a member id."""
        key = fold_number(text)
        if key is None:
            return ()
        members = select(coverage.c.patient_id).where(_begins(coverage.c.member_key, key)).limit(limit)
        ids = self._ledger.connection.execute(members).scalars().all()
        by_member = self._find(patient.c.id.in_(ids), limit, sort) if ids else ()
        return self._find(_begins(patient.c.mrn_key, key), limit, sort) + by_member

    def list_sorted(self, ids: Iterable[str], sort: FoundSort, limit: int) -> tuple[Patient, ...]:
        """Return the first of these patients."""
        return self._find(patient.c.id.in_(list(ids)), limit, sort)

    def _find(self, test: ColumnElement[bool], limit: int, sort: FoundSort | None = None) -> tuple[Patient, ...]:
        """Return the first that fit; those without what is sorted by stand last."""
        query = select(patient).where(test)
        for column in _SORTED_BY[sort.order] if sort else ():
            query = query.order_by((column.desc() if sort and sort.descending else column.asc()).nulls_last())
        query = query.order_by(patient.c.last_key, patient.c.first_key).limit(limit)
        return tuple(patient_of(row) for row in self._ledger.connection.execute(query))


_SORTED_BY: dict[FoundOrder, tuple[ColumnElement[Any], ...]] = {
    FoundOrder.NAME: (patient.c.last_key, patient.c.first_key),
    FoundOrder.BORN: (patient.c.born,),
    FoundOrder.NUMBER: (patient.c.mrn_key,),
    FoundOrder.PHONE: (func.nullif(patient.c.phone, ""),),
}


def _held(payer: str, today: date) -> ColumnElement[bool]:
    return and_(coverage.c.payer == payer, or_(coverage.c.ends_on.is_(None), coverage.c.ends_on >= today))


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    """A range instead of LIKE: it always uses the index (performance.md b)."""
    return and_(column >= prefix, column < prefix + HIGHEST)
