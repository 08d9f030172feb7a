"""How an injection helped: per cent and months in two short fields, and above them the scores that prove it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import Response
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.relief_entry import figure_text, parse_months, parse_percent
from tracker.domain.response_entry import SCALES, check_score, parse_score, percent_of, same_scale
from tracker.services.changes import Done
from tracker.services.words.wording import event_text, us_partial
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.pick_field import Pick, PickField

if TYPE_CHECKING:
    from tracker.services.answers.entries import EventRow
    from tracker.services.patients.responses import ResponseSheet

NOT_RECORDED = tr("not recorded")


class ResponseDialog(SavingDialog):
    """An empty field takes a figure away. Begins in per cent, or with `at` in the scores.

    What is on file beside the injection is read after the dialog has opened; typing need not wait for it.
    """

    help_place = "patient#relief"

    def __init__(
        self,
        context: PageContext,
        patient: Patient,
        row: EventRow,
        parent: QWidget,
        *,
        at: Literal["percent", "scores"] = "percent",
    ) -> None:
        super().__init__(context, tr("Relief"), tr("Save"), parent, beside=identity_of(patient), width=560)
        self._patient_id = patient.id
        self._row = row
        self._sheet: ResponseSheet | None = None
        self.say(f"{event_text(row.event)}, {us_partial(row.event.when)}")
        self._build()
        self.told = NoticeBar(self)
        self.body.addWidget(self.told)
        self.percent.setText(figure_text(row.event.relief_percent))
        self.months.setText(figure_text(row.event.relief_months))
        self.finish()
        first = self.before if at == "scores" else self.percent
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()
        service, event_id = context.services.responses, row.event.id
        context.tasks.run(self, lambda: service.sheet(event_id), self._show_sheet, self._on_unread)

    def _build(self) -> None:
        self.scale = PickField(tr("such as NRS 0-10"), self, name=tr("Scale of pain"), free=True)
        self.scale_after = PickField(tr("the same"), self, name=tr("Scale of the score after"), free=True)
        for field in (self.scale, self.scale_after):
            field.set_picks(Pick(scale, scale) for scale in SCALES)
        self.before = LineField(tr("score before"), self, name=tr("Pain before, one number"))
        self.after = LineField(tr("score after"), self, name=tr("Pain after, one number"))
        self.function = LineField(tr("such as ODI 46 to 20, walks a mile"), self, name=tr("Function"))
        self.percent = LineField(NOT_RECORDED, self, name=tr("Relief in percent"))
        self.months = LineField(NOT_RECORDED, self, name=tr("How many months it helped"))
        self.form.add(tr("&Scale"), self.scale, (tr("&then"), self.scale_after))
        self.form.add(tr("&Before"), self.before, (tr("&After"), self.after))
        self.form.add(tr("&Function"), self.function)
        self.form.add(tr("&Percent"), self.percent, (tr("&Months"), self.months))
        for typed in (self.scale, self.scale_after, self.before, self.after, self.percent):
            typed.textChanged.connect(self._tell)

    # What is on file

    def _show_sheet(self, sheet: ResponseSheet) -> None:
        """Fill in what is on file where nothing was typed meanwhile."""
        self._sheet = sheet
        untouched, known = self.form.state() == self._before, sheet.blank()
        for field, text in (
            (self.scale, known.scale),
            (self.scale_after, known.scale_after),
            (self.before, figure_text(known.before)),
            (self.after, figure_text(known.after)),
            (self.function, known.function),
        ):
            if not field.text():
                field.setText(text)
                field.setCursorPosition(len(text) if field.hasFocus() else 0)
        if untouched:
            self._before = self.form.state()
        self.keep_draft(f"response {self._row.event.id}")
        focused = self.focusWidget()
        if isinstance(focused, LineField):
            focused.selectAll()

    def _on_unread(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self.context.tasks.unseen.emit(error)

    @Slot()
    def _tell(self) -> None:
        """Say beside per cent what the scores make, and below what does not fit together."""
        typed = self._typed()
        if typed is None:
            return
        wanted, percent = typed
        one_scale = not wanted.scale_after or same_scale(wanted.scale, wanted.scale_after)
        made = percent_of(wanted.before, wanted.after) if one_scale else None
        self.percent.set_echo(
            tr("{figure_text} % by the scores", figure_text=figure_text(made))
            if made is not None and percent is None
            else ""
        )
        notes = self._sheet.notes(wanted, percent) if self._sheet else ()
        said = self.told.sentence()
        if notes:
            self.told.show_sentence(Status.CAUTION, " ".join(notes))
        else:
            self.told.clear()
        if self.told.sentence() != said:
            self._fit_height()

    def _typed(self) -> tuple[Response, float | None] | None:
        """Return what stands in the fields, None while something in them has no meaning."""
        try:
            percent = parse_percent(self.percent.text())
            before, after = parse_score(self.before.text()), parse_score(self.after.text())
        except InvalidEntryError:
            return None
        return self._response(before, after), percent

    def _response(self, before: float | None, after: float | None) -> Response:
        known = self._sheet.blank() if self._sheet else Response(self._row.event.id)
        return replace(
            known,
            scale=self.scale.text().strip(),
            scale_after=self.scale_after.text().strip(),
            before=before,
            after=after,
            function=self.function.text().strip(),
        )

    # Saving

    def work(self) -> Callable[[], Done[Any]] | None:
        for field in (self.scale, self.scale_after):
            field.settle()
        scale = self.scale.text().strip()
        before = read_into(self.before, lambda text: _score_on(text, scale))
        after = read_into(self.after, lambda text: _score_on(text, self.scale_after.text().strip() or scale))
        percent = read_into(self.percent, parse_percent)
        months = read_into(self.months, parse_months)
        if self.form.first_wrong() is not None:
            return None
        service, patient_id, row = self.context.services.responses, self._patient_id, self._row
        wanted, read = self._response(before, after), self._sheet is not None

        def save() -> Done[Any]:
            known = wanted if read else _beside(service.sheet(row.event.id).blank(), wanted)
            return service.record(patient_id, known, percent, months, row.version)

        return save

    def place(self, error: TrackerError) -> bool:
        if getattr(error, "about", "") != "scale":
            return False
        self.scale.set_error(error.sentence())
        return True


def _beside(on_file: Response, typed: Response) -> Response:
    """Return what is on file with what was typed before it could be read."""
    return replace(
        on_file,
        scale=typed.scale or on_file.scale,
        scale_after=typed.scale_after or on_file.scale_after,
        before=on_file.before if typed.before is None else typed.before,
        after=on_file.after if typed.after is None else typed.after,
        function=typed.function or on_file.function,
    )


def _score_on(text: str, scale: str) -> float | None:
    score = parse_score(text)
    check_score(score, scale)
    return score


def read_into(field: LineField, read: Callable[[str], float | None]) -> float | None:
    """Return the figure, or say below the field what is wrong with it."""
    try:
        figure = read(field.text())
    except InvalidEntryError as error:
        field.set_error(error.sentence())
        return None
    field.set_error(None)
    return figure
