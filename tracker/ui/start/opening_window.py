"""Stands alone on the screen while something is made ready, and says why when it cannot be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.failures_text import parts_of
from tracker.ui.start.gate_window import GateWindow
from tracker.ui.start.program_mark import ProgramMark
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel


class OpeningWindow(GateWindow):
    """Shows a sentence; after `show_refusal` title, detail and remedy of an error, and the ways on."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", QSize(560, 380), parent)
        self.title = Heading("", "subtitle", parent=self, wrap=True)
        self.detail = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.remedy = PlainLabel("", "body", parent=self, wrap=True)
        self.copy = ActionButton(tr("Copy text"), self, icon="copy")
        self.quit = ActionButton(tr("Quit"), self)
        self.again = ActionButton(tr("Try again"), self, key="Enter", kind="primary")
        self.again.setDefault(True)
        self._bar = Ground("panel", self, lines="t")
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(ProgramMark(28, self))
        head.addWidget(Heading(tr("Injection Tracker"), "title", parent=self), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = Ground("surface")
        words = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        for label in (self.title, self.detail, self.remedy):
            words.addWidget(label)
        words.addStretch(1)
        scroll.setWidget(inside)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 16)
        body.setSpacing(20)
        body.addLayout(head)
        body.addWidget(scroll, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(body, 1)
        outer.addWidget(self._filled_bar())

    def _filled_bar(self) -> QWidget:
        self._bar.setFixedHeight(54)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.again)
        return self._bar

    def _connect(self) -> None:
        self.copy.clicked.connect(self._on_copy_clicked)
        self.quit.clicked.connect(self.close)
        self.again.clicked.connect(self.again_wanted)

    def set_busy(self, words: str) -> None:
        """Say what is going on."""
        self._bar.hide()
        self._show_words(words, "", "")

    def show_refusal(self, error: Exception) -> None:
        """Say what could not be done, why, and what to do."""
        self._show_words(*parts_of(error))
        self._bar.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self, title: str, detail: str, remedy: str) -> None:
        for label, text in ((self.title, title), (self.detail, detail), (self.remedy, remedy)):
            label.setText(text)
            label.setVisible(bool(text))

    @Slot()
    def _on_copy_clicked(self) -> None:
        shown = (self.title.text(), self.detail.text(), self.remedy.text())
        QGuiApplication.clipboard().setText("\n".join(text for text in shown if text))
