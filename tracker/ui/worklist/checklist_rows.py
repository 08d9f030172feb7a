"""The request's checklist in the detail panel: what is there and what is missing, a line each."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.checklist_state import Checklist, ChecklistRow
from tracker.domain.language import tr, tr_n
from tracker.ui.clinical.checklist_table import detail_of, height_of, looks, paint_line
from tracker.ui.theme import plain_text
from tracker.ui.theme.status import Status
from tracker.ui.widgets.plain_label import PlainLabel

MOST_ROWS = 7


def count_text(checklist: Checklist) -> str:
    """Return "1 missing, 2 to tick", or "5 present" where nothing is lacking."""
    lacking, to_tick = len(checklist.missing), len(checklist.to_tick)
    told = [tr("{count} missing", count=lacking)] if lacking else []
    told += [tr("{count} to check off", count=to_tick)] if to_tick else []
    return ", ".join(told) or tr("{count} present", count=checklist.present)


class ChecklistRows(QWidget):
    """What is missing stands first; K opens the whole list, with the keys that mend it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(15, 0, 16, 8)
        self._column.setSpacing(0)
        self._lines: list[_Line] = []
        self._more = PlainLabel("", "caption", "ink3", self)
        self._column.addWidget(self._more)

    def show_checklist(self, checklist: Checklist) -> None:
        rows = sorted(checklist.rows, key=lambda row: looks(row)[0] is not Status.NO)
        shown = rows[:MOST_ROWS]
        while len(self._lines) < len(shown):
            self._lines.append(_Line(self))
            self._column.insertWidget(len(self._lines) - 1, self._lines[-1])
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(shown))
            if place < len(shown):
                line.show_row(shown[place])
        left = len(rows) - len(shown)
        self._more.setText(tr_n("and {n} more line", "and {n} more lines", left))
        self._more.setVisible(left > 0)

    def texts(self) -> tuple[str, ...]:
        """Return each line as it is read out: item and what is on file."""
        return tuple(line.accessibleName() for line in self._lines if not line.isHidden())


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: ChecklistRow | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_row(self, row: ChecklistRow) -> None:
        self._row = row
        told = plain_text.one_line(f"{row.text}, {detail_of(row)}")
        self.setAccessibleName(told)
        self.setToolTip(plain_text.as_tip(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Take further lines for an item that would lose its day or its level in one."""
        return height_of(self._row, width) if self._row is not None else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._row is not None:
            paint_line(QPainter(self), self.rect(), self._row)
