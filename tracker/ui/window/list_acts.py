"""The acts of whichever list is in front: the menu of its row, and its columns."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.row_menu import row_menu_of

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow


def register(window: MainWindow) -> None:
    """Register them."""
    also = (tr("hide a column"), tr("show a column"), tr("wider"), tr("sort"))
    rows = Act("row menu", tr("Menu of the &row"), tr("&Edit"), ("Shift+F10",), also=(tr("context menu"),))
    window.registry.add(rows, functools.partial(_open_row_menu, window))
    act = Act("columns", tr("C&olumns of this list…"), tr("&View"), ("Ctrl+F10",), parted=True, also=also)
    window.registry.add(act, functools.partial(_choose_columns, window))


def _choose_columns(window: MainWindow) -> None:
    """Open the columns of the table where the hands are, else of the first that the page in front shows."""
    focus = window.focusWidget()
    wanted = focus if isinstance(focus, RecordTable) else _first_table(window)
    if wanted is None:
        window.status_line.show_sentence(tr("This page shows no list with columns."))
    else:
        wanted.choose_columns()


def _open_row_menu(window: MainWindow) -> None:
    """Open the menu of the row where the hands are, else of the row that is marked in the first list of the page."""
    focus = window.focusWidget()
    wanted = focus if isinstance(focus, QAbstractItemView) else _first_table(window)
    if wanted is None:
        window.status_line.show_sentence(tr("No list is in front, so no row has a menu."))
    else:
        row_menu_of(wanted).open()


def _first_table(window: MainWindow) -> RecordTable | None:
    page = window.current_page()
    tables = page.findChildren(RecordTable) if page is not None else []
    shown = (table for table in tables if table.isVisible() and not table.horizontalHeader().isHidden())
    return next(shown, None)
