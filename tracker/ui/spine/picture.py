"""Paints one view: bones, the lines from buttons to joints, names of levels and sides, the rail of a limited region."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from tracker.domain.anatomy import Side, Target
from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.spine import bones
from tracker.ui.spine.rows import AXIS, BUTTON_WIDTH, REACH, View
from tracker.ui.spine.site_button import hatch

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def paint(painter: QPainter, view: View, chosen: AbstractSet[Target], full: str, nearly: str = "") -> None:
    """Draw everything but the buttons; beside the rail stands how far the limit of the region is used.

    `full`: it is used up; `nearly`: one more uses it up.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if view.kind.sided:
        _paint_names(painter, view)
    for target in view.targets():
        _paint_line(painter, view, target, target in chosen)
    painter.translate(view.axis - AXIS, 0)
    bones.paint_view(painter, view)
    painter.translate(AXIS - view.axis, 0)
    for target in view.targets():
        if "-" in target.level.name:
            _paint_joint(painter, view, target, target in chosen)
    if full or nearly:
        _paint_rail(painter, view, full or nearly, closed=bool(full))


def _paint_names(painter: QPainter, view: View) -> None:
    """Name sides and levels; the buttons of midline places carry their names themselves."""
    painter.setFont(theme.font("caption_strong"))
    painter.setPen(theme.color("ink2"))
    for sign in (-1, 1):
        words = tr("Patient LEFT") if view.side_at(sign) is Side.LEFT else tr("Patient RIGHT")
        painter.drawText(QRectF(AXIS + sign * REACH - 60, 2, 120, 16), _CENTRE, words)
    for level in dict.fromkeys(target.level for target in view.targets()):
        painter.drawText(view.name_box(level), _RIGHT, level.label)


def _paint_line(painter: QPainter, view: View, target: Target, chosen: bool) -> None:
    painter.setPen(QPen(theme.color("accent" if chosen else "line2"), 1.6 if chosen else 1))
    painter.drawLine(view.button_box(target).center(), view.joint(target))


def _paint_joint(painter: QPainter, view: View, target: Target, chosen: bool) -> None:
    at = view.joint(target)
    if chosen:
        _paint_line(painter, view, target, True)
    painter.setPen(QPen(theme.color("accent" if chosen else "bone_line"), 1.2))
    painter.setBrush(theme.color("accent" if chosen else "surface"))
    painter.drawEllipse(QPointF(at), 4.2, 4.2)


def _paint_rail(painter: QPainter, view: View, words: str, *, closed: bool) -> None:
    """A limit of the whole region stands beside the column, so that each joint's history stays readable."""
    top, bottom = view.joint_line(0) - 15, view.joint_line(len(view.levels) - 1) + 15
    rail = QRectF(AXIS + REACH + BUTTON_WIDTH / 2 + 10, top, 9, bottom - top)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("no_tint" if closed else "caut_tint"))
    painter.drawRoundedRect(rail, 3, 3)
    if closed:
        hatch(painter, rail, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("no" if closed else "caut"), 1))
    painter.drawRoundedRect(rail, 3, 3)
    painter.save()
    painter.translate(rail.right() + 4, rail.center().y())
    painter.rotate(90)
    painter.setFont(theme.font("caption_strong"))
    painter.drawText(QRectF(-rail.height() / 2, -14, rail.height(), 14), _CENTRE, words)
    painter.restore()
