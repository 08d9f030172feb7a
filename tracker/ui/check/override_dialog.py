"""Books against the answer for one of eight reasons, each with the next step that the program then takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.booking import Override, OverrideReason
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.ui.check.form_columns import FormColumns, FormRow
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.tasks import LatestOnly, TaskRunner
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import FieldLabel, LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.tab_chain import chain


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with its words, and what its fields are called ("" for none)."""

    number: int
    reason: OverrideReason
    text: str
    reference: str = ""
    note: str = tr("Note")


REASONS = (
    Reason(1, OverrideReason.PAYER_EXCEPTION, tr("The payer approved an exception"), tr("Reference")),
    Reason(2, OverrideReason.OTHER_SITE, tr("An earlier date was at another side or level: the count is wrong")),
    Reason(3, OverrideReason.NOT_PERFORMED, tr("An earlier date was not performed")),
    Reason(4, OverrideReason.OTHER_PAYER, tr("Another payer paid on the earlier date")),
    Reason(5, OverrideReason.SELF_PAY, tr("The patient pays; the notice is signed")),
    Reason(6, OverrideReason.CLINICIAN_APPEAL, tr("The clinician directs it and will appeal or call the payer")),
    Reason(7, OverrideReason.URGENT, tr("Urgent, as the clinician says"), tr("Clinician")),
    Reason(8, OverrideReason.OTHER, tr("Another reason"), "", tr("Why")),
)
_COLUMNS: tuple[Column[Reason], ...] = (
    Column("", lambda row: row.number, longest="8", tone=lambda _row: "ink3", spoken=tr("Reason")),
    Column(tr("Reason"), lambda row: row.text),
)
ROW, _LEAST_ROWS = 30, 2


class OverrideDialog(BaseDialog):
    """`wanted` carries the Override; the dialog stays until whoever opened it closes it or shows what is missing."""

    help_place = "overrides#reasons"
    wanted = Signal(object)

    def __init__(
        self,
        patient: Patient,
        what: str,
        status: Status,
        headline: str,
        button: str,
        next_steps: Callable[[Override], str],
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Book with a reason"), parent, width=600)
        self._next_steps = next_steps
        self._latest = LatestOnly(tasks, self)
        self.reasons = RecordTable(_COLUMNS, self, name=tr("Reason"), row_height=ROW, sortable=False)
        self.reference = LineField("", self, name=tr("Reference"))
        self.note = LineField("", self, name=tr("Note"))
        self.step = PlainLabel("", "body", "ink2", self, wrap=True)
        self.book = ActionButton(button, self)
        self._build(patient, what, status, headline)
        self._connect()
        self.reasons.set_rows(REASONS)
        self.reasons.select_row(0)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, patient: Patient, what: str, status: Status, headline: str) -> None:
        self.name = PlainLabel(patient.name, "strong", "ink", self, elide=True)
        self.identifiers = PlainLabel(f"{us_date(patient.born)}   {patient.mrn}", "body", "ink2", self)
        person = QHBoxLayout()
        person.setSpacing(12)
        person.addWidget(self.name)
        person.addWidget(self.identifiers)
        person.addStretch(1)
        self.body.addLayout(person)
        self.answer = StatusLabel(status, headline, self)
        self.body.addWidget(self.answer)
        self.body.addWidget(PlainLabel(what, "body", "ink", self, wrap=True))
        frame = Ground("surface", self, lines="tb")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 1, 0, 1)
        inside.addWidget(self.reasons)
        self.reasons.horizontalHeader().hide()
        self.reasons.setMinimumHeight(_LEAST_ROWS * ROW)
        self.body.addWidget(frame, 1)
        self._reference_row = FormRow(FieldLabel(tr("&Reference"), self.reference), self.reference)
        self._note_row = FormRow(FieldLabel(tr("&Note"), self.note), self.note)
        self.body.addWidget(FormColumns((self._reference_row, self._note_row), self))
        self.step.setMinimumHeight(40)
        self.step.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.step)
        close = self.add_close()
        self.add_button(self.book, primary=True)
        chain(self.note, close, self.book)

    def showEvent(self, event: QShowEvent) -> None:
        """Show all reasons where the window below is high enough; where it is not they scroll, and the buttons stay."""
        super().showEvent(event)
        home, layout = self.parentWidget(), self.layout()
        if home is not None and layout is not None:
            layout.activate()
            wanted = layout.totalMinimumSize().height() - self.reasons.minimumHeight() + self.reasons.content_height()
            self.reasons.setMaximumHeight(self.reasons.content_height())
            self.resize(self.width(), min(wanted, home.window().height() - 16))

    def _connect(self) -> None:
        self.reasons.row_chosen.connect(self._on_reason_chosen)
        self.reasons.row_activated.connect(self._on_reason_taken)
        for each in REASONS:
            shortcut = QShortcut(QKeySequence(str(each.number)), self.reasons)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda place=each.number - 1: self._take(place))
        self.reference.textEdited.connect(self._show_step)
        self.note.textEdited.connect(self._show_step)
        self.book.clicked.connect(self._on_book)

    def override(self) -> Override:
        """Return what is chosen and typed."""
        chosen = self._reason()
        reference = self.reference.text() if chosen.reference else ""
        return Override(chosen.reason, self.note.text().strip(), reference.strip())

    def _reason(self) -> Reason:
        record = self.reasons.current_record()
        return record if isinstance(record, Reason) else REASONS[0]

    def _take(self, place: int) -> None:
        """Choose a reason by its number, and go where something has to be typed for it."""
        self.reasons.select_row(place)
        self._on_reason_taken(self._reason())

    @Slot(object)
    def _on_reason_taken(self, reason: Reason) -> None:
        field = self.reference if reason.reference else self.note if reason.reason is OverrideReason.OTHER else None
        (field or self.book).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _on_reason_chosen(self, reason: Reason | None) -> None:
        if reason is None:
            return
        self.notice.clear()
        self._reference_row.set_shown(bool(reason.reference))
        self._reference_row.label.setText(f"&{reason.reference}" if reason.reference else "")
        self.reference.setAccessibleName(reason.reference)
        self._note_row.label.setText(f"&{reason.note}")
        self.note.setAccessibleName(reason.note)
        self._show_step()

    @Slot()
    def _show_step(self) -> None:
        wanted = self.override()
        self._latest.run(lambda: self._next_steps(wanted), self.step.setText)

    @Slot()
    def _on_book(self) -> None:
        self.notice.clear()
        self.book.setEnabled(False)
        self.wanted.emit(self.override())

    def show_refusal(self, error: Exception) -> None:
        """Say what is missing, and let it be mended."""
        self.book.setEnabled(True)
        self.notice.show_error(error)
