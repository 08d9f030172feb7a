"""Behaviour of the Import page: look first, then import, undo, and what it says when something is wrong."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import InFront, Settle
from tests.ui.job_counts import count
from tests.ui.visits import HOSTILE_NAMES
from tracker.services import Services
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.importing.step import Step
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.import_page import ImportPage
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.today_page import TodayPage
from tracker.ui.widgets.plain_label import PlainLabel

HEAD = "mrn,last_name,first_name,birth_date\n"
GOOD = HEAD + "M1,Ruiz,Elena,07/02/1951\nM2,Cho,Min,11/02/1949\n"
MIXED = "mrn,last_name,birth_date,room\nM1,Ruiz,07/02/1951,3\nM2,Cho,02/30/1949,4\nM3,,11/02/1949,5\n"


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> ImportPage:
    """The page as the window keeps it: what it does is told to every screen."""
    shown = in_front(ImportPage(context))
    shown.acted.connect(lambda done: context.notifier.publish(done.changes))
    return shown


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def file(text: str, name: str = "patients.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def on_file(services: Services) -> set[str]:
    return {hit.patient.last for last in ("Ruiz", "Cho", "Lee") for hit in services.patients.find(last)}


def counts(page: ImportPage) -> list[tuple[object, ...]]:
    return [(c.kind, c.new, c.changed, c.same, c.rejected) for c in page.result.counts.records()]


def look(page: ImportPage, path: Path, settle: Settle) -> None:
    page.file_row.field.setText(str(path))
    QTest.keyClick(page.file_row.field, Qt.Key.Key_Return)
    settle()


def test_that_it_begins_with_what_a_file_must_look_like(page: ImportPage) -> None:
    assert page.body.currentIndex() == 0
    assert page.bar.import_button.shown_text() == "Off: check a file first"
    assert page.file_row.field.hasFocus()
    told = [label.text() for label in page.body.widget(0).findChildren(PlainLabel)]
    assert "Needed: mrn, last_name, birth_date" in told
    assert "Needed: mrn, date, procedure" in told


def test_that_a_file_is_looked_at_before_anything_is_written(
    page: ImportPage, services: Services, write: Callable[..., Path], settle: Settle
) -> None:
    look(page, write(GOOD), settle)

    assert page.step is Step.READY
    assert page.result.verdict.sentence() == "Ready to import 2 records"
    assert page.result.verdict.right_text() == "patients.csv"
    assert counts(page) == [("patients", 2, 0, 0, 0)]
    assert page.bar.import_button.shown_text() == "Import 2 records"
    assert page.bar.import_button.hasFocus()
    assert not page.result.problems.isVisibleTo(page)
    assert on_file(services) == set()


def test_that_importing_is_one_act_that_is_told_and_undone(
    page: ImportPage, services: Services, context: PageContext, write: Callable[..., Path], settle: Settle, qtbot: QtBot
) -> None:
    look(page, write(GOOD), settle)
    with qtbot.waitSignal(page.acted) as acted:
        page.primary()
    settle()

    done: Done[object] = acted.args[0]
    assert done.sentence == "Imported patients.csv: 2 new, 0 changed, 0 already on file, 0 rejected"
    assert page.step is Step.DONE
    assert page.result.verdict.sentence() == "Imported 2 records"
    assert on_file(services) == {"Ruiz", "Cho"}

    assert done.undo is not None
    context.notifier.publish(services.undo.undo(done.undo).changes)
    settle()
    assert on_file(services) == set()
    assert page.result.verdict.sentence() == "Ready to import 2 records"


def test_that_the_same_file_twice_changes_nothing_and_says_so(
    page: ImportPage, write: Callable[..., Path], settle: Settle, qtbot: QtBot
) -> None:
    path = write(GOOD)
    look(page, path, settle)
    page.primary()
    settle()
    look(page, path, settle)

    assert page.result.verdict.sentence() == "Nothing new: every line is on file already"
    assert counts(page) == [("patients", 0, 0, 2, 0)]
    assert page.bar.import_button.shown_text() == "Off: nothing to import"
    with qtbot.assertNotEmitted(page.acted):
        page.run_import()


def test_that_rejected_lines_are_told_with_place_reason_and_remedy(
    page: ImportPage, services: Services, write: Callable[..., Path], settle: Settle
) -> None:
    look(page, write(MIXED), settle)

    assert page.result.verdict.sentence() == "Ready to import 1 record, 2 lines rejected"
    assert page.result.heading() == "Lines to look at: 2 rejected, 1 remark"
    page.result.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Line\tKind\tColumn\tWhat is wrong\tWhat to do",
        "1\tRemark\troom\tThis column is not known and was passed over\t",
        "3\tRejected\tbirth_date\t02/30/1949 is no date\tWrite MM/DD/YYYY",
        "4\tRejected\tlast_name\tIs empty\tIt is needed on every line",
    ]
    assert page.notice.sentence() == "Copied. Paste it into a spreadsheet."
    page.primary()
    settle()
    assert on_file(services) == {"Ruiz"}


def test_that_rejected_lines_are_saved_mended_and_imported(
    page: ImportPage, services: Services, write: Callable[..., Path], settle: Settle, tmp_path: Path
) -> None:
    look(page, write(MIXED), settle)
    page.primary()
    settle()
    page.result.save_button.click()
    dialog = page.result.dialog
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "patients-rejected.csv"
    target = tmp_path / "rejected.csv"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    settle()

    assert page.notice.sentence() == "Saved 2 rejected lines to rejected.csv."
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["mrn", "last_name", "birth_date", "room", "problem"],
        ["M2", "Cho", "02/30/1949", "4", "line 3, birth_date: 02/30/1949 is no date; write MM/DD/YYYY."],
        ["M3", "", "11/02/1949", "5", "line 4, last_name: is empty; it is needed on every line."],
    ]
    target.write_text(target.read_text(encoding="utf-8-sig").replace("02/30", "03/30").replace("M3,,", "M3,Lee,"))
    look(page, target, settle)
    page.primary()
    settle()
    assert on_file(services) == {"Ruiz", "Cho", "Lee"}


def test_that_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(
    page: ImportPage, write: Callable[..., Path], settle: Settle, tmp_path: Path
) -> None:
    look(page, write(MIXED), settle)
    page.save_rejected(tmp_path / "nowhere" / "rejected.csv")
    settle()

    assert page.notice.sentence().startswith("rejected.csv cannot be written: No such file or directory.")
    assert page.step is Step.READY


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (None, "gone.csv", "gone.csv cannot be read: No such file or directory."),
        ("name,town\nA,B\n", "towns.csv", "towns.csv is in no format that the program knows."),
        ('mrn,last_name,birth_date\nM1,"Ruiz,07/02/1951\n', "quote.csv", "quote.csv, line 2: a quotation mark opens"),
    ],
)
def test_that_a_file_that_cannot_be_taken_is_said_and_its_path_stays(
    page: ImportPage, write: Callable[..., Path], settle: Settle, tmp_path: Path, text: str | None, name: str, said: str
) -> None:
    path = tmp_path / name if text is None else write(text, name)
    look(page, path, settle)

    assert page.notice.sentence().startswith(said)
    assert page.file_row.field.text() == str(path)
    assert page.step is Step.EMPTY


def test_that_a_file_that_vanished_before_its_import_is_said_and_the_preview_stays(
    page: ImportPage, services: Services, write: Callable[..., Path], settle: Settle
) -> None:
    path = write(GOOD)
    look(page, path, settle)
    path.unlink()
    page.primary()
    settle()

    assert page.notice.sentence().startswith("patients.csv cannot be read")
    assert page.step is Step.READY
    assert counts(page) == [("patients", 2, 0, 0, 0)]
    assert on_file(services) == set()


@pytest.mark.parametrize("step", [Step.CHECKING, Step.IMPORTING])
def test_that_calling_off_writes_nothing_and_says_so(
    page: ImportPage, context: PageContext, write: Callable[..., Path], settle: Settle, step: Step
) -> None:
    path, gate = write(GOOD), threading.Event()
    if step is Step.IMPORTING:
        look(page, path, settle)
    context.tasks.run(page, gate.wait, lambda _value: None, lane="long")
    page.check(path) if step is Step.CHECKING else page.run_import()
    assert page.step is step
    page.progress.called_off.emit()
    gate.set()
    settle()

    assert page.notice.sentence() == "The import was called off. Nothing was written."
    assert page.step is (Step.READY if step is Step.IMPORTING else Step.EMPTY)
    assert on_file(context.services) == set()


def test_that_progress_is_shown_with_a_count_and_escape_calls_off(
    page: ImportPage, write: Callable[..., Path], settle: Settle, qtbot: QtBot
) -> None:
    page.check(write(GOOD))
    page.runner.job.tell(1500, 6000)
    page.progress.look()
    assert page.progress.words() == "Checking patients.csv: 25%, 1,500 of 6,000 steps"
    page.progress.show()
    page.progress.cancel_button.click()

    assert page.progress.cancel_button.shown_text() == "Off: stopping"
    assert page.runner.job.is_called_off()
    settle()
    assert not page.progress.isVisibleTo(page)


def test_that_another_path_takes_the_preview_away(page: ImportPage, write: Callable[..., Path], settle: Settle) -> None:
    look(page, write(GOOD), settle)
    QTest.keyClicks(page.file_row.field, "x")

    assert page.step is Step.EMPTY
    assert not page.bar.import_button.isEnabled()


def test_that_a_path_may_stand_in_quotation_marks(page: ImportPage, write: Callable[..., Path], settle: Settle) -> None:
    page.file_row.field.setText(f'"{write(GOOD)}"')
    page.primary()
    settle()

    assert page.step is Step.READY


def test_that_a_chosen_file_is_looked_at_at_once(page: ImportPage, write: Callable[..., Path], settle: Settle) -> None:
    path = write(GOOD)
    page.file_row.choose_button.click()
    dialog = page.file_row.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    settle()

    assert page.step is Step.READY
    assert page.file_row.dialog is None


def test_that_a_dropped_file_is_looked_at_at_once(page: ImportPage, write: Callable[..., Path], settle: Settle) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(write(GOOD)))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settle()

    assert page.step is Step.READY


def test_that_a_preview_follows_what_others_change(
    page: ImportPage, services: Services, context: PageContext, write: Callable[..., Path], settle: Settle
) -> None:
    path = write(GOOD)
    look(page, path, settle)
    services.imports.run(path)
    context.notifier.publish(Changes(frozenset(), frozenset({Kind.PATIENTS})))
    settle()

    assert page.result.verdict.sentence() == "Nothing new: every line is on file already"


def test_that_values_that_look_like_markup_are_shown_as_they_are(
    page: ImportPage, write: Callable[..., Path], settle: Settle
) -> None:
    lines = "".join(f'M{n},"{name}",never\n' for n, name in enumerate(HOSTILE_NAMES))
    rooms = "".join(f'M{n},Ruiz,"{name}"\n' for n, name in enumerate(HOSTILE_NAMES, 50))
    look(page, write("mrn,last_name,birth_date\n" + lines + rooms), settle)

    shown = [page.result.problems.record_model().index(row, 3).data() for row in range(len(HOSTILE_NAMES) * 2)]
    assert "<b>x</b> is no date" in shown
    assert "<img src=x> is no date" in shown
    assert not page.grab().isNull()


def test_that_the_file_menu_leads_to_the_page(qtbot: QtBot, context: PageContext, settle: Settle) -> None:
    window = MainWindow(context, (TodayPage, ImportPage))
    qtbot.addWidget(window)
    window.show()
    window.open_page("today")
    assert not window.registry.action("choose file").isEnabled()
    window.registry.action("import").trigger()
    settle()

    current = window.current_page()
    assert current is not None
    assert current.id == "import"
    assert window.registry.action("choose file").isEnabled()


def test_that_the_same_file_is_imported_anew_each_morning_with_three_keys(
    qtbot: QtBot, context: PageContext, services: Services, write: Callable[..., Path], settle: Settle
) -> None:
    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(window.windowHandle(), key, held)
        settle()

    context.preferences.import_file = str(write(GOOD))
    window = MainWindow(context, (TodayPage, ImportPage))
    qtbot.addWidget(window)
    window.open_page("today")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle()
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert on_file(services) == set()
    press(Qt.Key.Key_Return)
    assert on_file(services) == set()
    press(Qt.Key.Key_Return)

    assert on_file(services) == {"Ruiz", "Cho"}
    count("+  morning", 3)


def test_that_the_file_that_was_imported_last_is_offered_and_one_that_is_gone_is_not(
    context: PageContext, in_front: InFront, write: Callable[..., Path], settle: Settle
) -> None:
    page = in_front(ImportPage(context))
    path = write(GOOD)
    look(page, path, settle)
    page.run_import()
    settle()
    assert in_front(ImportPage(context)).file_row.path() == path

    path.unlink()
    assert in_front(ImportPage(context)).file_row.path() is None
