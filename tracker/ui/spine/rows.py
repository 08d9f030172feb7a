"""Which levels one view of the spine shows, and where: rows from head to tail, seen from behind."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from tracker.domain.anatomy import LEVELS, Level, Side, Target
from tracker.domain.language import tr
from tracker.domain.level_entry import can_go
from tracker.domain.procedure import TargetKind

PART_NAMES = {"C": tr("Cervical"), "T": tr("Thoracic"), "L": tr("Lumbar / sacral")}
_KIND_WORDS = {
    TargetKind.FACET: tr("facets"),
    TargetKind.FORAMEN: tr("foramina"),
    TargetKind.INTERSPACE: tr("interspaces"),
    TargetKind.SI: tr("SI joints"),
    TargetKind.CAUDAL: tr("caudal"),
    TargetKind.BODY: "",
    TargetKind.NONE: "",
}
FIRST, LAST = {"C": "C2-C3", "T": "T1-T2", "L": "L1-L2"}, {"C": "C7-T1", "T": "T12-L1", "L": "L5-S1"}
WIDTH, TOP, AXIS = 352.0, 30.0, 186.0
BUTTON_WIDTH, BUTTON_HEIGHT = 62.0, 30.0
MIDLINE_WIDTH = 92.0
"""Their buttons carry the name of the level too."""
_ASIDE = 28.0
REACH = 96.0
"""From the axis to the middle of a button."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How views are laid out. `tight`: rows stand closer. `flipped`: the patient's right is at the screen's left.

    `upper`: C0-1 and C1-2 have rows too; most clinics never treat them.
    """

    tight: bool = False
    flipped: bool = False
    upper: bool = False

    def sign(self, side: Side) -> int:
        """Return -1 for what stands at the screen's left, 1 for its right, 0 for the midline."""
        sign = {Side.LEFT: -1, Side.RIGHT: 1}.get(side, 0)
        return -sign if self.flipped else sign


USUAL = Layout()


@dataclass(frozen=True, slots=True)
class View:
    """One part of the spine for one kind of target. `pitch` is the height of a row."""

    part: str
    kind: TargetKind
    levels: tuple[Level, ...]
    pitch: float
    layout: Layout = USUAL

    @property
    def title(self) -> str:
        words = _KIND_WORDS[self.kind]
        if self.kind not in (TargetKind.SI, TargetKind.CAUDAL):
            words = tr("{part} {kind}", part=PART_NAMES[self.part].lower(), kind=words).strip()
        return tr("{upper}{words}, seen from behind", upper=words[:1].upper(), words=words[1:])

    @property
    def kind_title(self) -> str:
        """Return what its places are, where they are not drawn: "Facets"."""
        words = _KIND_WORDS[self.kind]
        return words[:1].upper() + words[1:]

    @property
    def sacrum(self) -> bool:
        return self.part == "L"

    @property
    def axis(self) -> float:
        """Return where the middle of the spine stands: further left where all buttons stand at its right."""
        return AXIS if self.kind.sided else AXIS - _ASIDE

    @property
    def height(self) -> float:
        return self.joint_line(len(self.levels) - 1) + (124.0 * self.scale if self.sacrum else 24.0)

    @property
    def scale(self) -> float:
        """How much smaller than drawn the bones are, so that close rows do not hide each other."""
        return min(1.0, self.pitch / 44.0)

    def joint_line(self, row: int) -> float:
        """Return the height of the line between the vertebrae of a row."""
        return TOP + self.pitch * (row + 1)

    def targets(self) -> tuple[Target, ...]:
        """Return every place in this view, row by row, left before right."""
        sides = (Side.LEFT, Side.RIGHT) if self.kind.sided else (Side.MIDLINE,)
        below = [LEVELS[name] for name in self._below()]
        return tuple(Target(level, side) for level in (*self.levels, *below) for side in sides)

    def _below(self) -> tuple[str, ...]:
        if not self.sacrum:
            return ()
        names = {TargetKind.SI: ("SI",), TargetKind.FORAMEN: ("S1",), TargetKind.CAUDAL: ("caudal",)}
        return names.get(self.kind, ("SI",) if self.kind is TargetKind.FACET else ())

    def enabled(self, target: Target) -> bool:
        """Tell whether the procedure can go there; the SI joint stands greyed beside the facets."""
        return can_go(target.level, self.kind)

    def button_box(self, target: Target) -> QRectF:
        """Return where the button of a place stands."""
        height = min(BUTTON_HEIGHT, self.pitch - 6)
        if target.level in self.levels:
            middle = self.joint_line(self.levels.index(target.level))
        else:
            middle = self.joint_line(len(self.levels) - 1) + 62.0 * self.scale
        offset = REACH * self.layout.sign(target.side)
        if target.side is Side.MIDLINE and target.level in self.levels:
            left = AXIS + REACH + BUTTON_WIDTH / 2 - MIDLINE_WIDTH
            return QRectF(left, middle - height / 2, MIDLINE_WIDTH, height)
        return QRectF(self.axis + offset - BUTTON_WIDTH / 2, middle - height / 2, BUTTON_WIDTH, height)

    def joint(self, target: Target) -> QPointF:
        """Return the point on the bone that the button belongs to."""
        if target.level not in self.levels:
            return QPointF(self.axis + 44.0 * self.layout.sign(target.side), self.button_box(target).center().y())
        line = self.joint_line(self.levels.index(target.level))
        return QPointF(self.axis + 20.0 * self.layout.sign(target.side), line)

    def side_at(self, sign: int) -> Side:
        """Return the patient's side that stands at the screen's left (-1) or right (1)."""
        return Side.LEFT if self.layout.sign(Side.LEFT) == sign else Side.RIGHT

    def name_box(self, level: Level) -> QRectF:
        """Return the room left of the screen's left column, where the level's name stands."""
        box = self.button_box(Target(level, self.side_at(-1)))
        return QRectF(box.left() - 52, box.top(), 44, box.height())


def view(part: str, kind: TargetKind, layout: Layout = USUAL) -> View:
    """Return the view of a part; twelve thoracic rows stand closer than five lumbar ones."""
    first = LEVELS["C0-C1" if layout.upper and part == "C" else FIRST[part]]
    levels = tuple(level for level in LEVELS.values() if first <= level <= LEVELS[LAST[part]])
    pitches = {"C": 32.0, "T": 24.0, "L": 28.0} if layout.tight else {"C": 44.0, "T": 27.0, "L": 40.0}
    usual = 6 if part == "C" else len(levels)
    return View(part, kind, levels, pitches[part] * usual / len(levels), layout)


def part_of(level: Level) -> str:
    """Return the part that shows a level."""
    return next((part for part in "CT" if level <= LEVELS[LAST[part]]), "L")
