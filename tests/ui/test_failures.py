"""What a person can mend is said in words; what is a bug becomes a report that holds nobody's data."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tracker.domain.errors import ConflictError, StorageError, VaultError
from tracker.ui import failures
from tracker.ui.failure_dialogs import CrashDialog, FailureDialog
from tracker.ui.failures import Net
from tracker.ui.failures_text import parts_of, scrubbed_report, sentence_of
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.plain_label import PlainLabel

OFFSCREEN = pytest.mark.expect_log("propagateSizeHints")  # has no window manager, and says so whenever one opens
PATIENT = "Whitaker, Doris 07/02/1951"


@pytest.fixture
def net(qapp: object) -> Iterator[Net]:
    """The program's own net, taken down again."""
    before = sys.excepthook, threading.excepthook
    handler = qInstallMessageHandler(None)
    made = failures.install()
    yield made
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(handler)


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    failures.keep_log(tmp_path / "log")
    yield tmp_path / "log" / "tracker.log"
    for added in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(added)
        added.close()
    root.setLevel(level)


def a_fault() -> BaseException:
    try:
        raise_deeply(PATIENT)
    except ValueError as error:
        return error
    raise AssertionError


def raise_deeply(name: str) -> None:
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(f"no such patient: {name}") from error


def shown_words(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_that_a_mendable_error_is_one_sentence_of_three_parts() -> None:
    error = VaultError("The key file is missing.", "There is no clinic.keys.", "Put it back.")

    assert sentence_of(error) == "The key file is missing. There is no clinic.keys. Put it back."
    assert parts_of(error) == ("The key file is missing.", "There is no clinic.keys.", "Put it back.")


def test_that_a_bugs_own_words_are_never_said() -> None:
    assert PATIENT not in sentence_of(ValueError(PATIENT))
    assert not any(PATIENT in part for part in parts_of(ValueError(PATIENT)))


def test_that_a_report_names_types_and_places_and_no_value() -> None:
    report = scrubbed_report(a_fault())

    assert "ValueError" in report
    assert "KeyError" in report
    assert "test_failures.py" in report
    assert "raise_deeply" in report
    assert "Whitaker" not in report
    assert str(Path(__file__).parents[2]) not in report


def test_that_errors_that_cause_each_other_in_a_ring_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first

    assert scrubbed_report(first).count("ValueError") == 1


def test_that_a_mendable_error_opens_a_dialog_of_words(qtbot: QtBot) -> None:
    dialog = failures.show_failure(None, ConflictError("Taken.", "By another desk.", "Look again."))
    qtbot.addWidget(dialog)

    words = shown_words(dialog)
    assert type(dialog) is FailureDialog
    assert all(part in words for part in ("Taken.", "By another desk.", "Look again."))
    assert not dialog.findChildren(QPushButton, "Copy report")


@pytest.mark.expect_log("Unexpected failure")
def test_that_a_bug_opens_a_dialog_with_a_report_to_copy(qtbot: QtBot) -> None:
    dialog = failures.show_failure(None, a_fault())
    qtbot.addWidget(dialog)
    assert isinstance(dialog, CrashDialog)
    copy = next(button for button in dialog.findChildren(ActionButton) if button.shown_text() == "Copy report")

    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == dialog.report
    assert "Whitaker" not in dialog.report + shown_words(dialog)


@OFFSCREEN
@pytest.mark.expect_log("Unexpected failure")
def test_that_what_nobody_caught_is_shown_once_at_a_time(net: Net, qtbot: QtBot) -> None:
    error = a_fault()
    net.take(type(error), error, error.__traceback__)
    net.take(type(error), error, error.__traceback__)

    dialog = net._open
    assert dialog is not None
    qtbot.addWidget(dialog)
    dialog.accept()
    net.take(type(error), error, error.__traceback__)
    assert net._open is not None
    net._open.accept()


@OFFSCREEN
@pytest.mark.expect_log("Unexpected failure")
def test_that_a_fault_on_another_thread_is_shown_by_the_window(net: Net, qtbot: QtBot) -> None:
    thread = threading.Thread(target=raise_deeply, args=(PATIENT,))
    with qtbot.waitSignal(net.caught):
        thread.start()
    thread.join()

    qtbot.waitUntil(lambda: net._open is not None)
    assert net._open is not None
    net._open.accept()


@pytest.mark.expect_log("Unexpected failure")
def test_that_the_log_holds_places_and_no_values(log_file: Path, qtbot: QtBot) -> None:
    dialog = failures.show_failure(None, a_fault())
    qtbot.addWidget(dialog)
    try:
        raise_deeply(PATIENT)
    except ValueError:
        logging.getLogger("tracker.trial").info("a step failed", exc_info=True)

    written = log_file.read_text(encoding="utf-8")
    assert "raise_deeply" in written
    assert "a step failed" in written
    assert "Whitaker" not in written


@pytest.mark.expect_log("a word from Qt")
def test_that_qts_own_words_go_to_the_log(net: Net) -> None:
    qWarning("a word from Qt")


def test_that_a_place_where_no_log_can_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    handlers = list(logging.getLogger().handlers)

    failures.keep_log(tmp_path / "file" / "log")

    assert logging.getLogger().handlers == handlers


def test_that_a_storage_error_is_told_in_its_own_words() -> None:
    assert (
        sentence_of(StorageError("The disk is full, so nothing was saved."))
        == "The disk is full, so nothing was saved."
    )
