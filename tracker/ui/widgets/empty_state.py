"""What stands where a list is empty: why, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.plain_label import PlainLabel


class EmptyState(QWidget):
    """A sentence, an explanation, a button. `wanted` comes when the button is pressed."""

    wanted = Signal()

    def __init__(
        self, sentence: str = "", detail: str = "", step: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = Heading(sentence, "heading", parent=self, wrap=True)
        self._detail = PlainLabel(detail, "body", "ink2", self, wrap=True)
        self.button = ActionButton(step, self, key=key)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._sentence)
        column.addWidget(self._detail)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.show_words(sentence, detail, step)

    def show_words(self, sentence: str, detail: str = "", step: str = "") -> None:
        """Change all three; without a step there is no button."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.setText(step)
        self.button.setVisible(bool(step))

    def sentence(self) -> str:
        return self._sentence.text()
