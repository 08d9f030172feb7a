"""The days of a month as a Qt table, a week a row, Sunday first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date, weekday_of
from tracker.ui.theme import plain_text

if TYPE_CHECKING:
    from tracker.services.answers.openings import MonthView, OpenDay

Index = QModelIndex | QPersistentModelIndex
OPEN_DAY_ROLE = int(Qt.ItemDataRole.UserRole)
FIRST_ROLE = OPEN_DAY_ROLE + 1
TODAY_ROLE = OPEN_DAY_ROLE + 2
WEEK = 7


class MonthModel(QAbstractTableModel):
    """Cells before the first and after the last day are empty."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.view: MonthView | None = None
        self.today = date.min
        self._before = 0

    def show(self, view: MonthView | None, today: date) -> None:
        self.beginResetModel()
        self.view, self.today = view, today
        self._before = (view.days[0].day.weekday() + 1) % WEEK if view else 0
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() or self.view is None else -(-(self._before + len(self.view.days)) // WEEK)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else WEEK

    def day_at(self, index: Index) -> OpenDay | None:
        place = index.row() * WEEK + index.column() - self._before
        if not index.isValid() or self.view is None or not 0 <= place < len(self.view.days):
            return None
        return self.view.days[place]

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day, an invalid one when it is of another month."""
        if self.view is None or (day.year, day.month) != (self.view.days[0].day.year, self.view.days[0].day.month):
            return QModelIndex()
        place = self._before + day.day - 1
        return self.index(place // WEEK, place % WEEK)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.day_at(index) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return weekday_of(date(2026, 11, 22) + timedelta(days=section))
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        day = self.day_at(index)
        if day is None or self.view is None:
            return None
        if role == OPEN_DAY_ROLE:
            return day
        if role == FIRST_ROLE:
            return day.day == self.view.first
        if role == TODAY_ROLE:
            return day.day == self.today
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain_text.one_line(spoken(day, first=day.day == self.view.first, today=self.today))
        return None


def spoken(day: OpenDay, *, first: bool, today: date) -> str:
    """Return a day as a screen reader says it."""
    parts = [us_date(day.day, weekday=True)]
    if day.day == today:
        parts.append(tr("today"))
    if first:
        parts.append(tr("first eligible day"))
    if day.closed:
        parts.append(tr("clinic closed: {why}", why=day.closed))
    parts.append(day.headline if day.outcome is not None else tr("past"))
    if day.visits:
        parts.append(visits_words(day.visits))
    return ", ".join(parts)


def visits_words(count: int) -> str:
    return tr_n("{n} visit", "{n} visits", count)
