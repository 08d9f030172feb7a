"""Which payers the clinic works with, what it calls their plans, and the days that it keeps for them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr, tr_n
from tracker.domain.reminders import Thresholds
from tracker.services.desk.plan_terms import PayerRow
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.settings.people_panels import SWITCH
from tracker.ui.settings.plan_dialogs import PlanNamesDialog, PlanTermsDialog


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
        self.act(lambda: self.context.services.plan_terms.switch(row.id, not row.on))
