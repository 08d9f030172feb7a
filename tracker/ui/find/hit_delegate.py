"""Paints a patient's name with what was typed in bold and underlined."""

from __future__ import annotations

from unicodedata import combining

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from tracker.domain.folding import folded
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, cell_of, tone_in
from tracker.ui.widgets.word_paint import paint_words


class HitDelegate(RowDelegate):
    """The property `typed` holds what was looked for."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        found = cell_of(index)
        if found is None:
            return
        column, record, past = found
        painter.setPen(theme.color(tone_in(column, record, past, selected)))
        left, typed = room.left(), str(self.property("typed") or "")
        for part, hit in parts_of(column.text(record), typed):
            role: theme.Role = "heading" if hit else "strong"
            rest = QRect(left, room.top(), room.right() - left, room.height())
            shown = theme.elided(part, role, rest.width())
            paint_words(painter, QRectF(rest), shown, role)
            if hit:
                _underline(painter, rest, theme.text_width(shown, role))
            left += theme.text_width(part, role)
            if left >= room.right():
                return


def _underline(painter: QPainter, room: QRect, width: int) -> None:
    """Draw the line where the font has it: words with a line of their own would have to be shaped for each row."""
    metrics = theme.fonts.metrics("heading")
    base = room.top() + (room.height() - metrics.height()) // 2 + metrics.ascent()
    painter.fillRect(room.left(), base + metrics.underlinePos(), width, metrics.lineWidth(), painter.pen().color())


def parts_of(name: str, typed: str) -> list[tuple[str, bool]]:
    """Cut a name where its words begin as what was typed does: ("Whit", True), ("aker, Doris", False)."""
    wanted = [word for word in folded(typed).replace(",", " ").split() if word]
    parts: list[tuple[str, bool]] = []
    for word in _words(name):
        found = next((len(w) for w in wanted if folded(word).startswith(w)), 0)
        if found:
            parts.append((word[:found], True))
        if word[found:]:
            parts.append((word[found:], False))
    return parts


def _words(name: str) -> list[str]:
    """Return words and the gaps between them, so that nothing is lost; an accent stays with its letter."""
    words: list[str] = []
    for char in name:
        if words and (combining(char) or char.isalnum() == words[-1][-1].isalnum()):
            words[-1] += char
        else:
            words.append(char)
    return words
