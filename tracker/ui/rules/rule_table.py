"""The list of rules as sentences, two lines each, with the mark that matters and the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.verdict import Grade
from tracker.services.rule_library.library_views import RuleState, RuleView
from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate, meet_line, tone_of
from tracker.ui.models.record_table_model import RECORD_ROLE, Column
from tracker.ui.rules.rule_words import mark_of, place_words
from tracker.ui.widgets.marks import paint_pips, pips_width
from tracker.ui.widgets.record_table import RecordTable

ROW_HEIGHT, NARROW_ROW_HEIGHT = 46, 62
"""Two lines, or three where the window is narrow."""
_TO_KNOW = 1
_AIR = 10


class RuleTable(RecordTable):
    """With `across` rules of many payers: each sentence then begins with its payer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._across = False
        columns: tuple[Column[RuleView], ...] = (
            Column(tr("Rule"), lambda view: view.key, self._text, tone=_tone),
            Column(tr("To know"), lambda view: mark_of(view)[1], status=lambda view: mark_of(view)[0],
                   tone=lambda _view: "ink2", longest=tr("Denied though allowed 00"), drops=1),
            Column(tr("Evidence"), lambda view: view.source.grade.value,
                   lambda view: view.source.grade.label.lower(), longest="Evidence  0000"),
        )  # fmt: skip
        super().__init__(
            columns,
            parent,
            name=tr("Rules"),
            row_height=ROW_HEIGHT,
            past=lambda view: view.state in (RuleState.OFF, RuleState.ENDED),
            identity=lambda view: view.key,
            sortable=False,
        )
        self.setItemDelegateForColumn(0, SentenceDelegate(self))
        self.setItemDelegateForColumn(2, PipsDelegate(self))
        meet_line(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_rows(self, records: Iterable[RuleView]) -> None:
        """Show these rules; the current one stays so when it was switched off, brought back or changed meanwhile."""
        before = self.current_record()
        super().set_rows(records)
        if before is not None and self._records.row_of(before.key) < 0:
            same = (row for row, view in enumerate(self.records()) if _is_same(view, before))
            self.select_row(next(same, -1))

    def set_across(self, across: bool) -> None:
        """Tell whether rules of many payers are listed."""
        self._across = across

    def _fit(self) -> None:
        """Leave the room of the marks to the sentences while no rule has one."""
        marked = any(mark_of(view)[1] for view in self.records())
        self.widths.fit(self.choice, frozenset() if marked else frozenset({_TO_KNOW}))

    def _text(self, view: RuleView) -> str:
        return f"{place_words(view)}: {view.sentence}" if self._across else view.sentence


def _is_same(view: RuleView, before: RuleView) -> bool:
    one, other = ((each.place.id, each.policy, each.rule.id) for each in (view, before))
    return one == other


def _tone(view: RuleView) -> str:
    return "ink3" if view.state in (RuleState.OFF, RuleState.LATER) else "ink"


class SentenceDelegate(RowDelegate):
    """Breaks a sentence into lines; what is longer is cut, and stands whole below the list."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.color(tone_of(index, selected)))
        height = QFontMetrics(font).height()
        most = max(1, (room.height() - _AIR) // height)
        lines = broken(index.data() or "", room.width(), most)
        top = room.top() + (room.height() - height * len(lines)) // 2
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, line in enumerate(lines):
            painter.drawText(QRect(room.left(), top + place * height, room.width(), height), flags, line)


def broken(text: str, width: int, most: int) -> list[str]:
    """Break a text at words into so many lines at most; what is left over is cut from the last one."""
    layout = QTextLayout(text, theme.font("body"))
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        start = line.textStart()
        lines.append(text[start:] if len(lines) == most - 1 else text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    metrics = QFontMetrics(theme.font("body"))
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


class PipsDelegate(RowDelegate):
    """Four pips and a word for how well a rule is documented."""

    def paint_content(self, painter: QPainter, room: QRect, index: Index, _selected: bool) -> None:
        view = index.data(RECORD_ROLE)
        grade = view.source.grade if isinstance(view, RuleView) else Grade.RECALLED
        box = QRectF(room.left(), room.center().y() - 8, min(pips_width(grade), room.width()), 18)
        paint_pips(painter, box, grade)
