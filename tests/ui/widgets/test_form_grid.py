"""A form of two fields a line says of which of them it speaks."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tracker.ui.widgets.fields import ErrorRow, LineField
from tracker.ui.widgets.form_grid import FormGrid


def test_that_a_sentence_about_the_second_field_of_a_line_names_it(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    first, second = LineField("", form), LineField("", form)
    form.add("&Course", first, ("&Levels", second))
    rows = form.findChildren(ErrorRow)

    first.set_error("It is too long.")
    second.set_error("It is not there.")
    assert [row.sentence() for row in rows] == ["It is too long.", "Levels: It is not there."]
    assert second.error() == "It is not there."

    second.set_error(None)
    assert [row.isHidden() for row in rows] == [False, True]
