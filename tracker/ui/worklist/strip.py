"""A strip at the foot of the detail panel: one act, few fields, Enter saves, Escape leaves and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.ui.form_draft import FormDraft
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scroll_column import ScrollColumn
from tracker.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from tracker.domain.authorization_request import AuthorizationRecord
    from tracker.domain.patient import Patient
    from tracker.services import Services
    from tracker.services.authorizations.holds import HoldChange
    from tracker.ui.pages.page import PageContext

LABEL_WIDTH = 76
_LEAST_HEIGHT, _MOST_WIDTH = 40, 460
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Plan:
    """What saving does. `after` is the record as it would be, where saving it can put booked visits on hold."""

    write: Callable[[], Done[AuthorizationRecord]]
    after: AuthorizationRecord | None = None


class Strip(Ground):
    """Subclasses put fields into `form` under a name, and say in `plan` what saving does, unless they write nothing.

    `save_wanted` and `left` come from the keys and the buttons. Visits that saving would put on hold are listed once
    before it is done; the next Enter does it.
    """

    title = ""
    button = tr("Save")
    writes = True

    save_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self.fields: dict[str, QWidget] = {}
        self.consented = False
        self.form_draft: FormDraft | None = None
        self._heading = Heading(self.title, "heading", parent=self)
        self._who = PlainLabel("", "caption", "ink2", self, elide=True)
        self.notice = NoticeBar(self)
        self.form = FormGrid(self, ground="panel", label_width=LABEL_WIDTH)
        self.save_button = ActionButton(self.button, self, key="Enter", kind="primary")
        self.leave_button = ActionButton(tr("Leave"), self, key="Esc")
        self.save_button.clicked.connect(self.save_wanted)
        self.leave_button.clicked.connect(self.left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 12)
        self._column.setSpacing(6)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._who)
        self._column.addWidget(_FormArea(self.form, self))
        self._column.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self._column.addLayout(row)

    def prepare(self, context: PageContext) -> None:
        """Fetch what the fields offer; called once, when the strip is opened first."""

    def keep_draft(self, context: PageContext, place: str) -> None:
        """Keep on file what is typed from now on, so that a crash takes nothing away."""
        self.form_draft = FormDraft(place, self.form, self.notice, context, self)

    def served(self) -> None:
        """What was typed is done: nothing of it stays on file."""
        if self.form_draft is not None:
            self.form_draft.forget()

    def plan(self, services: Services) -> Plan:
        """Return what saving does. Raises InvalidEntryError for what is still missing."""
        raise NotImplementedError

    def set_title(self, text: str) -> None:
        self._heading.setText(text)

    def add_text(self, label: PlainLabel) -> None:
        """Put a text above the fields."""
        self._column.insertWidget(2, label)

    def name_patient(self, patient: Patient, what: str) -> None:
        """Say with two identifiers whose request it is."""
        self._who.setText(f"{patient.name}  {us_date(patient.born)}  {what}")

    def add(self, name: str, words: str, field: QWidget, beside: tuple[str, str, QWidget] | None = None) -> None:
        """Put a field, or two in one line, into the form, each under the name that errors give it."""
        self.fields[name] = field
        if beside is not None:
            self.fields[beside[0]] = beside[2]
        self.form.add(words, field, beside[1:] if beside else None)

    def seal(self) -> None:
        """Take what stands in the fields now as the beginning, and put Tab in order; called when all are added."""
        self.form.chain_focus()
        last = list(self.fields.values())[-1]
        QWidget.setTabOrder(last, self.save_button)
        QWidget.setTabOrder(self.save_button, self.leave_button)
        self._begun = self.form.state()

    def touched(self) -> bool:
        """Tell whether something was typed or chosen."""
        return self.form.state() != self._begun

    def focus(self) -> None:
        """Put the hands into the first field."""
        self.form.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def settle(self) -> bool:
        """Say below the fields what is no date; True when nothing is wrong."""
        days = [field for field in self.fields.values() if isinstance(field, DayField)]
        settled = [field.settle() for field in days]
        return all(settled)

    def show_error(self, error: Exception) -> None:
        """Say what is wrong below the field that it is about, else above the buttons; typed text stays."""
        about = error.about if isinstance(error, InvalidEntryError) else ""
        field = self.fields.get(about)
        if isinstance(field, LineField | ChoiceField) and isinstance(error, TrackerError):
            field.set_error(error.sentence())
            field.setFocus()
        else:
            self.notice.show_error(error)

    def ask_consent(self, changes: Iterable[HoldChange]) -> None:
        """List the visits that saving puts on hold; saving once more does it."""
        self.consented = True
        told = " ".join(change.sentence for change in changes)
        self.notice.show_sentence(Status.CAUTION, tr("Saving moves visits. {told}", told=told))
        self.save_button.setText(tr("Save all the same"))

    def set_busy(self, busy: bool) -> None:
        self.save_button.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            if self.leave_button.hasFocus():
                self.left.emit()
            elif self.save_button.isEnabled():
                self.save_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _FormArea(ScrollColumn):
    """As high as the form, sentences included; on low windows it scrolls."""

    def __init__(self, form: FormGrid, parent: QWidget) -> None:
        self._form = form  # Qt's own __init__ asks eventFilter already
        super().__init__(parent, ground="panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_LEAST_HEIGHT)
        form.setMaximumWidth(_MOST_WIDTH)
        self.column.addWidget(form)
        form.installEventFilter(self)

    def sizeHint(self) -> QSize:
        wide = min(self.viewport().width(), _MOST_WIDTH)
        return QSize(super().sizeHint().width(), self._form.height_for(wide) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # sentences wrap by the width

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._form and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)


def text_of(field: QWidget) -> str:
    """Return what was typed, without blanks at the ends."""
    return field.text().strip() if isinstance(field, QLineEdit) else ""


def day_of(field: QWidget) -> date | None:
    return field.day() if isinstance(field, DayField) else None


def value_of(field: QWidget) -> object:
    return field.value() if isinstance(field, ChoiceField | Segments) else None
