"""Reads one case of a case file; every mistake names the case and the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from tracker.domain.anatomy import Region
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Biller, Coverage, Site
from tracker.domain.errors import InvalidCaseError, InvalidEntryError
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.procedure import Approach, Family, Intent, Sites, parse_sites
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.verdict import CodeLine

Choice = TypeVar("Choice", bound=Enum)
Made = TypeVar("Made")

_CASE = {
    "id", "title", "as_of", "settings", "coverage", "site", "history", "authorizations", "proposed",
    "missing_documents", "expect", "why",
}  # fmt: skip
_COVERAGE = {"payer", "plan", "from", "to", "order", "authorization_required"}
_SITE = {"state", "place_of_service", "facility", "hospital_exempt", "biller"}
_EVENT = {
    "id", "date", "status", "family", "intent", "approach", "targets", "region", "payer", "where", "evidence",
    "relief_percent", "relief_months",
}  # fmt: skip
_AUTHORIZATION = {
    "number", "kind", "payer", "status", "submitted", "decided", "from", "to", "facility", "place_of_service",
    "provider", "lines",
}  # fmt: skip
_LINE = {"code", "units", "used", "targets", "status"}
_PROPOSED = {"date", "family", "intent", "approach", "targets", "provider", "codes", "technique_changed"}
_CODE = {"code", "modifiers", "units"}


class Fields:
    """One JSON object of a case. Reading a field that is missing or wrong raises InvalidCaseError with its place."""

    def __init__(self, data: Any, case: str, place: str, known: set[str]) -> None:
        self._case, self._place = case, place
        if not isinstance(data, dict):
            raise self.wrong("", "must be an object in braces.")
        self._data: dict[str, Any] = data
        for unknown in sorted(set(data) - known):
            raise self.wrong(unknown, "is not a field of the format.")

    def wrong(self, key: str, what: str) -> InvalidCaseError:
        place = ".".join(part for part in (self._place, key) if part) or "case"
        return InvalidCaseError(f"Case {self._case}: {place} {what}", remedy="See docs/case-format.md.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._data.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value and default is None):
            raise self.wrong(key, "must be text." if value is not None else "is missing.")
        return value

    def optional(self, key: str) -> str | None:
        return None if self._data.get(key) is None else self.text(key, "")

    def flag(self, key: str) -> bool | None:
        value = self._data.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "must be true or false.")
        return value

    def number(self, key: str, most: float, whole: bool = False) -> float | None:
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not 0 <= value <= most:
            raise self.wrong(key, f"must be a{' whole' if whole else ''} number from 0 to {most:g}.")
        return value

    def day(self, key: str) -> date | None:
        return None if self._data.get(key) is None else self._day(key, self.text(key))

    def required_day(self, key: str) -> date:
        return self._day(key, self.text(key))

    def _day(self, key: str, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong(key, f"must be a date such as 2026-01-12, not “{text}”.") from None

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self._data.get(key)
        if value is None and default is not None:
            return default
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(str(each.value) for each in kind)
            raise self.wrong(key, f"must be one of {words}; not {value!r}.") from None

    def optional_choice(self, key: str, kind: type[Choice]) -> Choice | None:
        return None if self._data.get(key) is None else self.choice(key, kind)

    def texts(self, key: str) -> list[str]:
        value = self._data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, "must be a list of texts.")
        return value

    def sites(self, key: str, approach: Approach | None) -> Sites:
        return self.read(key, lambda: parse_sites(self.texts(key), approach))

    def read(self, key: str, make: Callable[[], Made]) -> Made:
        """Return what `make` gives; its complaint becomes this field's."""
        try:
            return make()
        except InvalidEntryError as error:
            raise self.wrong(key, f"is wrong: {error.sentence()}") from None

    def parts(self, key: str, known: set[str]) -> Iterable[Fields]:
        value = self._data.get(key) or []
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list.")
        for place, each in enumerate(value, 1):
            name = each.get("id") or each.get("number") if isinstance(each, dict) else None
            inner = ".".join(part for part in (self._place, key) if part)
            yield Fields(each, self._case, f"{inner} {name or place}", known)

    def part(self, key: str, known: set[str]) -> Fields:
        inner = ".".join(part for part in (self._place, key) if part)
        return Fields(self._data.get(key), self._case, inner, known)

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None


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
    if start and end and start > end:
        raise fields.wrong("to", "lies before from.")
    return Coverage(
        payer=fields.text("payer"),
        plan=fields.text("plan", ""),
        start=start,
        end=end,
        order=int(fields.number("order", 99, whole=True) or 1),
        authorization_required=fields.flag("authorization_required"),
    )


def _event(fields: Fields) -> Event:
    approach = fields.optional_choice("approach", Approach)
    sites = fields.sites("targets", approach)
    return Event(
        id=fields.text("id"),
        when=fields.read("date", lambda: PartialDate.parse(fields.text("date"))),
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
    )


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
