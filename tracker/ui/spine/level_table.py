"""The levels as a plain table with boxes to tick: the same choice as the picture, for whom rows suit better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from tracker.domain.anatomy import Level, Side, Target
from tracker.domain.language import tr
from tracker.domain.procedure import Sites, TargetKind
from tracker.domain.us_dates import us_date
from tracker.services.answers.site_marks import SiteMark, SpineMarks, targets_of
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate
from tracker.ui.models.record_table_model import RIGHT, Column, RecordTableModel
from tracker.ui.spine.choice import SiteChoice
from tracker.ui.theme import glyphs
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.widgets.record_table import RecordTable

_BOX = 16.0
_SIDES = {1: Side.LEFT, 2: Side.RIGHT}
"""The columns with boxes. A procedure without sides ticks the first of them."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level: its places with their marks, and which of them are chosen."""

    level: Level
    places: tuple[Target, ...]
    marks: tuple[SiteMark, ...]
    chosen: frozenset[Target]
    asked: date | None = None

    def place(self, side: Side) -> Target | None:
        """Return the place of a side; the midline stands in for the left where there are no sides."""
        sides = (side, Side.MIDLINE) if side is Side.LEFT else (side,)
        return next((place for place in self.places if place.side in sides), None)

    def ticked(self, side: Side) -> bool:
        return self.place(side) in self.chosen


def _tick(row: LevelRow, side: Side) -> str:
    if row.place(side) is None:
        return "–"
    return tr("chosen") if row.ticked(side) else tr("not chosen")


def _used(row: LevelRow) -> str:
    counts = {mark.target.side: mark.used for mark in row.marks}
    if set(counts) == {Side.LEFT, Side.RIGHT} and counts[Side.LEFT] != counts[Side.RIGHT]:
        return tr("L {left}, R {right}", left=counts[Side.LEFT], right=counts[Side.RIGHT])
    return str(max(counts.values())) if counts else "–"


def _latest(row: LevelRow) -> str:
    days = [mark.latest for mark in row.marks if mark.latest]
    return us_date(max(days)) if days else "–"


def _next(row: LevelRow) -> str:
    later = [mark.earliest for mark in row.marks if mark.earliest and mark.earliest > (row.asked or date.min)]
    if later:
        return us_date(max(later), weekday=True)
    return tr("free") if any(mark.earliest for mark in row.marks) else "–"


def _columns() -> tuple[Column[LevelRow], ...]:
    return (
        Column(tr("Level"), lambda row: row.level.order, lambda row: row.level.label, longest="T12-L1", strong=True),
        Column(tr("Left"), lambda row: row.ticked(Side.LEFT), lambda row: _tick(row, Side.LEFT), longest="Left"),
        Column(tr("Right"), lambda row: row.ticked(Side.RIGHT), lambda row: _tick(row, Side.RIGHT), longest="Right"),
        Column(tr("Last date"), _latest, longest="00/00/0000"),
        Column(tr("Used"), _used, alignment=RIGHT, longest="L 0, R 0", spoken=tr("Used in 12 months")),
        Column(tr("Next date"), _next, longest="Wed 00/00/0000"),
    )


class _TickModel(RecordTableModel):
    """Its two columns of boxes are real check boxes to screen readers."""

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() in _SIDES:
            row: LevelRow = self.record(index.row())
            if row.place(_SIDES[index.column()]) is None:
                return None
            return Qt.CheckState.Checked if row.ticked(_SIDES[index.column()]) else Qt.CheckState.Unchecked
        return super().data(index, role)


class _TickDelegate(RowDelegate):
    """Draws a box, ticked or not; a ring round the one that Space would tick."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint_content(self, painter: QPainter, room: Any, index: Index, selected: bool) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        box = QRectF(room.left(), room.center().y() - _BOX / 2 + 0.5, _BOX, _BOX)
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        painter.setPen(QPen(theme.color("accent" if ticked else "edge"), 2 if ticked else 1))
        painter.setBrush(theme.color("ctl"))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            glyphs.paint(painter, Glyph.TICK, box.adjusted(1, 1, -1, -1), theme.color("accent"))
        view = self.parent()
        if isinstance(view, LevelTable) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.color("focus"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 4, 4)


class LevelTable(RecordTable):
    """`changed` carries the Sites after a tick. Space ticks where the keys are, B both sides; M mirrors, C clears."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        model = _TickModel(_columns(), None, identity=lambda row: row.level.name)
        super().__init__((), parent, name=tr("Levels as a table"), row_height=28, sortable=False, model=model)
        model.setParent(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choice = SiteChoice()
        self._kind = TargetKind.FACET
        self._marks = SpineMarks()
        self._ticks = _TickDelegate(self)
        for column in _SIDES:
            self.setItemDelegateForColumn(column, self._ticks)
        self._show()

    def places(self) -> tuple[Target, ...]:
        """Return every place that has a box."""
        return targets_of(self._kind)

    def set_kind(self, kind: TargetKind) -> None:
        if kind is not self._kind:
            self._kind = kind
            self._show()

    def set_sites(self, sites: Sites) -> None:
        """Tick what was typed; says nothing."""
        if self._choice.take(sites):
            self._show()
            if sites.levels and not self.hasFocus():
                self.select_record(sites.levels[0].name)

    def set_marks(self, marks: SpineMarks) -> None:
        self._marks = marks
        self._show()

    def _show(self) -> None:
        column = self.currentIndex().column()
        self.set_rows(self._rows())
        if column > 0:
            self.setCurrentIndex(self.record_model().index(self.currentIndex().row(), column))

    def _rows(self) -> Iterable[LevelRow]:
        levels: dict[Level, list[Target]] = {}
        for place in self.places():
            levels.setdefault(place.level, []).append(place)
        chosen = self._choice.places()
        for level in sorted(levels, key=lambda level: level.order):
            marks = (self._marks.mark(place) for place in levels[level])
            yield LevelRow(
                level, tuple(levels[level]), tuple(mark for mark in marks if mark), chosen, self._marks.asked
            )

    def current_place(self) -> Target | None:
        """Return the place whose box the keys are on, the level's first one in other columns."""
        row: LevelRow | None = self.current_record()
        if row is None:
            return None
        return row.place(_SIDES.get(self.currentIndex().column(), Side.LEFT)) or row.places[0]

    def mark(self, place: Target) -> SiteMark | None:
        return self._marks.mark(place)

    def ticked(self, place: Target) -> bool:
        return place in self._choice

    def _toggle(self, places: Iterable[Target]) -> None:
        self._choice.toggle(places)
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit(self._choice.sites())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, place = self.current_record(), self.current_place()
        if event.modifiers() or row is None or place is None:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Space:
                self._toggle([place])
            case Qt.Key.Key_B:
                self._choice.add(row.places)
                self._tell()
            case Qt.Key.Key_M:
                self._choice.mirror()
                self._tell()
            case Qt.Key.Key_C:
                self._toggle(self._choice.in_order())
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.column() in _SIDES and (place := self.current_place()) is not None:
            self._toggle([place])
