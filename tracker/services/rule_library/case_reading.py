"""Reads one case of a case file; every mistake names the case and the field."""

from __future__ import annotations

from typing import Any

from tracker.domain.anatomy import Region
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.body_regions import BodyRegion, in_order
from tracker.domain.coverage import Biller, Coverage, Site
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.verdict import CodeLine
from tracker.services.rule_library.case_fields import Fields, in_reach

_CASE = {
    "id", "title", "as_of", "settings", "coverage", "site", "history", "authorizations", "proposed",
    "missing_documents", "expect", "why",
}  # fmt: skip
_COVERAGE = {"payer", "plan", "from", "to", "order", "authorization_required"}
_SITE = {"state", "place_of_service", "facility", "hospital_exempt", "biller"}
_EVENT = {
    "id", "date", "status", "family", "intent", "approach", "targets", "region", "payer", "where", "evidence",
    "relief_percent", "relief_months", "body_regions", "kx",
}  # fmt: skip
_AUTHORIZATION = {
    "number", "kind", "payer", "status", "submitted", "decided", "from", "to", "facility", "place_of_service",
    "provider", "lines",
}  # fmt: skip
_LINE = {"code", "units", "used", "targets", "status"}
_PROPOSED = {
    "date", "family", "intent", "approach", "targets", "provider", "codes", "technique_changed", "body_regions",
}  # fmt: skip
_CODE = {"code", "modifiers", "units"}


def read_case(data: Any, place: int) -> tuple[str, Case]:
    """Return the case's id and the case."""
    name = str(data["id"]) if isinstance(data, dict) and data.get("id") else f"number {place}"
    fields = Fields(data, name, "", _CASE)
    proposed = fields.part("proposed", _PROPOSED)
    free = (
        fields.part("settings", {"anniversary_day_free"}).flag("anniversary_day_free")
        if fields.has("settings")
        else None
    )
    case = Case(
        as_of=fields.required_day("as_of"),
        proposal=_proposal(proposed),
        site=_site(fields.part("site", _SITE)),
        coverages=tuple(_coverage(each) for each in fields.parts("coverage", _COVERAGE)),
        history=tuple(_event(each) for each in fields.parts("history", _EVENT)),
        authorizations=tuple(_authorization(each) for each in fields.parts("authorizations", _AUTHORIZATION)),
        missing_documents=tuple(fields.texts("missing_documents")),
        choices=ClinicChoices(anniversary_day_free=bool(free)),
    )
    return fields.text("id"), case


def _proposal(fields: Fields) -> Proposal:
    approach = fields.optional_choice("approach", Approach)
    sites = fields.sites("targets", approach)
    codes = tuple(_code(each) for each in fields.parts("codes", _CODE)) if fields.has("codes") else None
    return Proposal(
        day=fields.required_day("date"),
        family=fields.choice("family", Family),
        intent=fields.optional_choice("intent", Intent),
        approach=approach,
        targets=sites.targets,
        nerves=sites.nerves,
        lone_nerves=sites.lone_nerves,
        provider=fields.text("provider", ""),
        codes=codes,
        technique_changed=bool(fields.flag("technique_changed")),
        body_regions=_body_regions(fields),
    )


def _code(fields: Fields) -> CodeLine:
    units = fields.number("units", 99, whole=True)
    return CodeLine(fields.text("code"), tuple(fields.texts("modifiers")), 1 if units is None else int(units))


def _site(fields: Fields) -> Site:
    return Site(
        state=fields.text("state", ""),
        place_of_service=fields.text("place_of_service", "11"),
        facility=fields.text("facility", ""),
        hospital_exempt=bool(fields.flag("hospital_exempt")),
        biller=fields.choice("biller", Biller, Biller.PROFESSIONAL),
    )


def _coverage(fields: Fields) -> Coverage:
    start, end = fields.day("from"), fields.day("to")
    order = fields.number("order", 99, whole=True)
    if start and end and start > end:
        raise fields.wrong("to", "lies before from.")
    return Coverage(
        payer=fields.text("payer"),
        plan=fields.text("plan", ""),
        start=start,
        end=end,
        order=int(1 if order is None else order),
        authorization_required=fields.flag("authorization_required"),
    )


def _event(fields: Fields) -> Event:
    approach = fields.optional_choice("approach", Approach)
    sites = fields.sites("targets", approach)
    return Event(
        id=fields.text("id"),
        when=_when(fields),
        family=fields.choice("family", Family),
        status=fields.choice("status", EventStatus, EventStatus.PERFORMED),
        intent=fields.optional_choice("intent", Intent),
        approach=approach,
        targets=sites.targets,
        nerves=sites.nerves,
        region=fields.optional_choice("region", Region),
        payer=fields.optional("payer"),
        place=fields.choice("where", Place, Place.HERE),
        evidence=fields.choice("evidence", EventEvidence, EventEvidence.RECORD),
        relief_percent=fields.number("relief_percent", 100),
        relief_months=fields.number("relief_months", 1200),
        kx_claimed=fields.flag("kx"),
        body_regions=_body_regions(fields),
    )


def _body_regions(fields: Fields) -> tuple[BodyRegion, ...]:
    words = fields.texts("body_regions")
    found = in_order(fields.one_of("body_regions", word, BodyRegion) for word in words)
    if found and fields.choice("family", Family) is not Family.TRIGGER_POINT:
        raise fields.wrong("body_regions", "are for trigger points only.")
    return found


def _when(fields: Fields) -> PartialDate:
    when = fields.read("date", lambda: PartialDate.parse(fields.text("date")))
    if not in_reach(when.first):
        raise fields.wrong("date", "is wrong: the year must be from 1900 to 2199.")
    return when


def _authorization(fields: Fields) -> Authorization:
    return Authorization(
        number=fields.optional("number") or None,
        payer=fields.text("payer"),
        status=fields.choice("status", AuthorizationStatus),
        kind=fields.choice("kind", AuthorizationKind, AuthorizationKind.PAYER),
        submitted=fields.day("submitted"),
        decided=fields.day("decided"),
        start=fields.day("from"),
        end=fields.day("to"),
        facility=fields.optional("facility"),
        place_of_service=fields.optional("place_of_service"),
        provider=fields.optional("provider"),
        lines=tuple(_line(each) for each in fields.parts("lines", _LINE)),
    )


def _line(fields: Fields) -> AuthorizationLine:
    units, used = fields.number("units", 9999, whole=True), fields.number("used", 9999, whole=True)
    targets = fields.sites("targets", None).targets
    denied = fields.text("status", "approved")
    if denied not in ("approved", "denied"):
        raise fields.wrong("status", "must be approved or denied.")
    return AuthorizationLine(
        code=fields.text("code"),
        units=None if units is None else int(units),
        used=int(used or 0),
        targets=targets,
        denied=denied == "denied",
    )
