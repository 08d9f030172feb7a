"""Whose answers may have changed: those of patients of whom anything reads otherwise than when they were last judged.

An answer depends on the records of its patient, the clinic's facts, the rules of the payers on file, and the day on
which one asks. Of that day it sees little: whether an approval ends soon, and by when that was done whose day is not
known exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b

from tracker import __version__
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.fingerprints import Fingerprints
from tracker.rules.authorizations import ends_soon
from tracker.services.charts import DEFAULT_SITE, ClinicFacts
from tracker.storage.coming_records import ComingRecords

_BYTES = 16


def changed_grounds(
    found: Mapping[str, ComingRecords], book: PolicyCatalog, clinic: ClinicFacts, today: date
) -> dict[str, str]:
    """Return by patient what answers rest on now, where their coming visits were not all judged upon the same."""
    common = blake2b(_common(clinic).encode(), digest_size=_BYTES)
    now = {patient_id: _digest(common.copy(), each, book.fingerprints, today) for patient_id, each in found.items()}
    return {patient_id: upon for patient_id, upon in now.items() if upon != found[patient_id].stood_on}


def _common(clinic: ClinicFacts) -> str:
    """Return what every answer rests on; another version of the program may judge otherwise."""
    default = clinic.settings.get(DEFAULT_SITE)
    return repr((__version__, list(clinic.sites.items()), list(clinic.providers.items()), default, clinic.choices))


def _digest(upon: blake2b, records: ComingRecords, prints: Fingerprints, today: date) -> str:
    rules = [prints.of(payer, family) for payer in sorted(records.payers) for family in records.families]
    near = [ends_soon(ends, decided, prints.validities, today) for ends, decided, _ in records.approvals]
    upon.update(f"{rules}{near}{records.content}".encode())
    return upon.hexdigest()
