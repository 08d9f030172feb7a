"""The fields of a whole request: what kind, by whom, for which diagnoses, where, until when; and what was granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from PySide6.QtWidgets import QWidget

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationKind
from tracker.domain.authorization_request import (
    AskedLine,
    AuthorizationRecord,
    AuthorizationRequest,
    Outside,
    RequestType,
)  # fmt: skip
from tracker.domain.coverage import Site
from tracker.domain.diagnosis_entry import parse_diagnoses
from tracker.domain.language import tr
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Sites, TargetKind
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.line_editor import LineEditor
from tracker.ui.worklist.outside_rows import OutsideFacility, OutsideRows, choice_with_outside
from tracker.ui.worklist.work_words import TYPES

PROGRAMMES = {
    AuthorizationKind.PAYER: tr("the plan's own"),
    AuthorizationKind.MEDICARE_OPD: tr("Medicare, hospital outpatient"),
    AuthorizationKind.WISER: tr("Medicare, WISeR"),
}
_LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class RequestOnFile:
    """A request with what its form offers."""

    record: AuthorizationRecord
    patient: Patient
    providers: tuple[Provider, ...]
    sites: tuple[Site, ...]
    targets: TargetKind


class RequestForm:
    """Puts the fields into a form; `changed` reads them back. Raises InvalidEntryError for what has no meaning."""

    def __init__(self, form: FormGrid, on_file: RequestOnFile, today: date, parent: QWidget) -> None:
        self._on_file = on_file
        record, request = on_file.record, on_file.record.request
        self.decided = record.status.grants
        self.type = ChoiceField([Choice(each, words) for each, words in TYPES.items()], parent)
        self.type.set_value(request.type)
        self.speed = Segments(((False, tr("Standard")), (True, tr("Urgent"))), parent, name=tr("How fast"))
        self.speed.set_value(request.expedited)
        self.programme = ChoiceField([Choice(each, words) for each, words in PROGRAMMES.items()], parent)
        self.programme.set_value(record.authorization.kind)
        self.body = _body_field(request, parent) if on_file.targets is TargetKind.BODY else None
        kind = TargetKind.NONE if self.body else on_file.targets
        self.lines = LineEditor(kind, request.approach, self.decided, parent)
        if self.decided:
            self.lines.show_granted(record.authorization.lines)
        else:
            self.lines.show_asked(request.asked)
        self.diagnoses = LineField("M47.816, M54.50", parent)
        self.diagnoses.setText(", ".join(request.diagnoses))
        who = on_file.providers
        self.ordering = _provider_field(who, request.ordering_provider_id, request.ordering_outside, parent)
        self.rendering = _provider_field(who, request.rendering_provider_id, request.rendering_outside, parent)
        self.site = _site_field(on_file.sites, request.site_id, request.facility_outside, parent)
        self.planned = DayField(today, parent)
        self.planned.set_day(request.planned_for)
        self.decide_by = DayField(today, parent, placeholder=tr("as the payer's clock says"))
        self.decide_by.set_day(_day(request.decide_by))
        self._put(form, request, parent)
        if self.decided:
            self._put_granted(form, record.authorization, parent)

    def _put(self, form: FormGrid, request: AuthorizationRequest, parent: QWidget) -> None:
        form.add(tr("&Kind"), self.type, (tr("&Speed"), self.speed))
        form.add(tr("&Program"), self.programme)
        form.add(tr("&Lines"), self.lines)
        if self.body is not None:
            form.add(tr("Regions of the &body"), self.body)
        form.add(tr("&Diagnoses"), self.diagnoses)
        form.add(tr("&Ordering"), self.ordering)
        words = (tr("Ordering name"), tr("Ordering NPI"))
        self.who_orders = OutsideRows(form, self.ordering, request.ordering_outside, "ordering", words, parent)
        form.add(tr("&Rendering"), self.rendering)
        words = (tr("Rendering name"), tr("Rendering NPI"))
        self.who_renders = OutsideRows(form, self.rendering, request.rendering_outside, "rendering", words, parent)
        form.add(tr("S&ite"), self.site)
        words = (tr("Facility's name"), tr("Facility NPI"))
        outside, place = request.facility_outside, request.facility_place
        self.where = OutsideFacility(form, self.site, outside, place, words, parent)
        for rows in (self.who_orders, self.who_renders, self.where):
            rows.refresh()
        form.add(tr("Pla&nned for"), self.planned, (tr("Decision d&ue"), self.decide_by))

    def _put_granted(self, form: FormGrid, answer: Authorization, parent: QWidget) -> None:
        """Add what an approval may be bound to; an empty field binds it to nothing."""
        self.place = LineField(tr("any place of service"), parent)
        self.place.setText(answer.place_of_service or "")
        self.facility = LineField(tr("any facility"), parent)
        self.facility.setText(answer.facility or "")
        names = dict.fromkeys(each.name for each in self._on_file.providers)
        outside = self._on_file.record.request.rendering_outside.name
        known = dict.fromkeys([*names, *filter(None, (outside, answer.provider))])
        self.provider = ChoiceField([Choice("", tr("any provider")), *(Choice(each, each) for each in known)], parent)
        self.provider.set_value(answer.provider or "")
        form.add(tr("Plac&e"), self.place, (tr("&Facility"), self.facility))
        form.add(tr("&Bound to"), self.provider)

    def settle(self) -> bool:
        """Say below the fields what is no date; True when nothing is wrong."""
        settled = [self.planned.settle(), self.decide_by.settle(), self.body is None or self.body.settle()]
        return all(settled)

    def changed(self) -> AuthorizationRecord:
        """Return the record as it is typed. Raises InvalidEntryError."""
        record = self._on_file.record
        answer = replace(record.authorization, kind=AuthorizationKind(str(self.programme.value())))
        return replace(record, authorization=self._answer(answer), request=self._request(record.request))

    def _answer(self, answer: Authorization) -> Authorization:
        if not self.decided:
            return answer
        return replace(
            answer,
            lines=self.lines.granted(),
            place_of_service=self.place.text().strip() or None,
            facility=self.facility.text().strip() or None,
            provider=str(self.provider.value() or "") or None,
        )

    def _request(self, request: AuthorizationRequest) -> AuthorizationRequest:
        asked = request.asked if self.decided else self.lines.asked()
        sites = self.body.sites() if self.body is not None else None
        return replace(
            request,
            type=RequestType(str(self.type.value())),
            expedited=bool(self.speed.value()),
            asked=asked,
            targets=request.targets if self.decided else _all_targets(asked) or request.targets,
            body_regions=sites.body_regions if sites else request.body_regions,
            diagnoses=parse_diagnoses(self.diagnoses.text()),
            ordering_provider_id=self.who_orders.chosen_id(),
            rendering_provider_id=self.who_renders.chosen_id(),
            ordering_outside=self.who_orders.outside(),
            rendering_outside=self.who_renders.outside(),
            site_id=self.where.chosen_id(),
            facility_outside=self.where.outside(),
            facility_place=self.where.place_of_service(),
            planned_for=self.planned.day(),
            decide_by=_moment(self.decide_by.day(), request.decide_by),
        )


def _body_field(request: AuthorizationRequest, parent: QWidget) -> LevelField:
    field = LevelField(parent, name=tr("Regions of the body"))
    field.set_kind(TargetKind.BODY, request.approach)
    field.set_sites(Sites(body_regions=request.body_regions))
    return field


def _all_targets(asked: Iterable[AskedLine]) -> tuple[Target, ...]:
    """Return the places of all lines, each once: what the request as a whole is about."""
    return tuple(dict.fromkeys(target for line in asked for target in line.targets))


def _provider_field(providers: Iterable[Provider], chosen: str, outside: Outside, parent: QWidget) -> ChoiceField:
    offers = [Choice(each.id, each.name, tr("NPI {npi}", npi=each.npi) if each.npi else tr("no NPI on file"))
              for each in providers]  # fmt: skip
    named = [Choice("", tr("not named")), *offers]
    return choice_with_outside(named, chosen, outside, tr("somebody outside the clinic…"), parent)


def _site_field(sites: Iterable[Site], chosen: str, outside: Outside, parent: QWidget) -> ChoiceField:
    offers = [Choice(each.id, each.name, tr("place of service {place}", place=each.place_of_service)) for each in sites]
    named = [Choice("", tr("the usual site")), *offers]
    return choice_with_outside(named, chosen, outside, tr("a facility outside the clinic…"), parent)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment else None


def _moment(day: date | None, before: datetime | None) -> datetime | None:
    """Return the end of a typed day; a day that was not changed keeps its hour."""
    if day is None or day == _day(before):
        return before if day else None
    return datetime.combine(day, _LAST_MOMENT).astimezone()
