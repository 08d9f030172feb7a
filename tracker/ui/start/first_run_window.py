"""The first start on a computer: set up this clinic, try the demo, or open a clinic that exists."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.start.clinic_form import ClinicForm
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.start.program_mark import ProgramMark
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.icon_mark import IconMark
from tracker.ui.widgets.plain_label import PlainLabel

_FACTS = (
    tr("Says what may be booked, and if not, when."),
    tr("Encrypted on this computer."),
    tr("No network needed."),
)
_SET_UP = tr("Set up the clinic")
_NARROW, _SMALLEST, _LOWEST = 760, 600, 240
"""Narrower, as a small screen is at 200 %, the form needs the side's room and the buttons two rows."""


class FirstRunWindow(GateWindow):
    """`clinic_wanted` carries a NewClinic whose fields have been looked at."""

    clinic_wanted = Signal(object)
    demo_wanted = Signal()
    existing_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", QSize(880, 600), parent)
        self.setMinimumSize(_SMALLEST, _LOWEST)  # what does not fit side by side is arranged anew
        self.form = ClinicForm(self)
        self.set_up = ActionButton(_SET_UP, self, key="Ctrl+Enter", kind="primary")
        self.demo = ActionButton(tr("Try the demo clinic"), self)
        self.existing = ActionButton(tr("Open a clinic that exists…"), self)
        self.restore = ActionButton(tr("Restore a backup…"), self)
        self._build()
        self._connect()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        self._side_panel = self._side()
        top.addWidget(self._side_panel)
        top.addWidget(self._scrolled_form(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top, 1)
        outer.addWidget(self._bar())

    def _scrolled_form(self) -> QWidget:
        area = QScrollArea(self)  # a small screen at 200 % is lower than the form
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        return area

    def _side(self) -> QWidget:
        side = Ground("nav", self, lines="r")
        side.setFixedWidth(232)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(ProgramMark(28, side))
        head.addWidget(Heading(tr("Injection Tracker"), "subtitle", parent=side), 1)
        column.addLayout(head)
        column.addSpacing(8)
        for fact in _FACTS:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(IconMark("check", "ok", 16, side), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(fact, "body", "ink2", side, wrap=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        return side

    def _bar(self) -> QWidget:
        bar = Ground("panel", self, lines="t")
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._rows.setContentsMargins(24, 12, 24, 12)
        self._rows.setSpacing(8)
        ways, act = QHBoxLayout(), QHBoxLayout()
        ways.setSpacing(8)
        for button in (self.demo, self.existing, self.restore):
            ways.addWidget(button)
        ways.addStretch(1)
        act.addStretch(1)
        act.addWidget(self.set_up)
        self._rows.addLayout(ways, 1)
        self._rows.addLayout(act)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._side_panel.setVisible(self.width() >= _NARROW)
        both = self.demo, self.existing, self.restore, self.set_up
        needs = sum(button.sizeHint().width() + 8 for button in both) + 48
        self._rows.setDirection(directions.LeftToRight if self.width() >= needs else directions.TopToBottom)

    def _connect(self) -> None:
        self.set_up.clicked.connect(self._on_set_up)
        self.form.confirmed.connect(self._on_set_up)
        self.demo.clicked.connect(self.demo_wanted)
        self.existing.clicked.connect(self.existing_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_set_up)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)  # lists to choose from keep keys
        self.form.clinic.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_set_up(self) -> None:
        if not self.set_up.isEnabled():
            return
        self.form.notice.clear()
        entered = self.form.read()
        if entered is not None:
            self.set_busy(tr("Setting up…"))
            self.clinic_wanted.emit(entered)

    def set_busy(self, words: str) -> None:
        """Show what is going on in the button, "" when nothing is; the window waits meanwhile."""
        self.set_up.setText(words or _SET_UP)
        for widget in (self.set_up, self.demo, self.existing, self.restore, self.form):
            widget.setEnabled(not words)

    def show_refusal(self, error: Exception) -> None:
        """Say in place why it could not be done; nothing typed is lost."""
        self.set_busy("")
        self.form.notice.show_error(error)

    def forget(self) -> None:
        """Drop the passwords."""
        self.form.forget()
        self.set_busy("")
