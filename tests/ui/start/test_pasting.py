"""What opens the clinic may be pasted: from a keeper of passwords, or from where the recovery code was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.recovery_window import RecoveryWindow
from tracker.ui.start.restore_window import RestoreWindow
from tracker.ui.start.sign_in_window import SignInWindow

SECRET = "seven quiet rivers"


@pytest.mark.parametrize(
    "make",
    [SignInWindow, lambda: SignInWindow(locked=True, user="Kim Oh"), FirstRunWindow, RestoreWindow,
     lambda: RecoveryWindow(("Kim Oh", "Jo Diaz"))],
    ids=["sign in", "locked", "first run", "restore", "recovery"],
)  # fmt: skip
def test_that_every_secret_can_be_pasted(qtbot: QtBot, make: type[QWidget]) -> None:
    window = make()
    qtbot.addWidget(window)
    window.show()
    QGuiApplication.clipboard().setText(SECRET)
    secrets = [each for each in window.findChildren(QLineEdit) if each.echoMode() != QLineEdit.EchoMode.Normal]
    if isinstance(window, RecoveryWindow):
        secrets.append(window.code)

    for field in secrets:
        field.clear()
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    QGuiApplication.clipboard().clear()
    assert secrets
    assert [each.text() for each in secrets] == [SECRET] * len(secrets)
