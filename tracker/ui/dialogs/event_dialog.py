"""Adds an injection to the history or corrects one: done here or elsewhere, as exactly as it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.anatomy import Region
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.language import tr
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Intent, ProcedureChoice, Sites, TargetKind
from tracker.domain.relief_entry import figure_text, parse_months, parse_percent
from tracker.services.changes import Done
from tracker.ui.dialogs.event_fields import (
    EventFields,
    Known,
    choice_of,
    payer_picks,
    procedures_for,
    provider_picks,
    sites_of,
)
from tracker.ui.dialogs.response_dialog import read_into
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext

if TYPE_CHECKING:
    from tracker.services.answers.entries import EventRow

_LEVEL_FREE = (TargetKind.NONE, TargetKind.SI, TargetKind.CAUDAL, TargetKind.BODY)


class EventDialog(SavingDialog):
    """`row` is the entry to correct, None to add one; `known` is how a new one came to be known."""

    help_place = "patient#injections"

    def __init__(
        self,
        context: PageContext,
        patient: Patient,
        parent: QWidget,
        providers: Iterable[Provider],
        row: EventRow | None = None,
        *,
        known: Known = Known.HERE,
    ) -> None:
        title, save = (tr("Correct injection"), tr("Save")) if row else (tr("New injection"), tr("Add injection"))
        super().__init__(context, title, save, parent, beside=identity_of(patient), width=680)
        self._patient_id = patient.id
        self._row = row
        self._evidence_chosen = row is not None
        self._providers = tuple(providers)
        self.fields = EventFields(context.services.clock.today(), self)
        self.fields.put_into(self.form)
        self._offer(row.event if row else None)
        self._show(row) if row else self._begin(known)
        self._connect()
        self.finish()
        self.fields.when.setFocus(Qt.FocusReason.OtherFocusReason)
        self._provider_before = self._provider()
        self.keep_draft(f"event {row.event.id}" if row else f"event of {patient.id}")

    def _offer(self, event: Event | None) -> None:
        desk = self.context.services.desk
        self.fields.procedure.offer(procedures_for(desk.procedures(), event))
        self.fields.payer.set_picks(payer_picks(desk.payers(), event))
        self.fields.provider.set_picks(provider_picks(self._providers))

    def _begin(self, known: Known) -> None:
        self.fields.place.set_value(known.place)
        self.fields.evidence.set_value(known.evidence)
        self._show_place()
        self._show_region()

    def _show(self, row: EventRow) -> None:
        event, fields = row.event, self.fields
        choice = choice_of(event, self.context.services.desk.procedures())
        fields.place.set_value(event.place)
        fields.when.set_when(event.when)
        fields.procedure.set_value(choice)
        fields.levels.set_kind(choice.targets, choice.approach)
        fields.levels.set_sites(sites_of(event))
        fields.region.set_value(event.region)
        fields.status.set_value(event.status)
        fields.evidence.set_value(event.evidence)
        fields.kx.set_value(event.kx_claimed)
        fields.percent.setText(figure_text(event.relief_percent))
        fields.months.setText(figure_text(event.relief_months))
        fields.payer.set_value(event.payer)
        fields.note.setText(event.note)
        self._show_place()
        fields.provider.set_value(row.provider_id)
        if not row.provider_id:
            fields.provider.setText(row.provider)
        self._show_region()

    def _connect(self) -> None:
        fields = self.fields
        fields.place.chosen.connect(self._on_place_chosen)
        fields.evidence.chosen.connect(self._on_evidence_chosen)
        fields.procedure.picked.connect(self._on_procedure_picked)
        fields.levels.textChanged.connect(self._show_region)

    @Slot(object)
    def _on_place_chosen(self, _place: object) -> None:
        if not self._evidence_chosen:
            self.fields.evidence.set_value(Known.of(self.fields.place.value()).evidence)
        self._show_place()

    @Slot(object)
    def _on_evidence_chosen(self, _evidence: object) -> None:
        self._evidence_chosen = True

    @Slot(object)
    def _on_procedure_picked(self, choice: object) -> None:
        if isinstance(choice, ProcedureChoice):
            self.fields.levels.set_kind(choice.targets, choice.approach)
        self._show_region()

    def _show_place(self) -> None:
        here = self.fields.place.value() == Known.HERE.place
        self.fields.provider.set_free(not here)
        self.fields.provider.setPlaceholderText(tr("not recorded") if here else tr("whoever did it, if it is known"))

    @Slot()
    def _show_region(self) -> None:
        """A region is asked for only where no level says it; of trigger points, regions of the body instead."""
        choice = self.fields.procedure.value()
        of_body = isinstance(choice, ProcedureChoice) and choice.targets is TargetKind.BODY
        self.form.call(self.fields.levels, tr("Region&s") if of_body else tr("&Levels"))
        may = isinstance(choice, ProcedureChoice) and choice.targets not in _LEVEL_FREE
        wanted = may and not self.fields.levels.text().strip()
        if not wanted:
            self.fields.region.set_value(None)
        self.fields.region.setEnabled(wanted)
        self._show_kx()

    def _show_kx(self) -> None:
        """The modifier is asked for only where it says something: on claims of diagnostic injections."""
        choice = self.fields.procedure.value()
        self.fields.kx.setEnabled(isinstance(choice, ProcedureChoice) and choice.intent is Intent.DIAGNOSTIC)

    def _kx(self, choice: ProcedureChoice) -> bool | None:
        claimed = self.fields.kx.value()
        return claimed if isinstance(claimed, bool) and choice.intent is Intent.DIAGNOSTIC else None

    def _provider(self) -> str:
        """Return the id of one of the clinic's providers, or the name that was typed."""
        value = self.fields.provider.value()
        return str(value) if value else self.fields.provider.text().strip()

    def work(self) -> Callable[[], Done[Any]] | None:
        event = self._read()
        if event is None:
            return None
        history, patient_id, provider = self.context.services.history, self._patient_id, self._provider()
        if self._row is None:
            return lambda: history.add(patient_id, event, provider)
        version, written = self._row.version, None if provider == self._provider_before else provider
        return lambda: history.correct(patient_id, event, version, written)

    def _read(self) -> Event | None:
        fields = self.fields
        percent, months = read_into(fields.percent, parse_percent), read_into(fields.months, parse_months)
        for field in (fields.when, fields.procedure, fields.levels, fields.provider, fields.payer):
            field.settle()
        when, choice = fields.when.when(), fields.procedure.value()
        if when is None and not fields.when.error():
            fields.when.set_error(tr("Say when it was done; a month or a year is enough to begin with."))
        if not isinstance(choice, ProcedureChoice) and not fields.procedure.error():
            fields.procedure.set_error(tr("Choose what was done."))
        if self.form.first_wrong() is not None or when is None or not isinstance(choice, ProcedureChoice):
            return None
        event = self._event(when, choice)
        return replace(event, relief_percent=percent, relief_months=months)

    def _event(self, when: PartialDate, choice: ProcedureChoice) -> Event:
        fields, sites = self.fields, self.fields.levels.sites() or Sites()
        payer, region = fields.payer.value(), fields.region.value()
        return replace(
            self._row.event if self._row else Event("", when, choice.family),
            when=when,
            family=choice.family,
            intent=choice.intent,
            approach=choice.approach,
            targets=sites.targets,
            nerves=sites.nerves,
            body_regions=sites.body_regions,
            region=Region(str(region)) if region and not sites.targets else None,
            status=EventStatus(str(fields.status.value())),
            place=Place(str(fields.place.value())),
            evidence=EventEvidence(str(fields.evidence.value())),
            payer=str(payer) if payer else None,
            note=fields.note.text().strip(),
            kx_claimed=self._kx(choice),
        )
