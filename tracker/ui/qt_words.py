"""Qt's own words in the language of the screens, but for the keys: they are named as they stand on a US keyboard."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_KEYS = "QShortcut"


class QtWords(QTranslator):
    """Ctrl+Shift stays what it is: the keys are printed so, and every hint of the program says so."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return None if context == _KEYS else super().translate(context, text, disambiguation, n)
