"""The rows below a headline: a light word at the left, and what is to be said at the right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.verdict import Source
from tracker.ui import theme
from tracker.ui.check.answer_view import OpenRow, Remark
from tracker.ui.theme import plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.marked_line import MarkedLine
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.plain_label import PlainLabel

WORD, NARROW_WORD = 100, 84
_NARROW_BELOW = 480
_LINK = 24
_TOP = Qt.AlignmentFlag.AlignTop


class FactRow(QWidget):
    """A line above, a word, and content. Hidden while there is nothing to say."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = PlainLabel(word, "caption", "ink3", self, wrap=True)
        self._word.setFixedWidth(WORD)
        self._word.setContentsMargins(0, 1, 0, 0)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(4)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(0)
        self._row.addWidget(self._word, 0, _TOP)
        self._row.addLayout(self.content, 1)
        self.hide()

    def is_narrow(self) -> bool:
        return self.width() < theme.scaled(_NARROW_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._word.setFixedWidth(theme.scaled(NARROW_WORD) if self.is_narrow() else WORD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.color("line"))


class LinesRow(FactRow):
    """As many sentences as there are; lines once made are kept and used again."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self._lines: list[MarkedLine] = []

    def texts(self) -> tuple[str, ...]:
        """Return what is shown."""
        return tuple(line.label.text() for line in self._lines if not line.isHidden()) if not self.isHidden() else ()

    def show_remarks(self, remarks: Iterable[Remark]) -> None:
        self._show([(each.text, each.status.glyph, each.status) for each in remarks])

    def show_texts(self, texts: Iterable[str], glyph: Glyph | None = None) -> None:
        self._show([(text, glyph, None) for text in texts])

    def show_open(self, rows: Iterable[OpenRow]) -> None:
        self._show([(row.text, Glyph.RING, None) for row in rows])

    def _show(self, lines: list[tuple[str, Glyph | None, Status | None]]) -> None:
        while len(self._lines) < len(lines):
            line = MarkedLine(self)
            self._lines.append(line)
            self.content.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(lines))
            if place < len(lines):
                line.show_line(*lines[place])
        self.setVisible(bool(lines))


class RuleRow(FactRow):
    """The document behind the answer, how well it is known, and its address to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Rule"), parent)
        self.label = PlainLabel("", parent=self, wrap=True, selectable=True)
        self.pips = EvidencePips(parent=self)
        self.copy = ActionButton(tr("Copy link"), self, kind="link", small=True)
        self.copy.clicked.connect(self._on_copy_clicked)
        self._address = ""
        self.copy.setFixedHeight(_LINK)
        self._row.setContentsMargins(16, 4, 16, 4)  # with the height of the link as high as the other rows
        self._word.setContentsMargins(0, 3, 0, 0)
        proof = QHBoxLayout()
        proof.setSpacing(8)
        proof.addLayout(_lower(self.pips, 3))
        proof.addWidget(self.copy, 0, _TOP)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._line.addLayout(_lower(self.label, 2), 1)
        self._line.addLayout(proof)
        proof.addStretch(1)
        self.content.addLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the proof below the document where both would leave it a few words a line."""
        super().resizeEvent(event)
        directions, narrow = QBoxLayout.Direction, self.is_narrow()
        self._line.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._line.setSpacing(0 if narrow else 8)

    def show_source(self, source: Source | None, text: str) -> None:
        self.setVisible(source is not None)
        if source is not None:
            self.label.setText(text)
            self.pips.show_grade(source.grade)
            self._address = source.url
            self.copy.setVisible(bool(source.url))
            self.copy.set_tip(source.url)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.copy.setText(tr("Copied"))


def _lower(widget: QWidget, pixels: int) -> QVBoxLayout:
    """Return a layout with the widget so far below its top: on the line of words of the link beside it."""
    column = QVBoxLayout()
    column.setContentsMargins(0, pixels, 0, 0)
    column.addWidget(widget, 0, _TOP)
    return column


class CodesRow(FactRow):
    """The codes that the visit will have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("If booked"), parent)
        self.codes = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.codes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.levels = PlainLabel("", "body", "ink3", self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.codes, 1)
        line.addWidget(self.levels)
        self.content.addLayout(line)

    def show_codes(self, codes: str, levels: str) -> None:
        self.setVisible(bool(codes))
        self.codes.setText(codes)
        self.codes.setAccessibleName(plain_text.spoken(codes))
        self.levels.setText(levels)

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())
