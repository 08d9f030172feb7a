"""The lines of a checklist as a list: a glyph and the item at the left, what is on file at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from tracker.domain.checklist_state import ChecklistRow, ItemState
from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate
from tracker.ui.models.record_table_model import RECORD_ROLE, Column
from tracker.ui.theme import glyphs, plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.panel_table import PanelTable

ROW_HEIGHT, TWO_LINES = 26, 40
_ONE_LINE, _ABOVE_AND_BELOW = 24, 8
_GLYPH, _GAP, _BETWEEN = 14, 8, 12
_MOST_SHARE = 0.6
"""Of a line's width, for what is on file: the item is what one reads first."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_STATUSES = {
    ItemState.PRESENT: (Status.OK, Glyph.TICK_DISC),
    ItemState.MISSING: (Status.NO, Glyph.OCTAGON),
    ItemState.SHORT: (Status.CAUTION, Glyph.TRIANGLE),
    ItemState.TICK: (Status.NEUTRAL, Glyph.RING),
}


def looks(row: ChecklistRow) -> tuple[Status, Glyph]:
    """Return how a line looks: what nobody demands is never red."""
    if row.state is ItemState.MISSING and not row.asked:
        return Status.NEUTRAL, Glyph.RING
    return _STATUSES[row.state]


def detail_of(row: ChecklistRow) -> str:
    """Return what stands at the right: what is on file and where from, or what is wrong."""
    match row.state:
        case ItemState.PRESENT:
            return row.detail or tr("from {value}", value=row.origin.label)
        case ItemState.TICK:
            return tr("check off if so") if row.item.only_if else tr("not known, check it off")
        case _:
            wanted = row.told or row.state.label
            return tr("{wanted}, recommended", wanted=wanted) if not row.item.needed else wanted


def identity(row: ChecklistRow) -> tuple[str, str]:
    return row.item.id, row.text


class ChecklistDelegate(RowDelegate):
    """Each line gives what is on file the width of its text, and the rest to the item."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        paint_line(painter, room, index.data(RECORD_ROLE))


def paint_line(painter: QPainter, room: QRect, row: ChecklistRow) -> None:
    """Draw one line of a checklist: glyph and item at the left, what is on file at the right."""
    status, glyph = looks(row)
    top = room.center().y() - _GLYPH / 2 + 0.5
    glyphs.paint(painter, glyph, QRectF(room.left(), top, _GLYPH, _GLYPH), status.ink())
    words = room.adjusted(_GLYPH + _GAP, 0, 0, 0)
    tone = {Status.NO: "no", Status.CAUTION: "caut"}.get(status, "ink2")
    detail = plain_text.one_line(detail_of(row))
    used = _draw(painter, words, detail, theme.font("body"), tone, _RIGHT, int(words.width() * _MOST_SHARE))
    left = words.adjusted(0, 0, -used - _BETWEEN, 0)
    if room.height() < theme.scaled(TWO_LINES):
        _draw(painter, left, plain_text.one_line(row.text), _font_of(row), "ink", _LEFT, left.width())
        return
    painter.setFont(_font_of(row))
    painter.setPen(theme.color("ink"))
    painter.drawText(left, _LEFT | int(Qt.TextFlag.TextWordWrap), plain_text.one_line(row.text))


def height_of(row: ChecklistRow, width: int) -> int:
    """Return how high a line of this width is in which nothing of the item is cut."""
    words = width - _GLYPH - _GAP
    detail = QFontMetrics(theme.font("body")).horizontalAdvance(plain_text.one_line(detail_of(row)))
    room = words - min(detail, int(words * _MOST_SHARE)) - _BETWEEN
    metrics, item = QFontMetrics(_font_of(row)), plain_text.one_line(row.text)
    if metrics.horizontalAdvance(item) <= room:
        return theme.scaled(_ONE_LINE)
    wrapped = metrics.boundingRect(QRect(0, 0, max(room, 1), 9999), int(Qt.TextFlag.TextWordWrap), item)
    return max(theme.scaled(TWO_LINES), wrapped.height() + theme.scaled(_ABOVE_AND_BELOW))


def _font_of(row: ChecklistRow) -> QFont:
    return theme.font("strong" if looks(row)[0] is Status.NO else "body")


def _draw(painter: QPainter, room: QRect, text: str, font: QFont, tone: str, where: int, most: int) -> int:
    """Draw the text, cut to `most` pixels, and return how many it took."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    painter.drawText(room, where, shown)
    return metrics.horizontalAdvance(shown)


class ChecklistTable(PanelTable):
    """No heads; one column, read out as item and what is on file. Enter is the panel's."""

    most = 12

    def __init__(self, parent: QWidget) -> None:
        item = Column[ChecklistRow](tr("Item"), lambda row: row.text, lambda row: f"{row.text}, {detail_of(row)}")
        super().__init__(
            (item,), parent, name=tr("Checklist"), row_height=ROW_HEIGHT, identity=identity, sortable=False
        )
        self._delegates = (*self._delegates, ChecklistDelegate(self))
        self.setItemDelegateForColumn(0, self._delegates[-1])
        self.horizontalHeader().hide()
