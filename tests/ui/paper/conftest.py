"""Fixtures of the paper tests: a request over the real services, papers on file, and the packet made of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_coverage, a_patient, performed
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest
from tracker.domain.clinical_record import Document, DocumentKind
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.services import Services

SITES = parse_sites(["L4-L5 left", "L5-S1 left"]).targets
Attach = Callable[..., Document]


@pytest.fixture
def patient(services: Services) -> Patient:
    """Medicare, one block in October."""
    return a_person(services)


def a_person(services: Services, **given: str) -> Patient:
    patient = services.patients.add(a_patient(**given)).value
    services.patients.add_coverage(patient.id, a_coverage())
    services.history.add(patient.id, performed("2026-10-12", relief_percent=85.0))
    return patient


@pytest.fixture
def record(services: Services, patient: Patient) -> AuthorizationRecord:
    """A request for a second block."""
    return a_draft(services, patient)


def a_draft(services: Services, patient: Patient) -> AuthorizationRecord:
    request = AuthorizationRequest(
        family=Family.FACET_INJECTION,
        intent=Intent.DIAGNOSTIC,
        approach=Approach.MEDIAL_BRANCH,
        targets=SITES,
        diagnoses=("M47.816",),
        asked=(AskedLine("64493", 1, SITES[:1]), AskedLine("64494", 1, SITES[1:], add_on=True)),
        planned_for=date(2026, 11, 30),
        next_action=date(2026, 12, 1),
    )
    return services.authorizations.add(
        patient.id, Authorization(None, "medicare", AuthorizationStatus.DRAFT), request
    ).value


@pytest.fixture
def attach(services: Services, record: AuthorizationRecord, tmp_path: Path) -> Attach:
    """Attach a paper to the request."""

    def do(content: bytes, title: str, kind: DocumentKind = DocumentKind.OTHER) -> Document:
        path = tmp_path / "scan"
        path.write_bytes(content)
        return services.documents.attach(path, record.patient_id, kind, title, authorization_id=record.id).value

    return do
