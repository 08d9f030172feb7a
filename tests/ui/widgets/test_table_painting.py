"""A long table paints what came into sight when it scrolls, and measures no more rows than it must."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.delegates.row_delegate import Index, RowDelegate
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.tokens import DARK, LIGHT
from tracker.ui.widgets.record_table import RecordTable

ROWS = 5_000


@pytest.fixture
def asked() -> list[int]:
    """Return the rows whose text was asked for."""
    return []


@pytest.fixture
def table(qtbot: QtBot, asked: list[int]) -> RecordTable:
    def words(row: int) -> str:
        asked.append(row)
        return f"Row {row}"

    columns = (Column("Place", lambda row: row, words, fit=200), Column("Twice", lambda row: row * 2))
    made = RecordTable(columns, name="Rows")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.set_rows(range(ROWS))
    QApplication.processEvents()
    return made


def test_that_scrolling_paints_only_the_rows_that_came_into_sight(
    table: RecordTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: set[int] = set()

    def note(self: RowDelegate, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        painted.add(index.row())

    bar = table.verticalScrollBar()
    bar.setValue(100)
    QApplication.processEvents()
    shown = table.rowAt(table.viewport().height() - 1)
    monkeypatch.setattr(RowDelegate, "paint_content", note)
    bar.setValue(103)
    QApplication.processEvents()

    assert painted
    assert min(painted) >= shown - 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_ground_below_the_rows_is_that_of_the_scheme(
    qapp: QApplication, qtbot: QtBot, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    table = RecordTable((Column("Place", lambda row: row),), name="Rows")
    qtbot.addWidget(table)
    table.resize(300, 300)
    table.show()
    table.set_rows((1,))
    QApplication.processEvents()
    table.set_rows(())
    QApplication.processEvents()

    below = table.grab().toImage().pixelColor(150, 250)
    theme.apply(qapp, "light")
    assert below == QColor((DARK if scheme == "dark" else LIGHT).surface)


def test_that_a_long_list_is_not_read_to_its_end_before_it_is_shown(table: RecordTable, asked: list[int]) -> None:
    assert max(asked) < ROWS / 2


def test_that_the_tip_of_a_cell_tells_what_is_cut_and_nothing_else(qtbot: QtBot) -> None:
    made = RecordTable((Column("Who", str, fit=120), Column("Row", len, longest="00")), name="Rows")
    qtbot.addWidget(made)
    made.resize(220, 200)
    made.show()
    made.set_rows(["Kim", "Somebody <b>whose</b> name has no end & goes on and on"])
    QApplication.processEvents()

    def tip(row: int) -> str:
        QToolTip.hideText()
        at = made.visualRect(made.record_model().index(row, 0)).center()
        help_wanted = QHelpEvent(QEvent.Type.ToolTip, at, made.viewport().mapToGlobal(at))
        QApplication.sendEvent(made.viewport(), help_wanted)
        return QToolTip.text()

    assert tip(0) == ""
    assert "Somebody &lt;b&gt;whose&lt;/b&gt; name has no end &amp; goes on and on" in tip(1)
