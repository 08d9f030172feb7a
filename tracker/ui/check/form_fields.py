"""The fields of the form with their labels, and how values are put into them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.booking import BookingRequest, Elsewhere
from tracker.domain.coverage import Coverage, Site
from tracker.domain.language import tr, tr_for
from tracker.domain.patient import Provider
from tracker.domain.procedure import Family, ProcedureChoice, Sites, TargetKind
from tracker.services.words.wording import site_text
from tracker.ui.check.form_columns import FormRow, above, beside, with_errors
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.plain_text import with_own_letter
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.patient_field import PatientField
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.procedure_field import ProcedureField
from tracker.ui.widgets.scaled_width import ScaledWidth
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.time_field import TimeField

_ELSEWHERE = ((Elsewhere.NOT_ASKED, tr("Not asked")), (Elsewhere.NONE, tr("None")), (Elsewhere.YES, tr("Yes…")))
_ASK = tr("Any injections elsewhere in 12 months?")
_PAGE_LETTERS = frozenset("bkow")
"""Alt with these is the pinboard, the hold, the override and what-if, in every language."""
LEFT_ROWS = 6
"""Patient to note: what is asked. Coverage to elsewhere, right of it in two columns, mostly stands as it is."""
NO_COVERAGE = tr("No coverage on file")
ADD_COVERAGE = "add"
ANY_PROVIDER = tr("Not chosen yet")
_NO_SITE, _NO_PROVIDER = tr("is no site on the list."), tr("is no provider on the list.")


class FormFields:
    """Makes every field once. Values are put in here without telling; what they mean is the form's affair."""

    def __init__(self, context: PageContext, choices: tuple[ProcedureChoice, ...]) -> None:
        services = context.services
        self.patient = PatientField(services.patients, context.tasks)
        self.procedure = ProcedureField(choices)
        self.levels = LevelField()
        self.levels.set_choice(None)
        self.day = DayField(services.clock, name=tr("Date"), placeholder=tr("12/3, +14, fri, n"), takes_next=True)
        self.time = TimeField()
        self.coverage = ChoiceField()
        self.site = PickField(tr("The usual one"), name=tr("Site"), missing=_NO_SITE, adds=True, steps_on=True)
        self.provider = PickField(ANY_PROVIDER, name=tr("Provider"), missing=_NO_PROVIDER, adds=True, steps_on=True)
        self._sites: tuple[Site, ...] = ()
        self._providers: tuple[Provider, ...] = ()
        self._of_visit = False
        self.elsewhere = Segments(_ELSEWHERE, name=_ASK)
        self.technique = Segments(
            ((False, tr("As before")), (True, tr_for("technique", "Changed"))), name=tr("Technique")
        )
        self.note = LineField("", name=tr("Note"))
        self.add_outside = ActionButton(tr("Add what was done elsewhere"), kind="link", small=True)
        self._question = PlainLabel(_ASK, "caption", "ink3", wrap=True)
        self.elsewhere.chosen.connect(lambda _value: self._show_outside())
        self._rows = self._make_rows()
        self.show_coverages([])
        self.show_for(None)
        self._show_outside()

    def rows(self) -> tuple[FormRow, ...]:
        return tuple(self._rows.values())

    def _make_rows(self) -> dict[str, FormRow]:
        taken = set(_PAGE_LETTERS)
        time_label = FieldLabel(with_own_letter(tr("Ti&me"), taken), self.time, width=0)
        time_label.setFixedHeight(30)
        when = with_errors(beside((self.day, 1), (time_label, 0), (self.time, 0)), self.day, self.time)
        ScaledWidth(self.time, 88)
        for field in (self.coverage, self.site, self.provider):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        asked = above(self._question, self.add_outside)
        self._places = with_own_letter(tr("&Levels"), taken), with_own_letter(tr("Re&gions"), taken)
        made: tuple[tuple[str, str, QWidget, QWidget], ...] = (
            ("patient", tr("P&atient"), self.patient, FieldBox(self.patient)),
            ("procedure", tr("Proced&ure"), self.procedure, FieldBox(self.procedure)),
            ("levels", tr("&Levels"), self.levels, FieldBox(self.levels)),
            ("day", tr("&Date"), self.day, when),
            ("technique", tr("Techni&que"), self.technique, self.technique),
            ("note", tr("&Note"), self.note, self.note),
            ("coverage", tr("&Coverage"), self.coverage, FieldBox(self.coverage)),
            ("site", tr("Si&te"), self.site, FieldBox(self.site)),
            ("provider", tr("Prov&ider"), self.provider, FieldBox(self.provider)),
            ("elsewhere", tr("Elsewhe&re"), self.elsewhere, self.elsewhere),
            ("asked", "", self.elsewhere, asked),
        )
        words = {key: self._places[0] if key == "levels" else with_own_letter(text, taken) for key, text, *_ in made}
        return {key: FormRow(FieldLabel(words[key], field), content) for key, _text, field, content in made}

    def clear(self, site: str, provider: str) -> None:
        """Empty everything; site and provider go back to the usual ones."""
        self._of_visit = False
        self.patient.set_value(None)
        self.procedure.set_value(None)
        self.levels.setText("")
        self.levels.set_choice(None)
        self.day.set_day(None)
        self.time.set_time(None)
        self.note.setText("")
        self.show_site(site)
        self.show_provider(provider)
        self.elsewhere.set_value(Elsewhere.NOT_ASKED)
        self.technique.set_value(False)
        self.show_coverages([])
        self.coverage.set_error(None)
        self.show_for(None)
        self._show_outside()

    def show_desk(self, sites: Iterable[Site], providers: Iterable[Provider], site: str, provider: str) -> None:
        """Offer these; what is chosen stays while it is offered, or while it is what a visit has."""
        self._sites, self._providers = tuple(sites), tuple(providers)
        known: tuple[Site | Provider, ...] = (*self._sites, *self._providers)
        kept = {each.id for each in known if each.active or self._of_visit}
        self.show_site(str(self.site.value()) if self.site.value() in kept else site)
        self.show_provider(str(self.provider.value()) if self.provider.value() in kept else provider)

    def show_site(self, site_id: str) -> None:
        """Show a site; one that is offered no more is still shown where a visit has it."""
        offered = [each for each in self._sites if each.active or each.id == site_id]
        self.site.set_picks(Pick(each.id, site_text(each)) for each in offered)
        self.site.set_value(site_id)

    def show_provider(self, provider_id: str) -> None:
        """Show a provider; one that is offered no more is still shown where a visit has it."""
        offered = [each for each in self._providers if each.active or each.id == provider_id]
        self.provider.set_picks(Pick(each.id, each.name, words=(each.short,)) for each in offered)
        self.provider.set_value(provider_id)

    def add_desk(self, added: Site | Provider) -> None:
        """Offer and show what was added just now."""
        if isinstance(added, Site):
            self._sites = (*self._sites, added)
            self.show_site(added.id)
        else:
            self._providers = (*self._providers, added)
            self.show_provider(added.id)

    def show_coverages(self, coverages: Iterable[tuple[Coverage, str]]) -> None:
        choices = [Choice(coverage.id, label, coverage.member_id) for coverage, label in coverages]
        before, somebody = self.coverage.value(), self.patient.value() is not None
        more = [Choice(ADD_COVERAGE, tr("Add a coverage…"))] if somebody else []
        self.coverage.set_choices([*(choices or [Choice("", NO_COVERAGE if somebody else "")]), *more], before or None)
        self.coverage.setEnabled(somebody)

    def show_request(self, request: BookingRequest, choice: ProcedureChoice | None) -> None:
        """Show a request, the patient aside."""
        self._of_visit = True
        self.procedure.set_value(choice)
        self.levels.set_choice(choice)
        self.levels.set_sites(Sites(request.targets, request.nerves, request.lone_nerves, request.body_regions))
        self.day.set_day(request.day)
        self.time.set_time(request.starts)
        self.note.setText(request.note)
        self.elsewhere.set_value(request.elsewhere)
        self.technique.set_value(request.technique_changed)
        if request.coverage_id:
            self.coverage.set_value(request.coverage_id)
        if request.site_id:
            self.show_site(request.site_id)
        if request.provider_id:
            self.show_provider(request.provider_id)
        self.show_for(choice)
        self._show_outside()

    def show_for(self, choice: ProcedureChoice | None) -> None:
        """Show only what this procedure needs."""
        of_body = choice is not None and choice.targets is TargetKind.BODY
        self._rows["levels"].label.setText(self._places[of_body])
        self._rows["technique"].set_shown(choice is not None and choice.family is Family.EPIDURAL)

    def set_only_day(self, only: bool) -> None:
        """Lock all but day and time."""
        for field in (self.patient, self.procedure, self.levels, self.coverage, self.site, self.provider, self.note):
            field.setEnabled(not only)
        self.elsewhere.setEnabled(not only)
        self.technique.setEnabled(not only)

    def _show_outside(self) -> None:
        told = self.elsewhere.value() is Elsewhere.YES
        self.add_outside.setVisible(told)
        self._question.setVisible(not told)
