"""Undo comes last for Tab on every page, whatever the page makes after there is something to undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui import screens
from tests.ui.faults import out_of_order, stops
from tests.ui.test_every_screen import SCREENS, Reach, settle, take_guides_away
from tracker.ui import theme
from tracker.ui.main_window import MainWindow

LATE = {name: reach for name, reach in SCREENS.items() if not name.startswith("request step")}


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window in which something can be undone before any page has shown anything."""
    screens.PAUSE_SECONDS = 0.1
    theme.apply(qapp, "light", percent=theme.USUAL_PERCENT, density="comfortable")
    shown = screens.open_demo(qapp, tmp_path_factory.mktemp("demo"), gradually=True)
    shown.open_page("settings")
    shown.status_line.show_sentence("Something was done.", object())
    yield shown
    shown.context.tasks.shutdown()
    shown.context.services.close()
    shown.deleteLater()


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    """Keep the one window of this module from test to test."""
    return qapp


@pytest.mark.parametrize("reach", LATE.values(), ids=LATE.keys())
def test_that_undo_comes_after_all_that_a_page_makes_late(reach: Reach, window: MainWindow) -> None:
    window.activateWindow()
    reach(window)
    settle(window)
    take_guides_away(window)

    visited = stops(window)

    assert window.status_line.undo_button in visited
    assert out_of_order(window, visited) == []
