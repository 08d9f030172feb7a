"""Makers of requests for authorizations through the real services, for the tests of screens that list them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.builders import a_coverage, a_patient
from tests.fixtures import TODAY
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, AuthorizationRequest, Channel
from tracker.domain.procedure import Family, parse_sites
from tracker.services import Services
from tracker.services.authorizations.authorization_steps import Approval, Denial, Submission

LEFT = parse_sites(["L4-L5 left"]).targets
BOTH = (AskedLine("64635", 1, LEFT), AskedLine("64636", 2, LEFT, add_on=True))


def draft(services: Services, last: str, next_in: int = 0, **given: Any) -> AuthorizationRecord:
    """Put a draft for an ablation on file, for a patient of its own with Aetna."""
    patient = services.patients.add(a_patient(last=last, first="Elena")).value
    coverage = a_coverage(payer="aetna", plan="Open Choice PPO", start=date(2024, 1, 1))
    saved = services.patients.add_coverage(patient.id, coverage).value
    request = AuthorizationRequest(
        coverage_id=saved.id, family=Family.FACET_ABLATION, targets=LEFT, asked=BOTH,
        next_action=TODAY + timedelta(days=next_in), next_step="Complete the papers and send it.",
    )  # fmt: skip
    answer = Authorization(None, "aetna", AuthorizationStatus.DRAFT)
    return services.authorizations.add(patient.id, answer, replace(request, **given)).value


def sent(services: Services, last: str, next_in: int = 0, **given: Any) -> AuthorizationRecord:
    """Put a request on file that is at the payer."""
    made = draft(services, last, **given)
    moment = services.clock.now()
    step = Submission(moment, Channel.PORTAL, "R-88412", next_action=TODAY + timedelta(days=next_in))
    return services.authorizations.step(made.id, made.version, step).value


def approved(services: Services, last: str, number: str, start: date, end: date, **given: Any) -> AuthorizationRecord:
    """Put an approval on file."""
    made = sent(services, last, **given)
    lines = (AuthorizationLine("64635", 1, 0, LEFT), AuthorizationLine("64636", 2, 0, LEFT))
    step = Approval(number, TODAY, start, end, lines)
    return services.authorizations.step(made.id, made.version, step).value


def denied(services: Services, last: str) -> AuthorizationRecord:
    """Put a denial on file whose appeal clock runs."""
    made = sent(services, last)
    step = Denial(TODAY, text="No therapy shown.", appeal_by=TODAY + timedelta(days=60))
    return services.authorizations.step(made.id, made.version, step).value
