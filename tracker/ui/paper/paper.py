"""Anything that is printed from its own sheets: what it is called, its pages, and what stands at the foot of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.domain.language import Words, speaking, spoken, tr
from tracker.ui.paper.painting import Foot, Others, sheets_pdf
from tracker.ui.paper.sheet import LEFT, POINT, Draw, Sheet, ink, paper_font, printable

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Printable(Protocol):
    """What can be shown, printed and saved. `job`: its name in a printer's queue and of its file, never a person's."""

    @property
    def job(self) -> str: ...
    @property
    def sheets(self) -> tuple[Sheet, ...]: ...
    @property
    def foot(self) -> Foot: ...
    @property
    def pages(self) -> int: ...
    @property
    def others(self) -> Others | None: ...
    @property
    def pdf(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class PageFoot:
    """A line with what the paper is, that it holds patients' data, and which page of how many.

    `language`: the words of a paper that speaks another language than the window.
    """

    words: str
    total: int
    private: bool = True
    language: Words | None = None

    def draw(self, painter: QPainter, box: QRectF, number: int) -> None:
        foot = QRectF(LEFT, box.height() - 36 * POINT, box.width() - 2 * LEFT, 14 * POINT)
        font = paper_font(8)
        painter.setFont(font)
        painter.setPen(QPen(ink(), 0.6 * POINT))
        painter.drawLine(QLineF(foot.left(), foot.top(), foot.right(), foot.top()))
        with speaking(self.language or spoken()):
            right = tr("page {number} of {total}", number=number, total=self.total)
            if self.private:
                right = tr("Contains patients' data") + "   " + right
        metrics = QFontMetricsF(font)
        room = foot.width() - metrics.horizontalAdvance(right) - 14 * POINT
        painter.drawText(foot, _RIGHT, right)
        painter.drawText(foot, _LEFT, metrics.elidedText(printable(self.words), Qt.TextElideMode.ElideRight, room))


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is all ours, so that we can paint every page of it."""

    job: str
    sheets: tuple[Sheet, ...]
    foot: Foot

    @property
    def pages(self) -> int:
        return len(self.sheets)

    @property
    def others(self) -> Others | None:
        return None

    @property
    def pdf(self) -> bytes:
        """Return the whole paper, its feet included."""
        return sheets_pdf(tuple(Sheet(_with_foot(self, at), sheet.landscape) for at, sheet in enumerate(self.sheets)))


def _with_foot(paper: Paper, at: int) -> Draw:
    sheet = paper.sheets[at]

    def draw(painter: QPainter) -> None:
        painter.save()
        sheet.draw(painter)
        painter.restore()
        paper.foot.draw(painter, sheet.box, at + 1)

    return draw


Maker = Callable[[], Paper]
"""Lays a paper; runs on a lane, so it touches no widget."""
