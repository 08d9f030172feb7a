"""A clinic that works by the small invented book of tests/policies/packs.py, with one patient's visits booked ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fakes import FixedClock
from tests.policies.packs import Publisher, book_files
from tracker.domain.procedure import Approach, Family, Intent
from tracker.policies import load_catalog
from tracker.policies.rule_path import PackPath
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rule_library.pack_trust import PackTrustService
from tracker.services.transactions import Transactions

BEFORE_MARCH, IN_MARCH = date(2027, 2, 28), date(2027, 3, 1)


def open_packed(transactions: Transactions, data_key: DataKey, clock: FixedClock, **book: object) -> Services:
    """Open the clinic; the program's own book is number 1 unless `book` says otherwise."""
    shipped = load_catalog(PackPath(book_files(**{"number": 1, **book})))  # type: ignore[arg-type]  # of book_files
    return assemble(transactions, data_key, shipped, clock, demo=False)


def trust(services: Services, publisher: Publisher) -> None:
    key = publisher.trusted
    trusting: PackTrustService = services.pack_trust
    trusting.trust(key.key, key.name, key.fingerprint)


def book_two_visits(services: Services) -> tuple[str, str]:
    """Book one epidural on 28 February and one on 1 March for a patient who had one in January; both are allowed."""
    patient = services.patients.add(a_patient(last="Invented", first="Ada")).value
    services.patients.add_coverage(patient.id, a_coverage(payer="maple", plan="", authorization_required=False))
    done = performed("2026-10-01", Family.EPIDURAL, "L4-L5 left", approach=Approach.TRANSFORAMINAL)
    services.history.add(patient.id, replace(done, intent=Intent.THERAPEUTIC, payer="maple", relief_percent=80.0))
    made = []
    for day in (BEFORE_MARCH, IN_MARCH):
        request = a_request(
            patient.id, day, family=Family.EPIDURAL, approach=Approach.TRANSFORAMINAL, intent=Intent.THERAPEUTIC
        )
        made.append(services.booking.book(request, services.booking.check(request).fingerprint).value.id)
    return made[0], made[1]


def written(folder: Path, data: bytes, name: str = "rules.rulepack") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
