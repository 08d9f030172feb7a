"""A list of visits that can be narrowed by chips, with a sentence in its place while there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.domain.folding import folded
from tracker.domain.language import tr, tr_for
from tracker.domain.us_dates import us_date
from tracker.ui.models.record_table_model import Column
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from tracker.services.visits.schedule import DayRow

ALL = "all"
CHIPS: tuple[tuple[str, str], ...] = (
    (ALL, tr("All")),
    ("flags", tr("Flags")),
    ("changed", tr_for("visits", "Changed")),
    ("auth", tr("No auth")),
    ("overridden", tr("Overridden")),
)
_TESTS: dict[str, Callable[[DayRow], bool]] = {
    ALL: lambda _row: True,
    "flags": lambda row: row.flagged,
    "changed": lambda row: row.news is not None,
    "auth": lambda row: row.lacks_authorization,
    "overridden": lambda row: row.overridden,
}


class VisitList(QStackedWidget):
    """`row_chosen` carries the row where the hands are, None without one; `step_wanted` the empty list's step."""

    row_chosen = Signal(object)
    step_wanted = Signal()

    def __init__(
        self, columns: Iterable[Column[DayRow]], name: str, waiting: str, parent: QWidget, *, by_first: bool = False
    ) -> None:
        super().__init__(parent)
        self._rows: tuple[DayRow, ...] = ()
        self._chip = ALL
        self._words: tuple[str, ...] = ()
        self._nothing = ("", "", "")
        self.table = RecordTable(
            columns, self, name=name, past=lambda row: row.past, identity=lambda row: row.booking.id
        )
        self.empty = EmptyState(waiting, parent=self)
        if by_first:
            self.table.sort_first_by(0)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setCurrentWidget(self.empty)
        self.table.row_chosen.connect(self.row_chosen)
        self.empty.wanted.connect(self._on_empty_wanted)

    def rows(self) -> tuple[DayRow, ...]:
        """Return all rows, whether the chip shows them or not."""
        return self._rows

    def shown_row(self) -> DayRow | None:
        """Return the row where the hands are, None when nothing is listed."""
        return self.table.current_record() if self.currentWidget() is self.table else None

    def counts(self) -> dict[str, int]:
        """Return how many rows each chip would show."""
        return {key: sum(map(_TESTS[key], self._rows)) for key, _text in CHIPS}

    def set_rows(self, rows: Sequence[DayRow], nothing: tuple[str, str, str]) -> None:
        """Show these visits; `nothing` (sentence, detail, step) stands there when there are none."""
        known = {row.booking.id for row in self._rows}
        anew = not any(row.booking.id in known for row in rows)
        self._rows, self._nothing = tuple(rows), nothing
        self._narrow(anew)

    def set_chip(self, key: str) -> None:
        self._chip = key
        self._narrow()

    def set_filter(self, text: str) -> None:
        """Show only the visits in which each of these words stands."""
        self._words = tuple(folded(text).split())
        self._narrow()

    def use(self, columns: Iterable[Column[DayRow]]) -> None:
        """Show other columns, each in the place of the one before."""
        held = self.table.current_record()
        self.table.record_model().use(columns)
        self.table.set_rows(self.table.records())
        if held is not None:
            self.table.select_record(held.booking.id)

    def set_row_height(self, pixels: int) -> None:
        self.table.set_row_height(pixels)

    def focus(self) -> None:
        """Put the hands on the list, or on the one step of an empty one; before there is either, wait here."""
        if self.currentWidget() is self.table:
            self.table.setFocus()
        elif not self.empty.button.isHidden():
            self.empty.button.setFocus()
        else:
            self.setFocus()

    def has_focus(self) -> bool:
        return self.hasFocus() or self.table.hasFocus() or self.empty.button.hasFocus()

    def keys_to(self, keys: dict[str, Callable[[], object]]) -> None:
        """Bind keys that work while the list has the focus, even an empty one."""
        for key, do in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _narrow(self, anew: bool = False) -> None:
        """Show what the chip lets through; the hands and the place stay, unless it is another list by now."""
        shown = [row for row in self._rows if _TESTS[self._chip](row) and _holds(row, self._words)]
        place = self.table.verticalScrollBar().value()
        held = self.table.current_record()
        had_focus = self.has_focus()
        self.table.set_rows(shown)
        if held is None or anew:
            self.table.scrollToTop()
            self.table.select_row(next((n for n, row in enumerate(self.table.records()) if not row.past), 0))
        else:
            self.table.verticalScrollBar().setValue(place)
        self.setCurrentWidget(self.table if shown else self.empty)
        if not shown:
            self._say_nothing()
        if had_focus:
            self.focus()
        self.row_chosen.emit(self.shown_row())

    def _say_nothing(self) -> None:
        if not self._rows:
            self.empty.show_words(*self._nothing)
            return
        if self._words:
            self.empty.show_words(tr("No visit here holds these words."), "", tr("Show all {n}", n=len(self._rows)))
            return
        words = {
            "flags": tr("No visit here needs a hand."),
            "changed": tr("No answer here changed since you looked."),
            "auth": tr("No visit here waits for an authorization."),
            "overridden": tr("No visit here was booked against the answer."),
        }
        self.empty.show_words(words[self._chip], "", tr("Show all {n}", n=len(self._rows)))

    @Slot()
    def _on_empty_wanted(self) -> None:
        self.step_wanted.emit()


def _holds(row: DayRow, words: tuple[str, ...]) -> bool:
    patient = row.patient
    parts = (patient.name, patient.mrn, us_date(patient.born), row.procedure, row.provider, row.coverage, row.flag,
             row.authorization, row.booking.status.value)  # fmt: skip
    text = folded(" ".join(parts))
    return all(word in text for word in words)
