"""The rows of the form take the room that their sentences need."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.check.form_columns import FormColumns, FormRow, beside, with_errors
from tracker.ui.widgets.fields import ErrorRow, FieldBox, FieldLabel, LineField
from tracker.ui.widgets.plain_label import PlainLabel

NO_DATE = "“grantrfa” is no date. Type 12/3, t for today, +14, 2w, 3m or fri."
NO_TIME = "“l45b” is no time. Type 930, 9:30, 2p or 14:00."


def test_that_two_sentences_below_one_line_are_both_shown_whole(qtbot: QtBot) -> None:
    day, moment, note, other = (LineField("", name=name) for name in ("Date", "Time", "Note", "Other"))
    moment.setFixedWidth(88)
    when = with_errors(beside((day, 1), (moment, 0)), day, moment)
    rows = (FormRow(FieldLabel("Date", day), when), FormRow(FieldLabel("Note", note), note),
            FormRow(FieldLabel("Other", other), FieldBox(other)))  # fmt: skip
    columns = FormColumns(rows, left=2)
    columns.arrange(2)
    home = QWidget()
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    column.addWidget(columns)
    column.addStretch(1)
    home.resize(820, 500)
    with qtbot.waitExposed(home):
        home.show()

    day.set_error(NO_DATE)
    moment.set_error(NO_TIME)
    QApplication.processEvents()

    sentences = [row.findChildren(PlainLabel)[0] for row in when.findChildren(ErrorRow)]
    assert [label.text() for label in sentences] == [NO_DATE, NO_TIME]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in sentences)
    assert day.height() >= 30
