"""The facts of one request as text, by the names that forms, portals and the packet use."""

from __future__ import annotations

from datetime import date

from tracker.domain.authorization_request import AuthorizationRecord, AuthorizationRequest, Outside, RequestType
from tracker.domain.coverage import Coverage, Site, coverage_on
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import msg, tr
from tracker.domain.letterhead import Letterhead
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.request_facts import SEVERAL
from tracker.domain.us_dates import us_date
from tracker.services.answers.charts import Chart
from tracker.services.desk.clinic_settings import letterhead_of
from tracker.services.words.body_words import body_text
from tracker.services.words.payers import PayerNames
from tracker.services.words.wording import procedure_text, procedure_word, targets_text, us_partial

APPROACH_WORDS = {
    Approach.MEDIAL_BRANCH: msg("medial branch"),
    Approach.INTRA_ARTICULAR: msg("intra-articular"),
    Approach.INTERLAMINAR: msg("interlaminar"),
    Approach.CAUDAL: msg("caudal"),
    Approach.TRANSFORAMINAL: msg("transforaminal"),
    Approach.NERVE_ROOT: msg("selective nerve root"),
    Approach.CYST: msg("facet cyst"),
    Approach.LATERAL_BRANCH: msg("lateral branch"),
}
_INTENT_WORDS = {Intent.DIAGNOSTIC: msg("Diagnostic"), Intent.THERAPEUTIC: msg("Therapeutic")}
TYPE_WORDS = {
    RequestType.INITIAL: msg("Initial"),
    RequestType.EXTENSION: msg("Extension"),
    RequestType.RETRO: msg("Retrospective"),
    RequestType.TRANSITION: msg("Transition of care"),
}
_BLOCKS = {
    Family.FACET_INJECTION: Family.FACET_INJECTION,
    Family.FACET_ABLATION: Family.FACET_INJECTION,
    Family.SI_INJECTION: Family.SI_INJECTION,
    Family.SI_ABLATION: Family.SI_INJECTION,
    Family.GENICULAR_BLOCK: Family.GENICULAR_BLOCK,
    Family.GENICULAR_ABLATION: Family.GENICULAR_BLOCK,
}
"""Which diagnostic injections lead to which procedure."""


def coverage_of(record: AuthorizationRecord, chart: Chart, today: date) -> Coverage | None:
    """Return the coverage that the request names, else the one of its payer, on the day that it is about."""
    mine = [each for each in chart.coverages if each.payer == record.authorization.payer]
    named = next((each for each in chart.coverages if each.id and each.id == record.request.coverage_id), None)
    return named or coverage_on(mine, day_of(record, today)) or next(iter(mine), None)


def day_of(record: AuthorizationRecord, today: date) -> date:
    """Return the day that the request is about: planned, else the first one wanted, else today."""
    return record.request.planned_for or record.request.wanted_from or today


def first_diagnostic(record: AuthorizationRecord, chart: Chart, today: date) -> Event | None:
    """Return the first block of the course that leads here: since the last treatment of a level that is asked for."""
    request = record.request
    wanted = _BLOCKS.get(request.family) if request.family else None
    found: Event | None = None
    for event in done_before(chart, day_of(record, today)):
        if not same_place(event, record):
            continue
        if event.family is wanted and event.intent is Intent.DIAGNOSTIC:
            found = found or event
        elif event.family is request.family and (event.intent is Intent.THERAPEUTIC or wanted is not request.family):
            found = None
    return found


def asked_where(request: AuthorizationRequest) -> str:
    """Return the levels that are asked for, or the regions of the body; "" where neither is named."""
    return targets_text(request.targets) or body_text(request.body_regions)


def asked_text(request: AuthorizationRequest) -> str:
    """Return what is asked for and where, "" where no procedure is named."""
    if request.family is None:
        return ""
    body = request.body_regions
    return procedure_text(request.family, request.intent, request.approach, request.targets, body)


def done_before(chart: Chart, before: date) -> list[Event]:
    """Return what was done before a day, oldest first."""
    done = [entry.event for entry in chart.entries if entry.event.status is EventStatus.PERFORMED]
    return sorted((event for event in done if event.when.first < before), key=lambda event: event.when)


def same_place(event: Event, record: AuthorizationRecord) -> bool:
    """Tell whether an event touches a level that is asked for; without levels its region has to do."""
    asked, body = record.request.targets, frozenset(record.request.body_regions)
    if body and event.body_regions and not body & frozenset(event.body_regions):
        return False
    if not asked or not event.targets:
        return not asked or not event.regions or bool(event.regions & {target.level.region for target in asked})
    return any(target.overlaps(other) for target in event.targets for other in asked)


