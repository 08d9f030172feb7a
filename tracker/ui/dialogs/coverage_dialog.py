"""Adds a coverage, or changes one: who pays, from when to when, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr, tr_for
from tracker.domain.patient import Patient
from tracker.services.changes import Done
from tracker.ui.dialogs.coverage_effects import CoverageEffects
from tracker.ui.dialogs.payer_dialog import PayerDialog
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.patient.patient_words import ORDERS
from tracker.ui.theme.status import Status
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.widgets.segments import Segments

_MOST_TOLD = 6
_BY_POLICY, _YES, _NO = tr("by policy"), "yes", "no"
_REQUIRED = {None: _BY_POLICY, True: _YES, False: _NO}


class CoverageDialog(SavingDialog):
    """Payers are those that the clinic works with, self-pay among them. `proposed` fills the fields of a new one.

    That its payer is switched off is said, and the visits that it touches are listed, before it is saved. A payer that
    is added on the way is told by `acted` too.
    """

    help_place = "patient#coverage"

    def __init__(
        self,
        context: PageContext,
        patient: Patient,
        parent: QWidget,
        coverage: Coverage | None = None,
        *,
        proposed: Coverage | None = None,
    ) -> None:
        title, save = (tr("Change coverage"), tr("Save")) if coverage else (tr("New coverage"), tr("Add coverage"))
        super().__init__(context, title, save, parent, beside=identity_of(patient), width=600)
        self._patient_id = patient.id
        self._coverage = coverage
        self._build(coverage or proposed or Coverage(""))
        self.off = NoticeBar(self)
        self.effects = CoverageEffects(context, patient.id, self)
        for widget in (self.off, self.effects):
            self.body.addWidget(widget)
            self.make_room_for(widget)
        self._follow()
        self.finish()
        self.keep_draft(f"coverage {coverage.id}" if coverage else f"coverage of {patient.id}")

    def _build(self, coverage: Coverage) -> None:
        today = self.context.services.clock.today()
        self.payer = PickField(tr("Type a name, or self-pay"), self, missing=tr("is no payer on the list."), adds=True)
        self.payer.add_wanted.connect(self._add_payer)
        self.plan = LineField("", self)
        self.member = LineField("", self)
        self.start = DayField(today, self, read=read_day, placeholder=tr("no beginning"))
        self.end = DayField(today, self, read=read_day, placeholder=tr_for("end", "open"))
        self.order = ChoiceField([Choice(order, tr("pays {word}", word=word)) for order, word in ORDERS.items()], self)
        choices = ((_BY_POLICY, tr("By the policy")), (_YES, tr("Required")), (_NO, tr("Not required")))
        self.required = Segments(choices, self, name=tr("Authorization"))
        self._show(coverage)
        self.form.add(tr("&Payer"), self.payer)
        self.form.add(tr("P&lan"), self.plan, (tr("&Member id"), self.member))
        self.form.add(tr("&From"), self.start, (tr("&To"), self.end))
        self.form.add(tr("&Order"), self.order)
        self.form.add(tr("&Authorization"), self.required)

    def _follow(self) -> None:
        """Tell what saving would do, while one types."""
        for field in (self.plan, self.member, self.start, self.end):
            field.textChanged.connect(self._on_changed)
        self.payer.picked.connect(self._on_changed)
        self.order.chosen.connect(self._on_changed)
        self.required.chosen.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        unread = any(field.text().strip() and field.day() is None for field in (self.start, self.end))
        typed = None if unread or self.payer.value() is None else self._typed()
        self.effects.look_at(typed)
        today = self.context.services.clock.today()
        off = self.context.services.desk.off_words((typed,), today) if typed is not None and typed.payer else ()
        self.off.show_sentence(Status.CAUTION, " ".join(off))

    def _show(self, coverage: Coverage) -> None:
        self._offer_payers(coverage.payer)
        self.plan.setText(coverage.plan)
        self.member.setText(coverage.member_id)
        self.start.set_day(coverage.start)
        self.end.set_day(coverage.end)
        self.order.set_value(coverage.order)
        self.required.set_value(_REQUIRED[coverage.authorization_required])

    def _offer_payers(self, chosen: str) -> None:
        """Offer those that the clinic works with, and the one that is chosen."""
        desk = self.context.services.desk
        offered = desk.offered_payers()
        other = (chosen, dict(desk.payers()).get(chosen, chosen))
        more = () if not chosen or chosen in dict(offered) else (other,)
        self.payer.set_picks(
            Pick(payer, name, words=(payer, *desk.payer_aliases(payer))) for payer, name in (*offered, *more)
        )
        self.payer.set_value(chosen)

    @Slot(str)
    def _add_payer(self, typed: str) -> None:
        dialog = PayerDialog(self.context, self, typed=typed)
        dialog.acted.connect(self._take_payer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _take_payer(self, done: Done[str]) -> None:
        self._offer_payers(done.value)
        self.plan.setFocus()
        self.acted.emit(done)

    def work(self) -> Callable[[], Done[Any]] | None:
        if self.payer.settle() and self.payer.value() is None:
            self.payer.set_error(tr("Choose the payer; self-pay is one of them."))
        fits = self.start.settle() and self.end.settle()
        start, end = self.start.day(), self.end.day()
        if fits and start and end and start > end:
            self.end.set_error(tr("The coverage ends before it begins. Correct one of the two dates."))
        if self.form.first_wrong() is not None:
            return None
        coverage = self._typed()
        patients, patient_id = self.context.services.patients, self._patient_id
        save = patients.change_coverage if self._coverage else patients.add_coverage
        return lambda: save(patient_id, coverage)

    def _typed(self) -> Coverage:
        """Return the coverage as the fields say it now."""
        return replace(
            self._coverage or Coverage(""),
            payer=str(self.payer.value()),
            plan=self.plan.text().strip(),
            member_id=self.member.text().strip(),
            start=self.start.day(),
            end=self.end.day(),
            order=int(str(self.order.value())),
            authorization_required={_YES: True, _NO: False}.get(str(self.required.value())),
        )
