"""Lays text and tables out on sheets, one below the other, and begins a new sheet where one is full."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from tracker.domain.letterhead import PaperHead
from tracker.ui.paper.sheet import FOOT, HEIGHT, LEFT, POINT, TOP, WIDTH, Draw, Sheet, ink, paper_font, printable

BOTTOM = HEIGHT - FOOT - 8 * POINT
ACROSS = WIDTH - 2 * LEFT
_GAP = 6 * POINT


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column; `share` is its part of the width of the sheet, `right` for figures."""

    title: str
    share: float
    right: bool = False


class Flow:
    """`y` is where the next thing goes. Everything is noted first and painted later, on any device."""

    def __init__(self, *, landscape: bool = False) -> None:
        self._landscape = landscape
        self._bottom = BOTTOM + (WIDTH - HEIGHT if landscape else 0)
        self.across = (HEIGHT if landscape else WIDTH) - 2 * LEFT
        self._sheets: list[list[Draw]] = [[]]
        self.y = TOP

    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(Sheet(_all(draws), self._landscape) for draws in self._sheets)

    def draw(self, what: Draw) -> None:
        """Note something for the sheet that is being filled."""
        self._sheets[-1].append(what)

    def new_sheet(self) -> None:
        self._sheets.append([])
        self.y = TOP

    def need(self, height: float) -> None:
        """Begin a new sheet when so much does not fit on this one."""
        if self.y + height > self._bottom and self.y > TOP:
            self.new_sheet()

    def gap(self, points: float) -> None:
        self.y += points * POINT

    def paragraph(
        self, text: str, points: float = 9.5, *, strong: bool = False, tone: str = "ink", x: float = LEFT,
        width: float | None = None,
    ) -> None:  # fmt: skip
        """Put a paragraph; it goes on on the next sheet when it must."""
        font = paper_font(points, strong)
        for line in lines_of(printable(text), font, self.across if width is None else width):
            self.need(_line_height(font))
            self.draw(_line(line, font, tone, x, self.y))
            self.y += _line_height(font)

    def heading(self, text: str) -> None:
        """Put a heading with a line below it, never alone at the end of a sheet."""
        self.need(60 * POINT)
        self.gap(10)
        self.paragraph(text, 11, strong=True)
        self.y += 1.5 * POINT
        self.rule()
        self.gap(4)

    def rule(self, tone: str = "edge") -> None:
        y, right = self.y, LEFT + self.across
        self.draw(lambda painter: _rule(painter, y, right, tone))

    def pair(self, words: str, value: str, *, label: float = 150 * POINT, width: float | None = None) -> None:
        """Put a label with its value beside it."""
        font = paper_font()
        lines = lines_of(printable(value), font, (self.across if width is None else width) - label) or [""]
        self.need(_line_height(font) * len(lines))
        self.draw(_line(words, font, "ink2", LEFT, self.y))
        for line in lines:
            self.need(_line_height(font))
            self.draw(_line(line, font, "ink", LEFT + label, self.y))
            self.y += _line_height(font)
        self.y += 1.5 * POINT

    def table(self, columns: Sequence[TableColumn], rows: Iterable[Sequence[str]], *, again: str = "") -> None:
        """Put a table; its head stands again on each sheet, below `again`. A cell keeps its line breaks.

        No row is torn apart that has room on one sheet.
        """
        font, strong = paper_font(8.5), paper_font(8.5, True)
        self._head(columns, strong)
        most = int((self._bottom - TOP - 80 * POINT) / _line_height(font))
        for row in rows:
            for cells in _pieces(self._cells(columns, row, font), most):
                height = max((len(cell) for cell in cells), default=1) * _line_height(font) + 3 * POINT
                if self.y + height > self._bottom and self.y > TOP:
                    self.new_sheet()
                    if again:
                        self.paragraph(again, 11, strong=True)
                        self.gap(4)
                    self._head(columns, strong)
                self._row(columns, cells, font)
                self.y += height
            self.rule("line2")
            self.y += 2 * POINT

    def _cells(self, columns: Sequence[TableColumn], texts: Sequence[str], font: QFont) -> list[list[str]]:
        """Return each text as lines that keep clear of the next column."""
        return [
            [
                line
                for part in text.split("\n")
                for line in lines_of(printable(part), font, column.share * self.across - _GAP)
            ]
            for text, column in zip(texts, columns, strict=True)
        ]

    def _head(self, columns: Sequence[TableColumn], font: QFont) -> None:
        titles = self._cells(columns, [column.title for column in columns], font)
        height = max(len(lines) for lines in titles) * _line_height(font)
        self.need(height + 2 * _line_height(font))
        self._row(columns, titles, font)
        self.y += height + 2 * POINT
        self.rule()
        self.y += 2 * POINT

    def _row(self, columns: Sequence[TableColumn], cells: Sequence[Sequence[str]], font: QFont) -> None:
        x = LEFT
        for column, lines in zip(columns, cells, strict=True):
            for place, line in enumerate(lines):
                left = x
                if column.right:
                    left += column.share * self.across - _GAP - QFontMetricsF(font).horizontalAdvance(line)
                self.draw(_line(line, font, "ink", left, self.y + place * _line_height(font)))
            x += column.share * self.across


def lay_head(flow: Flow, head: PaperHead, points: float) -> None:
    """Put what stands at the top of the clinic's own paper; nothing where the clinic has not said it."""
    if head.clinic:
        flow.paragraph(head.clinic, points, strong=True)
    for line in head.lines:
        flow.paragraph(line, points - 1, tone="ink2")
    if head.clinic or head.lines:
        flow.gap(4)


def lines_of(text: str, font: QFont, width: float) -> list[str]:
    """Return the text as lines of at most this width, broken within a word only where one alone is too long."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(_part(text, line.textStart(), line.textLength()))
    layout.endLayout()
    return found


def _pieces(cells: Sequence[list[str]], most: int) -> Sequence[Sequence[list[str]]]:
    """Return a row in pieces of at most so many lines."""
    lines = max((len(cell) for cell in cells), default=1)
    return [[cell[first : first + most] for cell in cells] for first in range(0, max(lines, 1), most)]


def _part(text: str, start: int, length: int) -> str:
    """Cut as Qt counts: letters beyond the first plane are two of its units."""
    raw = text.encode("utf-16-le")
    return raw[2 * start : 2 * (start + length)].decode("utf-16-le").rstrip()


@functools.cache
def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.08


def _line(text: str, font: QFont, tone: str, x: float, y: float) -> Draw:
    base = y + QFontMetricsF(font).ascent()

    def draw(painter: QPainter) -> None:
        painter.setFont(font)
        painter.setPen(ink(tone))
        painter.drawText(QPointF(x, base), text)

    return draw


def _rule(painter: QPainter, y: float, right: float, tone: str) -> None:
    painter.setPen(QPen(ink(tone), 0.6 * POINT))
    painter.drawLine(QLineF(LEFT, y, right, y))


def _all(draws: Sequence[Draw]) -> Draw:
    def draw(painter: QPainter) -> None:
        for each in draws:
            each(painter)

    return draw
