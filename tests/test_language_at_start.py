"""The language is chosen before any text of a screen is made, and Qt's own dialogs follow it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from tracker import app

ROOT = Path(__file__).resolve().parents[1]
LOADED = """
import sys
import tracker.app
print(*(name for name in sys.modules if name.startswith("tracker.ui.")))
"""
WITHOUT_TEXTS = {"tracker.ui.preferences", "tracker.ui.theme", "tracker.ui.unread_sources"}


def test_that_nothing_with_texts_is_loaded_before_the_language_is_chosen() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = {name for name in told.stdout.split() if ".theme." not in name}
    assert loaded == WITHOUT_TEXTS


@pytest.mark.parametrize(("code", "speaks"), [("en", False), ("es", True), ("xx", False)])
def test_that_qts_own_words_follow_where_qt_has_them(qapp: QApplication, code: str, speaks: bool) -> None:
    assert app.speak(qapp, code) is speaks

    translated = QCoreApplication.translate("QPlatformTheme", "Cancel")
    for translator in qapp.findChildren(app_translator()):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    assert (translated == "Cancelar") is speaks


def test_that_keys_keep_the_names_that_stand_on_them(qapp: QApplication) -> None:
    app.speak(qapp, "es")
    shown = QKeySequence("Ctrl+Shift+PgDown").toString(QKeySequence.SequenceFormat.NativeText)
    for translator in qapp.findChildren(app_translator()):
        qapp.removeTranslator(translator)
        translator.deleteLater()

    assert shown == QKeySequence("Ctrl+Shift+PgDown").toString(QKeySequence.SequenceFormat.NativeText)
    assert "Mayús" not in shown


def app_translator() -> type:
    from PySide6.QtCore import QTranslator

    return QTranslator
