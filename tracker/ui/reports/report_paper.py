"""Lays a report on sheets: what it is and of what, its chart, its rows, and at the foot who, when, which page, PHI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.domain.language import tr
from tracker.services.pace import Pace
from tracker.services.packets.packet import PacketService
from tracker.services.reports.service import phi_words
from tracker.services.reports.shape import Cell, Report, ReportColumn, shown_row
from tracker.services.words.wording import us_moment
from tracker.ui.paper.flow import Flow, TableColumn
from tracker.ui.paper.painting import sheets_pdf, stamps_pdf
from tracker.ui.paper.paper import Paper
from tracker.ui.paper.sheet import LEFT, POINT, ink, mistaken_letters, paper_font, printable
from tracker.ui.reports.chart_paint import Inks, chart_height, paint_chart

MOST_ROWS = 5000
"""More would be a pile that nobody reads; a spreadsheet takes them all."""
MOST_BARS = 16
WIDE_FROM = 8
_MEASURED = 500
_TOLD_EVERY, _PAGES_AT_ONCE = 50, 4
_BESIDE = 9 * POINT
_LEAST_REST = 0.3
_PIXEL = 0.75 * POINT
_FOOT_TOP, _FOOT_LINE = 36 * POINT, 12 * POINT
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class ReportFoot:
    """What stands at the foot of every page: clinic and report, who and when, that it holds PHI, which page."""

    clinic: str
    title: str
    made: str
    total: int

    def draw(self, painter: QPainter, box: QRectF, number: int) -> None:
        top = box.height() - _FOOT_TOP
        painter.setPen(QPen(ink(), 0.6 * POINT))
        painter.drawLine(QLineF(LEFT, top, box.width() - LEFT, top))
        strong, plain = paper_font(8.5, True), paper_font(8)
        first = QRectF(LEFT, top + 2 * POINT, box.width() - 2 * LEFT, _FOOT_LINE)
        second = first.translated(0, _FOOT_LINE)
        painter.setPen(ink())
        painter.setFont(strong)
        page = tr("page {number} of {total}", number=number, total=self.total)
        room = first.width() - QFontMetricsF(strong).horizontalAdvance(page) - 12 * POINT
        named = printable(f"{self.clinic}   {self.title}")
        painter.drawText(first, _AT_LEFT, QFontMetricsF(strong).elidedText(named, Qt.TextElideMode.ElideRight, room))
        painter.drawText(first, _AT_RIGHT, page)
        painter.setFont(plain)
        painter.drawText(second, _AT_LEFT, printable(self.made))
        painter.drawText(second, _AT_RIGHT, phi_words())


def lay_report(report: Report, pace: Pace | None = None) -> Paper:
    """Return the report on Letter sheets, as many as it needs; a wide one lies on its side."""
    heard = pace or Pace()
    flow = Flow(landscape=_is_wide(report))
    flow.paragraph(report.clinic, 11, strong=True)
    flow.gap(4)
    flow.paragraph(report.title, 18, strong=True)
    flow.gap(2)
    for title, value in (*report.parameters, (tr("Made"), made_words(report)), (tr("Rows"), f"{len(report.rows):,}")):
        flow.pair(title, value, label=110 * POINT)
    flow.gap(6)
    _lay_chart(flow, report)
    if report.rows:
        flow.table(_columns(report, flow.across), heard.each(_rows(report), _TOLD_EVERY))
    else:
        flow.paragraph(f"{report.nothing.why} {report.nothing.step}")
    if len(report.rows) > MOST_ROWS:
        flow.gap(4)
        flow.paragraph(tr("The first {n:,} rows; a spreadsheet holds them all.", n=MOST_ROWS), strong=True)
    flow.gap(8)
    for note in report.notes:
        flow.paragraph(note, 8.5, tone="ink2")
        flow.gap(2)
    sheets = flow.sheets()
    return Paper(report.title, sheets, ReportFoot(report.clinic, report.title, made_words(report), len(sheets)))


def pdf_of(paper: Paper, packets: PacketService, pace: Pace | None = None) -> bytes:
    """Return the paper as a PDF whose text can be searched."""
    binding = packets.binding(mistaken_letters())
    binding.add_first(sheets_pdf((pace or Pace()).each(paper.sheets, _PAGES_AT_ONCE)))
    return binding.stamped(stamps_pdf(paper.foot, [sheet.landscape for sheet in paper.sheets]), paper.job)


def made_words(report: Report) -> str:
    """Return "by Jo Diaz, 11/24/2026 12:00 PM"."""
    return tr("by {name}, {at}", name=report.made_by, at=us_moment(report.made_at))


def _lay_chart(flow: Flow, report: Report) -> None:
    chart = report.chart
    if chart is None or not any(sum(bar.parts) for bar in chart.bars):
        return
    height = chart_height(chart, MOST_BARS) * _PIXEL
    flow.need(height)
    box = QRectF(LEFT, flow.y, flow.across, height)
    inks = Inks(_PIXEL, paper_font(8.5), paper_font(9.5, True), ink)
    flow.draw(lambda painter: paint_chart(painter, box, chart, inks, MOST_BARS))
    flow.y += height


def _is_wide(report: Report) -> bool:
    return len(report.columns) >= WIDE_FROM


def _columns(report: Report, across: float) -> Sequence[TableColumn]:
    """Give figures, days and what must not be torn the room of their text; the others share the rest."""
    cells = [_rows(report), [tuple(column.title for column in report.columns)]]
    needed = [
        _needed([row[place] for rows in cells for row in rows[:_MEASURED]]) if _is_whole(column) else 0.0
        for place, column in enumerate(report.columns)
    ]
    rest = max(across - sum(needed), across * _LEAST_REST)
    wanted = sum(column.width for column, width in zip(report.columns, needed, strict=True) if not width)
    widths = [width or rest * column.width / wanted for column, width in zip(report.columns, needed, strict=True)]
    whole = sum(widths)
    return [
        TableColumn(column.title, width / whole, column.cell.figure)
        for column, width in zip(report.columns, widths, strict=True)
    ]


def _is_whole(column: ReportColumn) -> bool:
    return column.cell not in (Cell.TEXT, Cell.ANSWER) or (column.whole and not column.strong and column.width <= 1.3)


def _needed(texts: Sequence[str]) -> float:
    metrics = QFontMetricsF(paper_font(8.5, True))
    return max(metrics.horizontalAdvance(text) for text in texts) + _BESIDE


def _rows(report: Report) -> Sequence[tuple[str, ...]]:
    rows = [shown_row(report.columns, row) for row in report.rows[:MOST_ROWS]]
    return [*rows, shown_row(report.columns, report.totals)] if report.totals else rows
