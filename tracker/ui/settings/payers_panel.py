"""Which payers the clinic works with, what it calls their plans, and the days that it keeps for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr, tr_n
from tracker.domain.patient import Holder
from tracker.domain.reminders import Thresholds
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.services.desk.plan_terms import MOST_HOLDERS, Holders, PayerRow
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.dialogs.people_dialog import PeopleDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.patient.patient_words import coverage_span
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.settings.people_panels import SWITCH
from tracker.ui.settings.plan_dialogs import PlanNamesDialog, PlanTermsDialog
from tracker.ui.theme.status import Status
from tracker.ui.widgets.keys_held import read_first


def thresholds_text(days: Thresholds | None) -> str:
    """Return "7, 14, 30", "" for none of its own."""
    return f"{days.first}, {days.second}, {days.third}" if days else ""


def _follow_up(row: PayerRow) -> str:
    own = row.terms.follow_up
    return "" if own is None else tr_n("{n} business day", "{n} business days", own)


def _of_plans(row: PayerRow) -> str:
    return ", ".join(terms.plan for terms in row.of_plans)


class PayersPanel(ListPanel):
    """Those that are off stand below, grey; nothing of them on file changes."""

    id = "payers"
    title = tr("Payers and plans")
    help_place = "settings#payers-and-plans"
    add_words = tr("Add payer…")
    add_call, call = "plan_terms.add_payer", "plan_terms.change"
    columns = (
        Column(tr("Payer"), lambda row: row.name, strong=True, fit=260, least=160),
        Column(tr("Offered"), lambda row: tr("Yes") if row.on else tr("No"), longest=tr("Offered")),
        Column(tr("Plans"), lambda row: ", ".join(row.plans), fit=300, least=200),
        Column(tr("Ask again after"), _follow_up, longest=tr("00 business days")),
        Column(tr("Reminders"), lambda row: thresholds_text(row.terms.thresholds), longest="000, 000, 000"),
        Column(tr("Own days for"), _of_plans, fit=160, least=90, drops=1),
        Column(tr("Rules"), lambda row: tr("None on file") if row.own else "", fit=120, drops=2),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("A payer that is switched off is offered no more; coverages on file stay. Empty: as under Reminders.")
        super().__init__(context, parent, lead=lead, past=lambda row: not row.on, identity=lambda row: row.id)
        self.offer(tr("Days…"), "Enter", self.change, call=self.call)
        self.offer(tr("Plan names…"), "N", self.name_plans, call="plan_terms.name_plans")
        self.offer(tr("On or off"), SWITCH, self.switch, call="plan_terms.switch")
        self.offer(tr("Patients…"), "P", self.list_people)
        self.people: PeopleDialog | None = None
        self.end_bar()

    def read(self) -> Iterable[PayerRow]:
        return self.context.services.plan_terms.list()

    def primary(self) -> None:
        self.open(PayerDialog(self.context, self))

    def change(self, row: PayerRow) -> None:
        if self.may(self.call):
            self.open(PlanTermsDialog(self.context, row, self))

    def name_plans(self, row: PayerRow) -> None:
        """Type what the clinic calls the payer's plans."""
        self.open(PlanNamesDialog(self.context, row, self))

    def switch(self, row: PayerRow) -> None:
        """Offer the payer no more, or again."""
        self.notice.clear()
        switch = self.context.services.plan_terms.switch

        def tell(done: Done[str]) -> None:
            self._on_switched(done, row)

        self.context.tasks.run(self, lambda: switch(row.id, not row.on), tell, self.show_failure)

    def _on_switched(self, done: Done[str], before: PayerRow) -> None:
        """Tell it; who still has a payer that is off now is listed at once."""
        self.acted.emit(done)
        if before.on:
            self._look_up(before.id, at_once=True)

    def list_people(self, row: PayerRow) -> None:
        """List who has the payer, whether it is on or off."""
        self.notice.clear()
        self._look_up(row.id)

    def _look_up(self, payer: str, *, at_once: bool = False) -> None:
        holders = self.context.services.plan_terms.holders
        show = self._show_left if at_once else self._show_people
        read_first(self.context.tasks, self, lambda: holders(payer), show, self.show_failure)

    def _show_left(self, holders: Holders) -> None:
        if holders.count:
            self._show_people(holders)

    def _show_people(self, holders: Holders) -> None:
        if not holders.count:
            self.notice.show_sentence(Status.NEUTRAL, tr("No patient has {payer}.", payer=holders.payer))
            return
        dialog = self.people = people_dialog(holders, self.window())
        dialog.chosen.connect(lambda each: self.patient_at_wanted.emit(PatientStart(each.patient.id, "coverage")))
        dialog.finished.connect(self._on_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def people_dialog(holders: Holders, parent: QWidget) -> PeopleDialog:
    """Return the list of who has a payer, those with a coming visit first."""
    count = tr_n("{n} patient has it", "{n} patients have it", holders.count)
    if len(holders.people) == MOST_HOLDERS:
        count = tr("{count}; the first {n} lines are shown", count=count, n=MOST_HOLDERS)
    return PeopleDialog(tr("Who has {payer}", payer=holders.payer), _PEOPLE, holders.people, parent, beside=count,
                        lead=_NEXT, help_place="settings#payers-and-plans")  # fmt: skip


_NEXT = tr(
    "Coverages stay on file, and visits are judged by them as before. Where the patient has another payer now, Enter"
    " leads to the coverages: give this one its last day and add the new one."
)
_PEOPLE: tuple[Column[Holder], ...] = (
    Column(tr("Patient"), lambda each: each.patient.name, strong=True, fit=180),
    Column(tr("Born"), lambda each: each.patient.born, lambda each: us_date(each.patient.born),
           below=True),
    Column(tr("Record no."), lambda each: each.patient.mrn, drops=3),
    Column(tr("Plan"), lambda each: each.coverage.plan, fit=150, drops=1),
    Column(tr("In force"), lambda each: coverage_span(each.coverage), fit=180, drops=2),
    Column(tr("Next visit"), lambda each: each.next_visit or date.max,
           lambda each: us_date(each.next_visit) if each.next_visit else tr("none")),
)  # fmt: skip
