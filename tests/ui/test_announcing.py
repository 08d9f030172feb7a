"""What changes away from the hands is said where somebody listens, once, and only then."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.announcing import announce
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.theme.status import Status
from tracker.ui.tour.guide_strip import GuideStrip
from tracker.ui.widgets.fields import FieldBox, LineField
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.status_line import StatusLine
from tracker.ui.widgets.verdict_bar import VerdictBar

POLITE, URGENT = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive


class Listener:
    """Stands where Qt hands announcements to the system; `on` tells whether a reader is there."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self) -> None:
        self.on = True
        self.said: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def isActive(self) -> bool:
        return self.on

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.said.append((event.message(), event.politeness()))

    def words(self) -> list[str]:
        return [words for words, _politeness in self.said]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    made = Listener()
    monkeypatch.setattr(QtGui, "QAccessible", made)
    return made


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_that_nothing_is_said_where_nobody_listens(listener: Listener, qtbot: QtBot) -> None:
    widget, listener.on = shown(QWidget(), qtbot), False

    announce(widget, "Booked")

    assert listener.said == []


def test_that_nothing_is_said_of_what_is_not_shown(listener: Listener, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)

    announce(widget, "Booked")

    assert listener.said == []


@pytest.mark.parametrize(
    ("status", "politeness"),
    [(Status.OK, POLITE), (Status.CAUTION, POLITE), (Status.UNKNOWN, POLITE), (Status.AUTH, URGENT),
     (Status.NO, URGENT)],
)  # fmt: skip
def test_that_an_answer_that_changes_is_said_once_and_a_refusal_at_once(
    status: Status, politeness: QAccessible.AnnouncementPoliteness, listener: Listener, qtbot: QtBot
) -> None:
    bar = VerdictBar()
    shown(bar, qtbot)

    for _again in range(2):
        bar.show_verdict(status, "Not before Wed 01/13/2027", "4 of 4 sessions used")

    assert listener.said == [("Not before Wed 01/13/2027. 4 of 4 sessions used", politeness)]


def test_that_the_state_between_two_answers_is_not_said(listener: Listener, qtbot: QtBot) -> None:
    bar = VerdictBar()
    shown(bar, qtbot)

    bar.show_verdict(Status.NEUTRAL, "Looking")

    assert listener.said == []


def test_that_what_was_done_is_said_with_the_key_that_takes_it_back(listener: Listener, qtbot: QtBot) -> None:
    line = StatusLine()
    shown(line, qtbot)

    line.show_sentence("Booked.", object())
    line.show_sentence("Copied.")
    line.show_sentence("Copied.")

    assert listener.words() == ["Booked. Undo: Ctrl+Z", "Copied."]


def test_that_undo_tells_the_whole_sentence_that_a_small_window_cuts(listener: Listener, qtbot: QtBot) -> None:
    line = StatusLine()
    sentence = "Switched off for this clinic: At most 2 sessions <in> any 12 months, counted by date of service. " * 3
    line.show_sentence(sentence.strip(), object())

    assert line.undo_button.accessibleDescription() == sentence.strip()
    assert "&lt;in&gt;" in line.undo_button.toolTip()


def test_that_work_in_the_background_is_said_when_it_begins_and_ends_but_not_at_each_step(
    listener: Listener, qtbot: QtBot
) -> None:
    line = StatusLine()
    shown(line, qtbot)

    for text in ("Checking 1 of 20", "Checking 2 of 20", "Checking 3 of 20", ""):
        line.show_background(text)

    assert listener.words() == ["Checking 1 of 20", "The work in the background has ended."]


def test_that_a_sentence_in_place_is_said(listener: Listener, qtbot: QtBot) -> None:
    home = QWidget()
    notice = NoticeBar(home)
    shown(home, qtbot)

    for _again in range(2):
        notice.show_sentence(Status.NO, "The file cannot be read.")
    notice.clear()

    assert listener.said == [("The file cannot be read.", URGENT)]


def test_that_what_is_wrong_with_a_field_is_said(listener: Listener, qtbot: QtBot) -> None:
    field = LineField(name="Levels")
    box = FieldBox(field)
    shown(box, qtbot)

    for _again in range(2):
        field.set_error("l99 is no level. Try l45b.")
    field.set_error(None)

    assert listener.words() == ["l99 is no level. Try l45b."]


def test_that_progress_is_said_by_quarters(listener: Listener, qtbot: QtBot) -> None:
    class Job:
        told = (0, 100)

    home, job = QWidget(), Job()
    row = ProgressRow(home)
    shown(home, qtbot)
    row.follow(job, "Checking visits.csv")
    row.show()
    for done in range(0, 60, 5):
        job.told = (done, 100)
        row.look()
    row.stop()

    assert listener.words() == [
        f"Checking visits.csv: {done}%, {done} of 100 steps" for done in (0, 25, 50)]  # fmt: skip


def test_that_a_step_of_the_tour_is_said(listener: Listener, qtbot: QtBot) -> None:
    strip = GuideStrip()
    shown(strip, qtbot)

    strip.show_step("1 of 5", "Press F3.")

    assert listener.words() == ["1 of 5. Press F3."]
