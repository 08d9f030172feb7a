"""A request for an authorization, filled in from the check that wants it: nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationStatus
from tracker.domain.authorization_needs import Need, NeedsQuestion, Standing
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    RequestType,
)
from tracker.domain.coding import CodeBook
from tracker.domain.coverage import Coverage, Site
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.answers.answers import Answer
from tracker.services.answers.charts import Chart

Needs = Callable[[NeedsQuestion], tuple[Need, ...]]
WANTED_DAYS = 90
"""How long a span is asked for where nobody says otherwise; plans mostly grant 30 to 90 days (policies.md 7.4)."""


def draft_of(
    answer: Answer, chart: Chart, needs: Needs, codes: CodeBook, today: date
) -> tuple[Authorization, AuthorizationRequest]:
    """Return the draft. Raises InvalidEntryError when there is no coverage, or no code to ask for."""
    asked, coverage = answer.request, answer.coverage
    if coverage is None or not answer.verdict.codes:
        raise InvalidEntryError(
            tr("There is nothing to ask an authorization for: no code is on file for this procedure."),
            "",
            tr("Choose levels and sides first, or look up the code."),
            about="procedure",
        )
    site, billed = chart.clinic.site(asked.site_id), answer.verdict.codes
    lines = tuple(AskedLine(line.code, line.units, asked.targets, _is_add_on(line.code, codes)) for line in billed)
    programme = _programme(needs(_question(answer, coverage, site)))
    draft = Authorization(None, coverage.payer, AuthorizationStatus.DRAFT, programme)
    request = AuthorizationRequest(
        coverage_id=coverage.id,
        site_id=site.id,
        ordering_provider_id=asked.provider_id,
        rendering_provider_id=asked.provider_id,
        family=asked.family,
        intent=asked.intent,
        approach=asked.approach,
        targets=asked.targets,
        body_regions=asked.body_regions,
        asked=lines,
        wanted_from=asked.day,
        wanted_to=asked.day + timedelta(days=WANTED_DAYS - 1),
        planned_for=asked.day,
        next_action=today,
        next_step=tr("Complete the papers and send it."),
    )
    return draft, request


def extension_of(record: AuthorizationRecord, planned_for: date | None, today: date) -> AuthorizationRecord:
    """Return the draft that asks for what this approval granted, from its end on; Medicare's hospital programme
    extends nothing, so that it is a new request there.
    """
    answer, before = record.authorization, record.request
    first = max(today, answer.end + timedelta(days=1)) if answer.end else today
    asked = tuple(
        AskedLine(line.code, max(line.units or 1, 1), line.targets, add_on=place > 0)
        for place, line in enumerate(answer.lines)
        if not line.denied
    )
    request = AuthorizationRequest(
        type=RequestType.EXTENSION if answer.kind is not AuthorizationKind.MEDICARE_OPD else RequestType.INITIAL,
        coverage_id=before.coverage_id,
        site_id=before.site_id,
        ordering_provider_id=before.ordering_provider_id,
        rendering_provider_id=before.rendering_provider_id,
        ordering_outside=before.ordering_outside,
        rendering_outside=before.rendering_outside,
        facility_outside=before.facility_outside,
        facility_place=before.facility_place,
        family=before.family,
        intent=before.intent,
        approach=before.approach,
        targets=before.targets,
        body_regions=before.body_regions,
        diagnoses=before.diagnoses,
        asked=asked or before.asked,
        wanted_from=first,
        wanted_to=max(first, planned_for or first) + timedelta(days=WANTED_DAYS - 1),
        planned_for=planned_for,
        owner=before.owner,
        next_action=today,
        next_step=tr("Complete the papers and send it."),
        replaces=answer.number or "",
    )
    draft = Authorization(None, answer.payer, AuthorizationStatus.DRAFT, answer.kind)
    return replace(record, authorization=draft, request=request, log=(), version=1)


def _question(answer: Answer, coverage: Coverage, site: Site) -> NeedsQuestion:
    asked = answer.request
    billed = tuple(dict.fromkeys(line.code for line in answer.verdict.codes))
    entered, plan = coverage.authorization_required, coverage.plan
    return NeedsQuestion(coverage.payer, billed, site, asked.day, asked.intent, asked.approach, entered, plan)


def _programme(found: tuple[Need, ...]) -> AuthorizationKind:
    """Return whose programme wants it: what must be asked before what may be."""
    for standing in (Standing.NEEDED, Standing.VOLUNTARY):
        for need in found:
            if need.standing is standing and need.programme is not None:
                return need.programme
    return AuthorizationKind.PAYER


def _is_add_on(code: str, codes: CodeBook) -> bool:
    """Tell whether the code is billed only beside another."""
    known = codes.codes.get(code)
    return known is not None and bool(known.base)
