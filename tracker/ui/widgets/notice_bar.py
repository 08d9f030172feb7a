"""One sentence in place: what went wrong or is worth knowing, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.ui import failures_text
from tracker.ui.announcing import announce
from tracker.ui.theme import glyphs
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.faces import paint_tint
from tracker.ui.widgets.plain_label import PlainLabel


class NoticeBar(QWidget):
    """Hidden while there is nothing to say. With a step it has a button; `step_wanted` comes when it is pressed."""

    step_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = Status.NEUTRAL
        self._label = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.button = ActionButton("", self, small=True)
        self.button.hide()
        self.button.clicked.connect(self.step_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(34, 6, 12, 6)
        row.addWidget(self._label, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_sentence(self, status: Status, sentence: str, step: str = "") -> None:
        """Say it, also by ear; what already stands here is not said again."""
        told = self.sentence()
        self._status = status
        self._label.setText(sentence)
        self._label.set_tone(status.token)
        self.setAccessibleName(sentence)
        self.button.setText(step)
        self.button.setVisible(bool(step))
        self.setVisible(bool(sentence))
        if sentence != told:
            announce(self, sentence, urgent=status is Status.NO)
        self.update()

    def show_error(self, error: Exception, step: str = "") -> None:
        """Say what an error means for the desk."""
        self.show_sentence(Status.NO, failures_text.sentence_of(error), step)

    def show_failure(self, error: Exception, sentence: str, step: str) -> bool:
        """Say what a mendable error means, or `sentence`; True where it is a bug, which has to be shown as one."""
        bug = not isinstance(error, TrackerError)
        if bug:
            self.show_sentence(Status.NO, sentence, step)
        else:
            self.show_error(error, step)
        return bug

    def clear(self) -> None:
        self.show_sentence(Status.NEUTRAL, "")

    def sentence(self) -> str:
        return self._label.text() if not self.isHidden() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tint(painter, QRectF(self.rect()), self._status.tint(), self._status.ink())
        glyphs.paint(painter, self._status.glyph, QRectF(12, 9, 14, 14), self._status.ink())
