"""Opens the clinic by its recovery code: the six groups, whose password is set anew, and the password."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.recovery_code import parse_code
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.new_password import NewPassword
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.tab_chain import chain

_OPEN = tr("Open the clinic")
_WHAT = tr(
    "The code lies in the clinic's sealed envelope. It sets one person's password anew, is put on record, and is good"
    " once: the next code is shown as soon as the clinic is open."
)


class RecoveryWindow(GateWindow):
    """`code_given` carries code, user and new password, looked at as far as it can be here; `back_wanted` leaves."""

    code_given = Signal(str, str, str)
    back_wanted = Signal()

    def __init__(self, users: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__("surface", QSize(620, 520), parent)
        self.notice = NoticeBar(self)
        self.code = LineField(tr("six groups of six"), self)
        self.user = ChoiceField([Choice(each, each) for each in users], self)
        self.new = NewPassword(self)
        self.back = ActionButton(tr("Back"), self, key="Esc", bind=True)
        self.open_button = ActionButton(_OPEN, self, key="Ctrl+Enter", kind="primary")
        self._build()
        self.back.clicked.connect(self.back_wanted)
        self.open_button.clicked.connect(self._on_open)
        self.new.again.returnPressed.connect(self._on_open)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_open)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.form = FormGrid(self, label_width=120)
        self.form.add(tr("&Code"), self.code)
        self.form.add(tr("&Whose password"), self.user)
        self.form.add(tr("&New password"), self.new.password)
        self.form.add(tr("&Again"), self.new.again)
        self.form.add_below(self.new.strength)
        inside = Ground("surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(Heading(tr("Recovery code"), "title", parent=inside))
        column.addWidget(PlainLabel(_WHAT, "body", "ink2", inside, wrap=True))
        for widget in (self.notice, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea(self)  # a small screen at 200 % is lower than the form
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        bar = Ground("panel", self, lines="t")
        bar.setFixedHeight(54)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.open_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(bar)
        self.form.chain_focus()
        chain(self.form.last(), self.back, self.open_button)

    @Slot()
    def _on_open(self) -> None:
        if not self.open_button.isEnabled():
            return
        self.notice.clear()
        password = self.new.read()
        try:
            parse_code(self.code.text())
        except InvalidEntryError as error:
            self.code.set_error(error.sentence())
        wrong = self.form.first_wrong()
        if wrong is not None or password is None:
            (wrong or self.new.password).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_busy(tr("Opening…"))
        self.code_given.emit(self.code.text(), str(self.user.value() or ""), password)

    def set_busy(self, words: str) -> None:
        """Show what is going on in the button, "" when nothing is; the window waits meanwhile."""
        self.open_button.setText(words or _OPEN)
        for widget in (self.open_button, self.back, self.form):
            widget.setEnabled(not words)

    def show_refusal(self, error: Exception) -> None:
        """Say in place why it was not opened; nothing typed is lost."""
        self.set_busy("")
        about: dict[str, LineField | ChoiceField] = {
            "code": self.code, "password": self.new.password, "user": self.user,
        }  # fmt: skip
        field = about.get(getattr(error, "about", ""))
        if field is not None and isinstance(error, TrackerError):
            field.set_error(error.sentence())
        else:
            self.notice.show_error(error)
        (field or self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop code and passwords."""
        self.code.clear()
        self.new.forget()
        self.set_busy("")
