"""Which levels one view of the spine shows, and where: rows from head to tail, patient's left at the screen's left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from tracker.domain.anatomy import LEVELS, Level, Side, Target
from tracker.domain.procedure import TargetKind

PART_NAMES = {"C": "Cervical", "T": "Thoracic", "L": "Lumbar / sacral"}
_KIND_WORDS = {
    TargetKind.FACET: "facets",
    TargetKind.FORAMEN: "foramina",
    TargetKind.INTERSPACE: "interspaces",
    TargetKind.SI: "SI joints",
    TargetKind.CAUDAL: "caudal",
    TargetKind.NONE: "",
}
FIRST, LAST = {"C": "C2-C3", "T": "T1-T2", "L": "L1-L2"}, {"C": "C7-T1", "T": "T12-L1", "L": "L5-S1"}
WIDTH, TOP, AXIS = 352.0, 30.0, 186.0
BUTTON_WIDTH, BUTTON_HEIGHT = 62.0, 30.0
REACH = 96.0
"""From the axis to the middle of a button."""


@dataclass(frozen=True, slots=True)
class View:
    """One part of the spine for one kind of target. `pitch` is the height of a row."""

    part: str
    kind: TargetKind
    levels: tuple[Level, ...]
    pitch: float

    @property
    def title(self) -> str:
        part = "" if self.kind in (TargetKind.SI, TargetKind.CAUDAL) else PART_NAMES[self.part]
        words = f"{part} {_KIND_WORDS[self.kind]}".strip()
        return f"{words[:1].upper()}{words[1:]}, seen from behind"

    @property
    def sacrum(self) -> bool:
        return self.part == "L"

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
        match self.kind:
            case TargetKind.SI | TargetKind.CAUDAL:
                return "-" not in target.level.name
            case TargetKind.FACET | TargetKind.INTERSPACE:
                return "-" in target.level.name
            case _:
                return True

    def button_box(self, target: Target) -> QRectF:
        """Return where the button of a place stands."""
        height = min(BUTTON_HEIGHT, self.pitch - 6)
        if target.level in self.levels:
            middle = self.joint_line(self.levels.index(target.level))
        else:
            middle = self.joint_line(len(self.levels) - 1) + 62.0 * self.scale
        offset = {Side.LEFT: -REACH, Side.RIGHT: REACH}.get(target.side, 0.0)
        if target.side is Side.MIDLINE and target.level in self.levels:
            offset = REACH
        return QRectF(AXIS + offset - BUTTON_WIDTH / 2, middle - height / 2, BUTTON_WIDTH, height)

    def joint(self, target: Target) -> QPointF:
        """Return the point on the bone that the button belongs to."""
        if target.level not in self.levels:
            return QPointF(
                AXIS + {Side.LEFT: -44.0, Side.RIGHT: 44.0}.get(target.side, 0.0), self.button_box(target).center().y()
            )
        line = self.joint_line(self.levels.index(target.level))
        return QPointF(AXIS + {Side.LEFT: -20.0, Side.RIGHT: 20.0}.get(target.side, 0.0), line)


def view(part: str, kind: TargetKind, *, tight: bool = False) -> View:
    """Return the view of a part; twelve thoracic rows stand closer than five lumbar ones, all closer when `tight`."""
    first, last = LEVELS[FIRST[part]], LEVELS[LAST[part]]
    levels = tuple(level for level in LEVELS.values() if first <= level <= last)
    pitches = {"C": 36.0, "T": 21.0, "L": 36.0} if tight else {"C": 44.0, "T": 27.0, "L": 44.0}
    return View(part, kind, levels, pitches[part])


def part_of(level: Level) -> str:
    """Return the part that shows a level."""
    return next((part for part in "CT" if LEVELS[FIRST[part]] <= level <= LEVELS[LAST[part]]), "L")
