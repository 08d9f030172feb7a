"""The counted events of an answer as a small table: number, date, what, where, relief, and when each stops counting."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from tracker.domain.language import tr
from tracker.ui.check.answer_view import CountedRow
from tracker.ui.check.marks import paint_number
from tracker.ui.delegates.row_delegate import RowDelegate
from tracker.ui.models.record_table_model import RECORD_ROLE, RIGHT, Column
from tracker.ui.widgets.record_table import RecordTable

ROW = 24
_COLUMNS: tuple[Column[CountedRow], ...] = (
    Column("", lambda row: row.number, longest="000", spoken=tr("Counted")),
    Column(tr("Date"), lambda row: row.day, lambda row: row.when, longest="00/00/0000"),
    Column(tr("Procedure"), lambda row: row.procedure, fit=190, drops=2),
    Column(tr("Level and side"), lambda row: row.where, fit=260, whole=True),
    Column(tr("Relief"), lambda row: row.relief, alignment=RIGHT, longest="100%", drops=1),
    Column(
        tr("Leaves the count on"),
        lambda row: row.leaves,
        tone=lambda row: "accent" if row.frees else "ink",
        longest="Wed 00/00/0000",
    ),
)


class CountedTable(RecordTable):
    """As high as its rows: it never scrolls by itself. One tab stop, passed over while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _COLUMNS,
            parent,
            name=tr("Counted events"),
            row_height=ROW,
            identity=lambda row: row.event_id,
            sortable=False,
        )
        self._numbers = NumberDelegate(self)
        self.setItemDelegateForColumn(0, self._numbers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Iterable[CountedRow]) -> None:
        """Show these rows; nothing happens when they stand there already."""
        wanted = tuple(rows)
        if wanted != self.records():
            self.set_rows(wanted)
        self.setVisible(bool(wanted))
        self.setFixedHeight(self.content_height() - 1)  # the next row brings its own line


class NumberDelegate(RowDelegate):
    """Draws the number of a row as a disc."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        self._paint_ground(painter, option.rect, index, False)
        centre = QPointF(option.rect.left() + 26, option.rect.center().y() + 0.5)
        paint_number(painter, centre, index.data(RECORD_ROLE).number)
        painter.restore()
