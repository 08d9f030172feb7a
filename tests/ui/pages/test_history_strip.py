"""The timeline of the patient page shows which months count today, whatever the colors are."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.patient.history_strip import FLAGS, HistoryStrip


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_that_the_months_that_count_today_are_framed_in_every_scheme(
    qapp: QApplication, qtbot: QtBot, scheme: theme.Scheme
) -> None:
    strip = HistoryStrip(date(2026, 11, 24))
    qtbot.addWidget(strip)
    strip.resize(1000, 140)
    theme.apply(qapp, scheme)
    try:
        picture = strip.grab().toImage()
        edge = theme.color("band_line").name()
        drawn = sum(picture.pixelColor(x, FLAGS).name() == edge for x in range(picture.width()))
    finally:
        theme.apply(qapp, "light")
    assert drawn > picture.width() // 3
