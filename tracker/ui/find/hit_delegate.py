"""Paints a patient's name with what was typed in bold and underlined."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from tracker.domain.folding import folded
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, tone_of


class HitDelegate(RowDelegate):
    """The property `typed` holds what was looked for."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        name = index.data(Qt.ItemDataRole.DisplayRole) or ""
        painter.setPen(theme.color(tone_of(index, selected)))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        usual, marked = theme.font("strong"), QFont(theme.font("heading"))
        marked.setUnderline(True)
        left = room.left()
        for part, hit in parts_of(name, str(self.property("typed") or "")):
            font = marked if hit else usual
            metrics = QFontMetrics(font)
            rest = QRect(left, room.top(), room.right() - left, room.height())
            shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, rest.width())
            painter.setFont(font)
            painter.drawText(rest, flags, shown)
            left += metrics.horizontalAdvance(part)
            if left >= room.right():
                return


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
    """Return words and the gaps between them, so that nothing is lost."""
    words: list[str] = []
    for char in name:
        if words and char.isalnum() == words[-1][-1].isalnum():
            words[-1] += char
        else:
            words.append(char)
    return words
