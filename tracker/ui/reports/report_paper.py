"""Lays a report on sheets: what it is and of what, its chart, its rows, and at the foot who, when, which page, PHI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.domain.language import tr
from tracker.services.packet import PacketService
from tracker.services.reports.service import phi_words
from tracker.services.reports.shape import Report, shown_row
from tracker.services.wording import us_moment
from tracker.ui.paper.flow import ACROSS, Flow, TableColumn
from tracker.ui.paper.painting import sheets_pdf, stamps_pdf
from tracker.ui.paper.sheet import LEFT, POINT, Sheet, ink, mistaken_letters, paper_font, printable
from tracker.ui.reports.chart_paint import Inks, chart_height, paint_chart

MOST_ROWS = 5000
"""More would be a pile that nobody reads; a spreadsheet takes them all."""
MOST_BARS = 16
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


@dataclass(frozen=True, slots=True)
class ReportSheets:
    """A report laid out, ready for any device."""

    title: str
    sheets: tuple[Sheet, ...]
    foot: ReportFoot


def lay_report(report: Report) -> ReportSheets:
    """Return the report on Letter sheets, as many as it needs."""
    flow = Flow()
    flow.paragraph(report.clinic, 11, strong=True)
    flow.gap(4)
    flow.paragraph(report.title, 18, strong=True)
    flow.gap(2)
    for title, value in report.parameters:
        flow.pair(title, value, label=110 * POINT)
    flow.pair(tr("Made"), made_words(report), label=110 * POINT)
    flow.pair(tr("Rows"), f"{len(report.rows):,}", label=110 * POINT)
    flow.gap(6)
    _lay_chart(flow, report)
    if report.rows:
        flow.table(_columns(report), _rows(report))
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
    return ReportSheets(report.title, sheets, ReportFoot(report.clinic, report.title, made_words(report), len(sheets)))


def pdf_of(laid: ReportSheets, packets: PacketService) -> bytes:
    """Return the sheets as a PDF whose text can be searched."""
    binding = packets.binding(mistaken_letters())
    binding.add_first(sheets_pdf(laid.sheets))
    return binding.stamped(stamps_pdf(laid.foot, [sheet.landscape for sheet in laid.sheets]), laid.title)


def made_words(report: Report) -> str:
    """Return "by Jo Diaz, 11/24/2026 12:00 PM"."""
    return tr("by {name}, {at}", name=report.made_by, at=us_moment(report.made_at))


def _lay_chart(flow: Flow, report: Report) -> None:
    chart = report.chart
    if chart is None or not any(sum(bar.parts) for bar in chart.bars):
        return
    height = chart_height(chart, MOST_BARS) * _PIXEL
    flow.need(height)
    box = QRectF(LEFT, flow.y, ACROSS, height)
    inks = Inks(_PIXEL, paper_font(8.5), paper_font(9.5, True), ink)
    flow.draw(lambda painter: paint_chart(painter, box, chart, inks, MOST_BARS))
    flow.y += height


def _columns(report: Report) -> Sequence[TableColumn]:
    whole = sum(column.width for column in report.columns)
    return [TableColumn(column.title, column.width / whole) for column in report.columns]


def _rows(report: Report) -> Sequence[tuple[str, ...]]:
    rows = [shown_row(report.columns, row) for row in report.rows[:MOST_ROWS]]
    return [*rows, shown_row(report.columns, report.totals)] if report.totals else rows
