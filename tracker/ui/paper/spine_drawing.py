"""The spine of a request in black and white: a thick frame and a tick where it goes, hatching where it was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from tracker.domain.anatomy import Side, Target
from tracker.domain.language import FOR_PAYERS, speaking, tr
from tracker.domain.procedure import TargetKind
from tracker.ui.paper.sheet import Draw, ink, paper_font
from tracker.ui.spine import bones
from tracker.ui.spine.rows import AXIS, BUTTON_WIDTH, REACH, Layout, View, part_of, view
from tracker.ui.spine.rows import WIDTH as VIEW_WIDTH
from tracker.ui.spine.site_button import hatch

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ROOMY = 10
"""So many letters of the larger size go into a place: what is faxed has to be read."""
_TEXT = 0.1
"""Fonts of paper are made for tenths of a point; a drawing counts in its own points."""


def views_of(targets: Iterable[Target], kind: TargetKind, *, flipped: bool = False) -> tuple[View, ...]:
    """Return the parts of the spine that the targets lie in, from head to tail; none where no level is meant.

    `flipped`: with the patient's right at the left of the sheet, as on this computer's screen.
    """
    if kind is TargetKind.NONE:
        return ()
    parts = {part_of(target.level) for target in targets}
    return tuple(view(part, kind, Layout(tight=True, flipped=flipped)) for part in "CTL" if part in parts)


def spine_drawing(
    shown: View, chosen: Iterable[Target], numbers: Mapping[Target, tuple[int, ...]], box: QRectF
) -> Draw:
    """Return what paints one part of the spine into a box, with the numbers of the injections at each place."""
    wanted = single_sided(chosen)
    scale = min(box.width() / VIEW_WIDTH, box.height() / (shown.height + 8))

    def draw(painter: QPainter) -> None:
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(scale, scale)
        _paint(painter, shown, wanted, numbers)
        painter.restore()

    return draw


def single_sided(targets: Iterable[Target]) -> frozenset[Target]:
    """Return the places one by one: both sides are a left and a right one."""
    found: set[Target] = set()
    for target in targets:
        sides = target.side.single_sides or {target.side}
        found |= {Target(target.level, side) for side in sides}
    return frozenset(found)


def _paint(
    painter: QPainter, shown: View, wanted: AbstractSet[Target], numbers: Mapping[Target, tuple[int, ...]]
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_heads(painter, shown)
    for target in filter(shown.enabled, shown.targets()):
        painter.setPen(QPen(ink(), 1.6 if target in wanted else 0.5))
        painter.drawLine(shown.button_box(target).center(), shown.joint(target))
    painter.setPen(QPen(ink(), 0.9))
    painter.setBrush(ink("surface"))
    for shape in bones.view_shapes(shown):
        painter.drawPath(shape)
    for target in filter(shown.enabled, shown.targets()):
        _paint_place(painter, shown, target, target in wanted, numbers.get(target, ()))


@speaking(FOR_PAYERS)
def _paint_heads(painter: QPainter, shown: View) -> None:
    if not shown.kind.sided:
        return  # there the name stands in the place itself
    for sign in (-1, 1):
        words = tr("Patient LEFT") if shown.side_at(sign) is Side.LEFT else tr("Patient RIGHT")
        _words(painter, QRectF(AXIS + sign * REACH - 60, 2, 120, 16), words, 8, True)
    for level in dict.fromkeys(target.level for target in shown.targets() if shown.enabled(target)):
        _words(painter, shown.name_box(level).adjusted(-4, 0, 4, 0), level.label, 9, True)


def _paint_place(painter: QPainter, shown: View, target: Target, wanted: bool, numbers: tuple[int, ...]) -> None:
    painter.setPen(QPen(ink(), 1))
    painter.setBrush(ink() if wanted else ink("surface"))
    painter.drawEllipse(QPointF(shown.joint(target)), 4.6 if wanted else 3.0, 4.6 if wanted else 3.0)
    box = shown.button_box(target)
    painter.setPen(QPen(ink(), 2.4 if wanted else 0.6))
    painter.setBrush(ink("surface"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    if numbers:
        hatch(painter, box.adjusted(1, 1, -1, -1), 3, ink())
        painter.fillRect(box.adjusted(5, 5, -5, -5), ink("surface"))
    told = " ".join(f"#{number}" for number in numbers[-3:])
    name = "" if shown.kind.sided else target.level.label
    words = " ".join(part for part in ("✓" if wanted else "", name, told) if part)
    _words(painter, box, words, 9 if len(words) <= _ROOMY * box.width() / BUTTON_WIDTH else 7, wanted)


def _words(painter: QPainter, box: QRectF, text: str, points: float, strong: bool) -> None:
    if not text:
        return
    painter.save()
    painter.setFont(paper_font(points, strong))
    painter.setPen(ink())
    painter.translate(box.topLeft())
    painter.scale(_TEXT, _TEXT)
    painter.drawText(QRectF(0, 0, box.width() / _TEXT, box.height() / _TEXT), _CENTRE, text)
    painter.restore()
