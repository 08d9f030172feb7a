"""Attaches a denied claim to an injection, corrects one, or takes it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.event import Event
from tracker.domain.language import tr
from tracker.domain.money_entry import dollars_text, parse_dollars
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.services.words.wording import event_text, us_partial
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.desk.denials import DenialRow


class DenialDialog(SavingDialog):
    """Below the code stands, in our own words, what it means and what to do first."""

    help_place = "patient#denied-claims"

    def __init__(
        self, context: PageContext, patient: Patient, event: Event, parent: QWidget, row: DenialRow | None = None
    ) -> None:
        title, save = (tr("Correct denied claim"), tr("Save")) if row else (tr("Denied claim"), tr("Add denial"))
        super().__init__(context, title, save, parent, beside=identity_of(patient), width=640)
        self._event = event
        self._row = row
        said = tr("We had said: {said}.", said=row.said) if row and row.said else ""
        self.say(f"{event_text(event)}, {us_partial(event.when)}", said)
        self._build()
        self.meaning = PlainLabel("", "body", "ink2", self, wrap=True)
        self.meaning.setMinimumHeight(56)
        self.body.addWidget(self.meaning)
        self.code.picked.connect(self._show_meaning)
        self.code.textChanged.connect(self._show_meaning)
        if row is not None:
            self._show(row.denial)
            self.remove = self.add_button(ActionButton(tr("Take out"), self, kind="quiet"), left=True)
            self.remove.clicked.connect(self._on_remove)
        self._show_meaning()
        self.finish()
        self.keep_draft(f"denial {row.denial.id}" if row else f"denial of {event.id}")

    def _build(self) -> None:
        codes, today = self.context.services.denials.codes, self.context.services.clock.today()
        self.code = PickField(tr("such as 151 or CO-151"), self, name=tr("Reason code"), free=True)
        self.code.set_picks(Pick(each.code, each.code, each.meaning) for each in codes.denials.values())
        self.remark = PickField(tr("none"), self, name=tr("Remark code"), free=True)
        self.remark.set_picks(Pick(each.code, each.code, each.meaning) for each in codes.remarks.values())
        self.day = DayField(today, self, read=read_day, name=tr("Denied on"))
        self.day.set_day(today)
        self.amount = LineField(tr("dollars"), self, name=tr("Amount in dollars"))
        self.note = LineField("", self, name=tr("Note"))
        self.form.add(tr("&Reason"), self.code, (tr("Re&mark"), self.remark))
        self.form.add(tr("&Denied on"), self.day, (tr("&Amount"), self.amount))
        self.form.add(tr("&Note"), self.note)

    def _show(self, denial: ClaimDenial) -> None:
        group = f"{denial.group_code}-" if denial.group_code else ""
        self.code.setText(f"{group}{denial.reason_code}")
        self.remark.setText(denial.remark_code)
        self.day.set_day(denial.denied_on)
        self.amount.setText(dollars_text(denial.cents))
        self.note.setText(denial.note)

    @Slot()
    def _show_meaning(self) -> None:
        found = self.context.services.denials.codes.find_denial(self.code.text()) if self.code.text().strip() else None
        parts = (found.meaning, found.cause, tr("First: {first_step}", first_step=found.first_step)) if found else ()
        self.meaning.setText(" ".join(part for part in parts if part))

    def work(self) -> Callable[[], Done[Any]] | None:
        self.code.settle()
        self.remark.settle()
        if not self.code.text().strip():
            self.code.set_error(
                tr("Type the number of the reason, such as 151; it stands beside the amount on the notice.")
            )
        day = self.day.day() if self.day.settle() else None
        if day is None and not self.day.error():
            self.day.set_error(tr("Type the day of the notice."))
        cents = self._cents()
        if self.form.first_wrong() is not None or day is None:
            return None
        denial = replace(
            self._row.denial if self._row else ClaimDenial(self._event.id, day, ""),
            denied_on=day,
            reason_code=self.code.text().strip(),
            remark_code=self.remark.text().strip(),
            group_code="",
            cents=cents,
            note=self.note.text().strip(),
        )
        service = self.context.services.denials
        return lambda: service.correct(denial) if self._row else service.add(denial)

    def _cents(self) -> int | None:
        try:
            cents = parse_dollars(self.amount.text())
        except InvalidEntryError as error:
            self.amount.set_error(error.sentence())
            return None
        self.amount.set_error(None)
        return cents

    def place(self, error: TrackerError) -> bool:
        fields = {"code": self.code, "remark": self.remark, "day": self.day, "amount": self.amount}
        field = fields.get(getattr(error, "about", ""))
        if field is None:
            return False
        field.set_error(error.sentence())
        return True

    @Slot()
    def _on_remove(self) -> None:
        row, service = self._row, self.context.services.denials
        if row is not None and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.context.tasks.run(self, lambda: service.remove(row.denial), self._on_saved, self._on_failed)
