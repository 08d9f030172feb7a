"""Paints a QR code. What it holds is an id by chance, never anything of a patient."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from tracker.ui.paper.sheet import Draw, ink

QUIET = 4
"""Empty modules round the code (ISO/IEC 18004)."""


def matrix_of(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the modules of the code, 1 for dark; it stands a quarter of its face being lost on a fax."""
    import segno  # not before the first packet

    return tuple(tuple(row) for row in segno.make(text, error="q", micro=False).matrix)


def qr_code(text: str, box: QRectF) -> Draw:
    """Return what paints the code into a square box, its quiet zone included."""
    matrix = matrix_of(text)
    module = box.width() / (len(matrix) + 2 * QUIET)

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink())
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    left, top = box.left() + (QUIET + column) * module, box.top() + (QUIET + row) * module
                    painter.drawRect(QRectF(left, top, module, module))

    return draw
