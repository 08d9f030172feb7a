"""A field for a whole number, such as days or minutes."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.widgets.fields import LineField

_WHOLE = re.compile(r"-?\d{1,6}")


class NumberField(LineField):
    """`unit` stands inside the right end while a number is typed; an empty field is None."""

    def __init__(self, unit: str = "", parent: QWidget | None = None, *, name: str = "", placeholder: str = "") -> None:
        super().__init__(placeholder, parent, name=name)
        self._unit = unit
        self.textChanged.connect(self._on_changed)

    def number(self) -> int | None:
        """Return what was typed, None for nothing and for what is no whole number."""
        typed = self.text().strip()
        return int(typed) if _WHOLE.fullmatch(typed) else None

    def set_number(self, number: int | None) -> None:
        self.setText("" if number is None else str(number))

    def settle(self, *, optional: bool = False) -> bool:
        """Say below the field what is wrong with what was typed; True when nothing is."""
        typed = self.text().strip()
        if not typed:
            self.set_error(None if optional else tr("Type a number."))
        elif self.number() is None:
            self.set_error(tr("“{typed}” is no whole number. Type it in figures.", typed=typed[:40]))
        return not self.error()

    def _on_changed(self, text: str) -> None:
        self.set_error(None)
        self.set_echo(self._unit if text.strip() else "")
