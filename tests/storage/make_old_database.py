"""Makes the file that later versions must still open: run once for every released schema, then never again.

python -m tests.storage.make_old_database tests/storage/databases/0001.db
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.builders import a_coverage, a_patient, a_provider, a_site, performed
from tests.fakes import FixedClock
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason, VerdictRecord
from tracker.domain.event import EventEvidence, EventStatus, Place
from tracker.domain.patient import User
from tracker.domain.procedure import Family
from tracker.domain.verdict import Outcome, PolicyRef
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance

KEY = bytes.fromhex("0b" * 32)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def main(path: Path) -> None:
    database = Database.open(path, bytearray(KEY), create=True)
    transactions = Transactions(database, FixedClock(date(2026, 11, 24)), User("Jo Diaz"))
    with transactions.writing() as uow:
        site, provider = uow.clinic.add_site(a_site()), uow.clinic.add_provider(a_provider())
        patient = uow.patients.add(a_patient(last="Sørensen-O’Neill", first="Åse", middle="", mrn="OLD-1"))
        coverage = uow.patients.add_coverage(patient, a_coverage())
        typed = Provenance(Origin.ENTRY, "Jo Diaz", NOW)
        imported = Provenance(Origin.IMPORT, "Jo Diaz", NOW, "procedures.csv", 14, "row-14")
        told = performed("2025-05", place=Place.ELSEWHERE, evidence=EventEvidence.PATIENT_REPORTED)
        uow.events.add(HistoryEntry(patient, told, typed, provider_name="Dr. Bower"))
        done = performed("2026-01-12", Family.FACET_INJECTION, "L4-L5 left", "L5-S1 both", relief_percent=85.0)
        uow.events.add(HistoryEntry(patient, done, imported, provider))
        planned = replace(performed("2026-12-03"), status=EventStatus.BOOKED)
        event = uow.events.add(HistoryEntry(patient, planned, typed, provider)).event
        record = VerdictRecord(Outcome.NOT_ALLOWED, "Not before", (PolicyRef("p", date(2021, 4, 25), "P"),), NOW, "{}")
        override = Override(OverrideReason.URGENT, "pain", "Dr. Lee", "Jo Diaz", NOW)
        visit = Booking("", patient, event, BookingStatus.BOOKED, time(9, 30), 30, provider, site, coverage, record)
        uow.bookings.add(replace(visit, override=override, elsewhere=Elsewhere.NONE))
        uow.commit(Act("make", "clinic"))
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