def request_facts(record: AuthorizationRecord, chart: Chart, payers: PayerNames, today: date) -> dict[str, str]:
    """Return every fact by name, "" where it is not on file."""
    coverage, request = coverage_of(record, chart, today), record.request
    return {
        **_patient(chart.patient),
        "coverage.payer": payers.name(record.authorization.payer),
        "coverage.plan": coverage.plan if coverage else "",
        "coverage.member_id": coverage.member_id if coverage else "",
        **_request(record),
        **_lines(record),
        **_course(first_diagnostic(record, chart, today), record.request.planned_for),
        **_provider("ordering", provider_of(chart, request.ordering_provider_id, request.ordering_outside)),
        **_provider("rendering", provider_of(chart, request.rendering_provider_id, request.rendering_outside)),
        **_site(site_of(chart, request)),
        "clinic.name": str(chart.clinic.settings.get("clinic_name", "")),
        **_letterhead(letterhead_of(chart.clinic.settings)),
        "today": us_date(today),
    }


def _patient(patient: Patient) -> dict[str, str]:
    return {
        "patient.last": patient.last,
        "patient.first": patient.first,
        "patient.middle": patient.middle,
        "patient.name": patient.name,
        "patient.born": us_date(patient.born),
        "patient.sex": patient.sex,
        "patient.phone": patient.phone,
        "patient.mrn": patient.mrn,
    }


def _request(record: AuthorizationRecord) -> dict[str, str]:
    request = record.request
    family = request.family
    return {
        "request.type": tr(TYPE_WORDS[request.type]),
        "request.urgency": tr("Expedited") if request.expedited else tr("Standard"),
        "request.reference": request.reference,
        "request.procedure": procedure_word(family, request.intent, request.approach) if family else "",
        "request.intent": tr(_INTENT_WORDS[request.intent]) if request.intent else "",
        "request.approach": tr(APPROACH_WORDS[request.approach]) if request.approach else "",
        "request.levels": asked_where(request),
        "request.from": _day(request.wanted_from),
        "request.to": _day(request.wanted_to),
        "request.planned": _day(request.planned_for),
        "request.note": request.note,
    }


def _lines(record: AuthorizationRecord) -> dict[str, str]:
    request = record.request
    facts = {
        "request.codes": ", ".join(f"{line.code} ×{line.units}" for line in request.asked),
        "request.units": str(sum(line.units for line in request.asked)) if request.asked else "",
        "request.diagnoses": ", ".join(request.diagnoses),
    }
    for place in range(SEVERAL):
        line = request.asked[place] if place < len(request.asked) else None
        facts[f"code.{place + 1}"] = line.code if line else ""
        facts[f"units.{place + 1}"] = str(line.units) if line else ""
        facts[f"diagnosis.{place + 1}"] = request.diagnoses[place] if place < len(request.diagnoses) else ""
    return facts


def _course(first: Event | None, planned: date | None) -> dict[str, str]:
    days = str((planned - first.when.first).days) if first and first.when.exact and planned else ""
    return {"request.first_diagnostic": us_partial(first.when) if first else "", "request.days_after_first": days}


def provider_of(chart: Chart, provider_id: str, outside: Outside) -> Provider | None:
    """Return who is named: somebody outside the clinic, else one of its own."""
    return (
        Provider(outside.name, outside.name, outside.npi) if outside.name else chart.clinic.providers.get(provider_id)
    )


def site_of(chart: Chart, request: AuthorizationRequest) -> Site | None:
    """Return where it is to be done: a facility outside the clinic, else one of its own sites."""
    outside = request.facility_outside
    if not outside.name:
        return chart.clinic.sites.get(request.site_id)
    return Site("", request.facility_place, outside.name, name=outside.name, npi=outside.npi)


def _provider(role: str, provider: Provider | None) -> dict[str, str]:
    name, npi = (provider.name, provider.npi) if provider else ("", "")
    return {f"{role}.name": name, f"{role}.npi": npi}


def _site(site: Site | None) -> dict[str, str]:
    return {
        "site.name": site.name if site else "",
        "site.facility": site.facility if site else "",
        "site.place_of_service": site.place_of_service if site else "",
        "site.state": site.state if site else "",
        "site.npi": site.npi if site else "",
    }


def _letterhead(letterhead: Letterhead) -> dict[str, str]:
    names = ("street", "city", "phone", "fax", "npi", "tin")
    return {f"clinic.{name}": str(getattr(letterhead, name)) for name in names}


def _day(day: date | None) -> str:
    return us_date(day) if day else ""


def what(record: AuthorizationRecord, payers: PayerNames) -> str:
    """Return "Aetna 64635, 64636", as lists and the undo line name a request."""
    lines = record.authorization.lines or record.request.asked
    codes = ", ".join(dict.fromkeys(line.code for line in lines))
    return f"{payers.name(record.authorization.payer)} {codes}".strip()
