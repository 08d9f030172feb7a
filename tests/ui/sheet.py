"""Draws every component in every state into one picture, to be laid beside the design: python tests/ui/sheet.py OUT."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.verdict import Grade
from tracker.ui import icons, theme
from tracker.ui.models.record_table_model import Column
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.empty_state import EmptyState
from tracker.ui.widgets.fields import FieldBox, LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import EvidencePips, KeyCap, StatusLabel
from tracker.ui.widgets.navigation import Navigation, Section
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.status_line import StatusLine
from tracker.ui.widgets.verdict_bar import VerdictBar


@dataclass(frozen=True)
class Visit:
    state: str
    patient: str
    born: str
    status: Status
    flag: str


VISITS = (
    Visit("normal", "Hughes, Maria", "01/06/1964", Status.OK, "Allowed"),
    Visit("hover", "Lang, Theodore", "07/19/1943", Status.CAUTION, "Last in window"),
    Visit("normal", "Jensen, Paul", "02/28/1955", Status.NO, "Not before 11/25"),
    Visit("selected, focus", "Ibarra, Jorge", "06/15/1960", Status.AUTH, "Auth ended 11/20"),
    Visit("unknown", "Kowalski, Ann", "10/11/1957", Status.UNKNOWN, "Ask prior count"),
    Visit("overridden", "Quinn, Teresa", "08/30/1973", Status.NEUTRAL, "Overridden"),
    Visit("done", "Alvarez, Rosa", "03/14/1958", Status.OK, "Allowed"),
)


def table(parent: QWidget) -> RecordTable:
    made = RecordTable(
        (
            Column("Row state", lambda visit: visit.state, longest="selected, focus"),
            Column("Patient", lambda visit: visit.patient, strong=True),
            Column("Born", lambda visit: visit.born, tone=lambda _visit: "ink2", longest="00/00/0000"),
            Column("Verdict", lambda visit: visit.flag, status=lambda visit: visit.status, longest="Auth ended 11/20",
                   glyph=lambda visit: Glyph.TURN if visit.flag == "Overridden" else None),
        ),
        parent, name="Visits", past=lambda visit: visit.state == "done", identity=lambda visit: visit.patient,
    )  # fmt: skip
    made.set_rows(VISITS)
    made.select_row(3)
    return made


class Icons(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(len(icons.names()) * 28, 48)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        for place, name in enumerate(icons.names()):
            icons.paint(painter, name, QRectF(place * 28, 4, 16, 16), theme.color("ink2"))
        from tracker.ui.theme import glyphs

        for place, glyph in enumerate(Glyph):
            glyphs.paint(painter, glyph, QRectF(place * 28, 28, 14, 14), theme.color("ink2"))


def row(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line


def left(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(10)
    for role in ("title", "subtitle", "heading", "strong", "body", "caption", "hint"):
        column.addWidget(PlainLabel(f"Not before Wed 01/13/2027  0123456789  ({role})", role, parent=page))
    focus = ActionButton("Focus", page, key="Alt+O")
    off = ActionButton("Book", page)
    off.set_off("choose a side")
    pressed = ActionButton("Pressed", page, key="Alt+O")
    pressed.setDown(True)
    book = ActionButton("Book on Wed 01/13/2027", page, key="Ctrl+Enter", kind="primary")
    override, close = ActionButton("Override…", page, key="Alt+O"), ActionButton("Close", page, key="Esc", kind="quiet")
    column.addLayout(row(book, override, close))
    column.addLayout(
        row(focus, pressed, off, ActionButton("Small", page, small=True), ActionButton("Open rule", page, kind="link"))
    )
    date, levels, wrong = LineField(parent=page), LineField(parent=page), LineField(parent=page)
    date.setText("12/3")
    date.set_echo("Thu")
    levels.setText("l45b")
    levels.set_echo("L4-5 both")
    wrong.setText("l99")
    box = FieldBox(wrong, page)
    wrong.set_error("l99 is no level. Try l45b.")
    choice = ChoiceField((Choice(1, "Medicare Part B", "1EG4-TE5-MK72"),), page, name="Coverage")
    column.addLayout(row(date, levels, choice))
    segments = Segments((("ask", "Not asked"), ("none", "None"), ("yes", "Yes, add…")), page, name="Elsewhere")
    segments.set_value("none")
    column.addLayout(row(box, segments))
    chips = ChipRow((("all", "All"), ("flags", "Flags"), ("over", "Overridden")), page)
    for key, count in (("all", 20), ("flags", 7), ("over", 1)):
        chips.set_count(key, count)
    column.addLayout(row(chips))
    column.addLayout(row(*(EvidencePips(grade, page) for grade in Grade), KeyCap("Ctrl+K", page), KeyCap("F3", page)))
    column.addWidget(
        EmptyState(
            "No patient found.", "Nobody here has that name, birth date or number.", "Add this patient", "Ins", page
        )
    )
    page.setProperty("focus_me", focus)
    return column


def right(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addLayout(row(*(StatusLabel(status, "", page, tinted=False) for status in Status)))
    column.addLayout(row(*(StatusLabel(status, "", page, tinted=True) for status in Status)))
    for status, words, count in (
        (Status.OK, "Allowed on Thu 12/10/2026", "1 of 2 sessions used"),
        (Status.CAUTION, "Allowed, last one in the window", "3 of 4 sessions used"),
        (Status.AUTH, "Needs authorization", "no request yet"),
        (Status.UNKNOWN, "Cannot tell for Mon 12/07/2026", "2 or 3 of 3"),
        (Status.NO, "Not before Wed 01/13/2027", "4 of 4 sessions used"),
    ):
        bar = VerdictBar(page)
        bar.show_verdict(status, words, count)
        column.addWidget(bar)
    shown = table(page)
    shown.setFixedHeight(shown.content_height())
    column.addWidget(shown)
    page.setProperty("table", shown)
    column.addWidget(Icons(page))
    column.addStretch(1)
    return column


def build() -> QWidget:
    page = Ground("surface")
    page.resize(1240, 900)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    middle = QHBoxLayout()
    navigation = Navigation((Section("today", "Today", "calendar-check"), Section("find", "Patients", "users")), page)
    navigation.set_current("today")
    navigation.set_count("find", 23)
    middle.addWidget(navigation)
    body = QVBoxLayout()
    body.addWidget(PageHead("Today", "Monday 11/23/2026", page))
    columns = QHBoxLayout()
    columns.setContentsMargins(16, 0, 16, 16)
    columns.setSpacing(32)
    columns.addLayout(left(page), 1)
    columns.addLayout(right(page), 1)
    body.addLayout(columns)
    middle.addLayout(body)
    outer.addLayout(middle)
    line = StatusLine(page)
    line.show_sentence("Booked Ruiz, Elena  TF epidural L5-S1 left, Thu 12/03/2026 10:15 AM", object())
    line.set_facts(
        (("check", "Backup 7:30 AM, verified"), ("", "Bluegrass Spine & Pain"), ("lock", "J. Diaz, scheduler"))
    )
    outer.addWidget(line)
    return page


def main() -> None:
    app = QApplication(sys.argv[:1])
    theme.apply(app, "dark" if "dark" in sys.argv else "light")
    page = build()
    page.show()
    app.processEvents()
    for name in ("focus_me",):
        page.property(name).setFocus()
    app.sendEvent(page.property("focus_me"), QFocusEvent(QFocusEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    app.processEvents()
    assert page.mapToGlobal(QPoint(0, 0)) is not None
    page.grab().save(sys.argv[1])


if __name__ == "__main__":
    main()
