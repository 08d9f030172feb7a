"""The form of Check and book: everything that a request holds, typed, and what is still missing for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.coverage import Coverage, Site
from tracker.domain.draft import Draft
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient, Provider
from tracker.domain.procedure import Family, ProcedureChoice, Sites
from tracker.ui.check.form_columns import FormColumns
from tracker.ui.check.form_draft import show_typed, typed_in
from tracker.ui.check.form_fields import ADD_COVERAGE, LEFT_ROWS, FormFields
from tracker.ui.check.form_reading import FIND_PATIENT, FIND_PROCEDURE, Reading, unread
from tracker.ui.pages.page import PageContext


class CheckForm(QWidget):
    """`changed`: the answer may be another. `touched`: something else may stand in a field.

    `next_wanted`: the earliest day is asked for. `outside_wanted`, `coverage_wanted`:
    something that is not on file is to be added.
    """

    changed = Signal()
    touched = Signal()
    next_wanted = Signal()
    patient_changed = Signal(object)
    outside_wanted = Signal()
    coverage_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._choices = context.services.desk.procedures()
        self._today = context.services.clock.today
        self._refusal: InvalidEntryError | None = None
        self._coverage_chosen = ""
        self._coverage_shown: object = None
        self._default_site = self._default_provider = ""
        self.fields = FormFields(context, self._choices)
        self.grid = FormColumns(self.fields.rows(), self, left=LEFT_ROWS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        column.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        fields = self.fields
        fields.patient.picked.connect(self._on_patient_picked)
        fields.procedure.picked.connect(self._on_procedure_picked)
        for typed in (fields.levels, fields.day, fields.time):
            typed.changed.connect(self._on_changed)
            typed.left.connect(self._show_refusal)
        fields.day.next_wanted.connect(self.next_wanted)
        fields.coverage.chosen.connect(self._on_coverage_chosen)
        for pick in (fields.site, fields.provider):
            pick.picked.connect(self._on_changed)
        for choice in (fields.elsewhere, fields.technique):
            choice.chosen.connect(self._on_changed)
        fields.add_outside.clicked.connect(self.outside_wanted)
        for text in (fields.patient, fields.procedure, fields.levels, fields.day, fields.time, fields.note):
            text.textChanged.connect(self.touched)

    def reading(self) -> Reading:
        """Read the whole form."""
        fields = self.fields
        patient, choice, sites = fields.patient.patient(), fields.procedure.choice(), fields.levels.sites()
        if patient is None:
            return Reading(None, FIND_PATIENT, fields.patient.is_searching())
        if choice is None:
            return Reading(None, FIND_PROCEDURE, fields.procedure.is_searching())
        if sites is None:
            return unread(fields.levels, tr("levels"))
        if fields.day.is_wrong():
            return unread(fields.day, tr("date"))
        if fields.time.is_wrong():
            return unread(fields.time, tr("time"))
        for pick, word in ((fields.site, tr("site")), (fields.provider, tr("provider"))):
            if pick.value() is None and pick.text().strip():
                return unread(pick, word)
        return Reading(self._request(patient, choice, sites), dated=fields.day.day() is not None)

    def _request(self, patient: Patient, choice: ProcedureChoice, sites: Sites) -> BookingRequest:
        fields = self.fields
        elsewhere = fields.elsewhere.value()
        return BookingRequest(
            patient_id=patient.id,
            family=choice.family,
            day=fields.day.day() or self._today(),
            intent=choice.intent,
            approach=choice.approach,
            targets=sites.targets,
            nerves=sites.nerves,
            lone_nerves=sites.lone_nerves,
            body_regions=sites.body_regions,
            starts=fields.time.moment(),
            provider_id=str(fields.provider.value() or ""),
            site_id=str(fields.site.value() or ""),
            coverage_id=self._coverage_chosen,
            technique_changed=choice.family is Family.EPIDURAL and fields.technique.value() is True,
            elsewhere=elsewhere if isinstance(elsewhere, Elsewhere) else Elsewhere.NOT_ASKED,
            note=fields.note.text().strip(),
        )

    def clear(self) -> None:
        """Begin anew: nothing but the clinic's usual site and provider."""
        self._refusal = None
        self._coverage_chosen = ""
        self.fields.clear(self._default_site, self._default_provider)

    def is_empty(self) -> bool:
        """Tell whether nobody has begun anything here."""
        return self.fields.patient.patient() is None and self.draft() is None

    def draft(self) -> Draft | None:
        """Return what was typed, half or whole; None when that is no more than a patient."""
        patient, typed = self.fields.patient.patient(), typed_in(self.fields)
        if not typed:
            return None
        typed |= {"coverage": self._coverage_chosen} if self._coverage_chosen else {}
        return Draft(patient.id if patient else "", typed, self.reading().request)

    def show_draft(self, draft: Draft) -> None:
        """Put what was typed back, the patient aside."""
        typed = dict(draft.typed or {})
        show_typed(self.fields, typed, self._choices)
        if draft.request is not None:
            self.show_request(draft.request)
            if "day" not in typed:
                self.fields.day.set_day(None)
        elif coverage := typed.get("coverage"):
            self._coverage_chosen = coverage if self.fields.coverage.set_value(coverage) else ""

    def show_desk(self, sites: tuple[Site, ...], providers: tuple[Provider, ...], site: str, provider: str) -> None:
        """Offer the clinic's sites and providers, with the usual ones chosen."""
        self._default_site, self._default_provider = site, provider
        self.fields.show_desk(sites, providers, site, provider)

    def show_patient(self, patient: Patient, coverages: tuple[Coverage, ...]) -> None:
        """Show the patient with the coverages on file."""
        self.fields.patient.set_value(patient)
        self.show_coverages(coverages)

    def show_coverages(self, coverages: tuple[Coverage, ...]) -> None:
        label = self._context.services.patients.coverage_label
        self.fields.show_coverages([(each, label(each)) for each in coverages])
        if self._coverage_chosen and not self.fields.coverage.set_value(self._coverage_chosen):
            self._coverage_chosen = ""

    def show_request(self, request: BookingRequest) -> None:
        """Fill the form with a request, the patient aside."""
        self._coverage_chosen = request.coverage_id
        self.fields.show_request(request, self._choice_of(request))

    def take_request(self, request: BookingRequest, *, dated: bool) -> None:
        """Ask for another request of the same patient; `dated` false: its day stays to be typed."""
        self.show_request(request)
        if not dated:
            self.fields.day.set_day(None)
        self._on_changed()

    def _choice_of(self, request: BookingRequest) -> ProcedureChoice | None:
        wanted = (request.family, request.intent, request.approach)
        exact = (each for each in self._choices if (each.family, each.intent, each.approach) == wanted)
        found = next(exact, None) or next((each for each in self._choices if each.family is request.family), None)
        # What stands on the visit holds, whatever the pick list says.
        return replace(found, intent=request.intent, approach=request.approach) if found else None

    def show_coverage_used(self, coverage: Coverage | None) -> None:
        """Show which coverage the answer is for, where nobody chose one."""
        if not self._coverage_chosen and coverage is not None:
            self.fields.coverage.set_value(coverage.id)
        self._coverage_shown = self.fields.coverage.value()

    def show_next(self, day: date) -> None:
        """Put the earliest day where "n" was typed."""
        self.fields.day.set_day(day)
        self._on_changed()

    def take_sites(self, sites: Sites) -> None:
        """Type the levels that were chosen in the picture."""
        self.fields.levels.set_sites(sites)
        self._on_changed()

    def move_day(self, days: int) -> None:
        """Ask for a day earlier or later than the one that stands there, today if none does."""
        self.fields.day.set_day((self.fields.day.day() or self._today()) + timedelta(days=days))
        self._on_changed()

    def focus_first(self) -> None:
        """Put the focus on the first field that waits for something."""
        fields = self.fields
        empty = [field for field in (fields.patient, fields.procedure, fields.levels) if not field.text().strip()]
        open_now = [field for field in empty if field.isEnabled()]
        (open_now[0] if open_now else fields.day).setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, error: InvalidEntryError | None) -> None:
        """Mark the field that an error is about: one that was left empty, or is being typed in, is no mistake yet."""
        self._refusal = error
        self._show_refusal()

    @Slot()
    def _show_refusal(self) -> None:
        error, fields = self._refusal, self.fields
        sentence = error.sentence() if error else None
        about = error.about if error else ""
        fields.coverage.set_error(sentence if about == "coverage" else None)
        fields.site.set_error(sentence if about == "site" else None)
        if about in ("levels", "day"):
            field = fields.levels if about == "levels" else fields.day
            waits = not field.text().strip() or (field.hasFocus() and about == "levels")
            field.set_error(None if waits else sentence)

    def set_moving(self, moving: bool, *, whole: bool = False) -> None:
        """While a visit is moved only its day and time can be changed; `whole`: everything but whose it is."""
        self.fields.set_only_day(moving and not whole)
        self.fields.patient.setEnabled(not moving)

    @Slot()
    def _on_changed(self) -> None:
        self._refusal = None
        self.fields.show_for(self.fields.procedure.choice())
        self.changed.emit()

    @Slot(object)
    def _on_patient_picked(self, patient: object) -> None:
        self._coverage_chosen = ""
        self.fields.show_coverages([])
        self.fields.elsewhere.set_value(Elsewhere.NOT_ASKED)
        self.patient_changed.emit(patient)
        self._on_changed()

    @Slot(object)
    def _on_procedure_picked(self, _choice: object) -> None:
        self.fields.levels.set_choice(self.fields.procedure.choice())
        self._on_changed()

    @Slot(object)
    def _on_coverage_chosen(self, coverage_id: object) -> None:
        if coverage_id == ADD_COVERAGE:
            self.fields.coverage.set_value(self._coverage_shown)
            self.coverage_wanted.emit()
            return
        self._coverage_shown = coverage_id
        self._coverage_chosen = str(coverage_id or "")
        self._on_changed()
