"""Strips that begin a request: whom and what for, then the draft as it is filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tracker.domain.authorization_request import AuthorizationRecord, RequestType
from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.procedure import Sites, TargetKind
from tracker.domain.us_dates import us_date
from tracker.services.authorizations.request_facts import asked_where
from tracker.services.authorizations.work_rows import what_for
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.patient_field import PatientField
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.procedure_field import ProcedureField
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.strip import Plan, Strip, day_of, text_of, value_of

if TYPE_CHECKING:
    from datetime import date

    from tracker.services import Services


class DraftStrip(Strip):
    """A draft that is filled in: what is asked is told, the days can be changed, Enter saves it."""

    title = tr("New request")
    button = tr("Save the draft")

    def __init__(
        self, draft: AuthorizationRecord, patient: Patient, payer: str, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        request = draft.request
        if request.type is RequestType.EXTENSION:
            self.set_title(
                tr("Extension of {replaces}", replaces=request.replaces) if request.replaces else tr("Extension")
            )
        self.name_patient(patient, f"{what_for(draft)}, {payer}")
        self.codes = PlainLabel(_asked_text(draft), "body", parent=self, wrap=True, selectable=True)
        self.add_text(self.codes)
        wanted_from, wanted_to = (DayField(today, self) for _ in range(2))
        wanted_from.set_day(request.wanted_from)
        wanted_to.set_day(request.wanted_to)
        self.add("start", tr("Wanted &from"), wanted_from)
        self.add("end", tr("Wanted &to"), wanted_to)
        next_action = DayField(today, self)
        next_action.set_day(request.next_action)
        self.add("next action", tr("&Look again"), next_action)
        speed = Segments(((False, tr("Standard")), (True, tr("Urgent"))), self, name=tr("How fast"))
        speed.set_value(request.expedited)
        self.add("urgent", tr("&Speed"), speed)
        self.add("note", tr("N&ote"), LineField("", self))
        self.seal()

    def touched(self) -> bool:
        """A draft that is not saved is worth keeping as it is."""
        return True

    def plan(self, services: Services) -> Plan:
        fields, draft = self.fields, self.draft
        request = replace(
            draft.request,
            wanted_from=day_of(fields["start"]),
            wanted_to=day_of(fields["end"]),
            next_action=day_of(fields["next action"]),
            expedited=bool(value_of(fields["urgent"])),
            note=text_of(fields["note"]),
        )
        return Plan(lambda: services.authorizations.add(draft.patient_id, draft.authorization, request))


class NewStrip(Strip):
    """N: whose, what, where, for which day. What it asks for is filled in and shown in a strip of its own."""

    title = tr("New request")
    button = tr("Fill in the draft")
    writes = False

    def __init__(self, context: PageContext, patient: Patient | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        services = context.services
        self.patient = PatientField(services.patients, context.tasks, self)
        self.patient.set_value(patient)
        self.procedure = ProcedureField(services.desk.procedures(), self)
        self.levels = LevelField(self)
        self.day = DayField(services.clock.today(), self, placeholder="12/3, +14")
        self.procedure.picked.connect(self._on_procedure)
        self.add("patient", tr("&Patient"), self.patient)
        self.add("procedure", tr("P&rocedure"), self.procedure)
        self.add("levels", tr("&Levels"), self.levels)
        self.add("day", tr("&Day"), self.day)
        self.seal()

    def focus(self) -> None:
        (self.patient if self.patient.patient() is None else self.procedure).setFocus()

    def asked(self) -> BookingRequest:
        """Return what was typed as a question. Raises InvalidEntryError for what is missing."""
        patient, choice, day = self.patient.patient(), self.procedure.choice(), self.day.day()
        if patient is None:
            raise InvalidEntryError(tr("Say whom it is for."), "", tr("Type a name and pick it."), about="patient")
        if choice is None:
            raise InvalidEntryError(tr("Say what it is for."), "", tr("Type mbb, rfa, esi or si."), about="procedure")
        if day is None:
            raise InvalidEntryError(
                tr("Say for which day it is wanted."), "", tr("Type 12/3 or +14; the span begins there."), about="day"
            )
        sites = self.levels.sites() or Sites()
        return BookingRequest(
            patient_id=patient.id,
            family=choice.family,
            day=day,
            intent=choice.intent,
            approach=choice.approach,
            targets=sites.targets,
            body_regions=sites.body_regions,
            nerves=sites.nerves,
            lone_nerves=sites.lone_nerves,
        )

    def _on_procedure(self, choice: object) -> None:
        picked = self.procedure.choice()
        if choice is not None and picked is not None:
            self.levels.set_kind(picked.targets, picked.approach)
            self.form.call(self.levels, tr("Region&s") if picked.targets is TargetKind.BODY else tr("&Levels"))


def _asked_text(draft: AuthorizationRecord) -> str:
    """Return the codes with their units and where they go, and the day that is planned."""
    lines = ", ".join(f"{line.code} x {line.units}" for line in draft.request.asked)
    where = asked_where(draft.request)
    planned = draft.request.planned_for
    asked = tr("{codes} at {levels}.", codes=lines, levels=where) if where else f"{lines}."
    visit = tr("Visit planned {planned}.", planned=us_date(planned, weekday=True)) if planned else ""
    return " ".join(part for part in (asked, visit) if part)
