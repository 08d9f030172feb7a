"""What the clinic's contracts give for a code: for money at risk, never for billing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.money_entry import dollars_text, parse_dollars
from tracker.services.changes import Done
from tracker.services.desk.money import NOT_FOR_BILLING, dollars
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_field import Pick, PickField


@dataclass(frozen=True, slots=True)
class Amount:
    """What one payer's contract gives for one code, in cents."""

    payer: str
    payer_name: str
    code: str
    label: str
    cents: int


class AmountsPanel(ListPanel):
    """One line a payer and code."""

    id = "amounts"
    title = tr("Contracted amounts")
    help_place = "settings#contracted-amounts"
    add_words = tr("Add amount…")
    add_call = call = "money.set_contracted"
    empty_words = tr("No contract is entered: money at risk goes by Medicare's national figures.")
    columns = (
        Column(tr("Payer"), lambda row: row.payer_name, strong=True, fit=300),
        Column(tr("Code"), lambda row: row.code, longest="00000"),
        Column(tr("Amount"), lambda row: row.cents, lambda row: dollars(row.cents), RIGHT, longest="$100,000.00"),
        Column(tr("What it is"), lambda row: row.label, tone=lambda _row: "ink2"),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Used for money at risk where a claim names no amount.") + " " + tr(NOT_FOR_BILLING)
        super().__init__(context, parent, lead=lead, identity=lambda row: (row.payer, row.code))
        self.offer(tr("Change…"), "Enter", self.change, call=self.call)
        self.offer(tr("Take away"), "Del", self.take_away, call=self.call)
        self.end_bar()

    def read(self) -> Iterable[Amount]:
        services = self.context.services
        names, labels = dict(services.desk.payers()), dict(services.money.codes())
        rows = [
            Amount(payer, names.get(payer, payer), code, labels.get(code, ""), cents)
            for payer, codes in services.money.contracted().items()
            for code, cents in codes.items()
        ]
        return sorted(rows, key=lambda row: (row.payer_name.casefold(), row.code))

    def primary(self) -> None:
        if self.may(self.call):
            self.open(AmountDialog(self.context, self))

    def change(self, row: Amount) -> None:
        if self.may(self.call):
            self.open(AmountDialog(self.context, self, row))

    def take_away(self, row: Amount) -> None:
        """Take the amount away; Ctrl+Z brings it back."""
        self.act(lambda: self.context.services.money.set_contracted(row.payer, row.code, None))


class AmountDialog(SavingDialog):
    """Payer and code stand fast while an amount is changed."""

    help_place = "settings#contracted-amounts"

    def __init__(self, context: PageContext, parent: QWidget, amount: Amount | None = None) -> None:
        title, save = (tr("Change amount"), tr("Save")) if amount else (tr("New amount"), tr("Add amount"))
        super().__init__(context, title, save, parent, beside=tr(NOT_FOR_BILLING))
        desk = context.services.desk
        self.payer = PickField(tr("Type a name"), self, missing=tr("is no payer on the list."))
        self.payer.set_picks(Pick(payer, name, words=(payer,)) for payer, name in desk.payers())
        self.code = PickField("64493", self, missing=tr("is no code of our list. Type five digits."))
        self.code.set_picks(Pick(code, code, label) for code, label in context.services.money.codes())
        self.amount = LineField("312.40", self)
        if amount is not None:
            self.payer.set_value(amount.payer)
            self.code.set_value(amount.code)
            self.amount.setText(dollars_text(amount.cents))
            self.payer.setEnabled(False)
            self.code.setEnabled(False)
        self.form.add(tr("&Payer"), self.payer)
        self.form.add(tr("&Code"), self.code)
        self.form.add(tr("&Dollars"), self.amount)
        self.finish()
        if amount is not None:
            self.amount.setFocus()

    def work(self) -> Callable[[], Done[Any]] | None:
        for field, sentence in ((self.payer, tr("Choose the payer.")), (self.code, tr("Choose the code."))):
            if field.settle() and field.value() is None:
                field.set_error(sentence)
        try:
            cents = parse_dollars(self.amount.text())
        except InvalidEntryError as error:
            cents = None
            self.amount.set_error(error.sentence())
        if cents is None and not self.amount.error():
            self.amount.set_error(tr("Type dollars, such as 312.40."))
        if self.form.first_wrong() is not None:
            return None
        payer, code = str(self.payer.value()), str(self.code.value())
        set_contracted = self.context.services.money.set_contracted
        return lambda: set_contracted(payer, code, cents)

    def place(self, error: TrackerError) -> bool:
        field = {"code": self.code, "amount": self.amount}.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
