"""The lines of a checklist as a list: a glyph and the item at the left, what is on file at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from tracker.domain.checklist_state import ChecklistRow, ItemState
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import PADDING, Index, RowDelegate
from tracker.ui.models.record_table_model import RECORD_ROLE, RIGHT, Column
from tracker.ui.theme import glyphs
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.panel_table import PanelTable

ROW_HEIGHT = 26
_GLYPH, _GAP = 14, 8
_MOST_SHARE = 0.5
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
            return row.detail or f"from {row.origin.value}"
        case ItemState.TICK:
            return "tick if so" if row.item.only_if else "not known, tick it"
        case _:
            wanted = row.detail or row.state.value
            return f"{wanted}, recommended" if not row.item.needed else wanted


def _tone(row: ChecklistRow) -> str:
    return {Status.NO: "no", Status.CAUTION: "caut"}.get(looks(row)[0], "ink2")


def identity(row: ChecklistRow) -> tuple[str, str]:
    return row.item.id, row.text


class ChecklistDelegate(RowDelegate):
    """The first column: the glyph in its colour, the words in ink, strong where something is missing."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        row = index.data(RECORD_ROLE)
        status, glyph = looks(row)
        top = room.center().y() - _GLYPH / 2 + 0.5
        glyphs.paint(painter, glyph, QRectF(room.left(), top, _GLYPH, _GLYPH), status.ink())
        words = room.adjusted(_GLYPH + _GAP, 0, 0, 0)
        font = theme.font("strong" if status is Status.NO else "body")
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        shown = QFontMetrics(font).elidedText(row.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class ChecklistTable(PanelTable):
    """No heads; Enter is the panel's."""

    most = 12

    def __init__(self, parent: QWidget) -> None:
        columns = (
            Column[ChecklistRow]("Item", lambda row: row.text),
            Column[ChecklistRow]("On file", detail_of, alignment=RIGHT, tone=_tone),
        )
        super().__init__(columns, parent, name="Checklist", row_height=ROW_HEIGHT, identity=identity, sortable=False)
        self._delegates = (*self._delegates, ChecklistDelegate(self))
        self.setItemDelegateForColumn(0, self._delegates[-1])
        self.horizontalHeader().hide()

    def _fit(self) -> None:
        """Give what is on file the width of its text, but never more than its share: the item is what one reads."""
        metrics, room = QFontMetrics(theme.font("body")), self.viewport().width()
        widest = max((metrics.horizontalAdvance(detail_of(row)) for row in self.records()), default=0)
        right = min(widest + 2 * PADDING + 2, int(room * _MOST_SHARE))
        self.setColumnWidth(0, room - right)
        self.setColumnWidth(1, right)
