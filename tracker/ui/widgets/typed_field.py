"""What fields have in common that read text: what is only begun is no mistake while one types on."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.ui.widgets.fields import LineField


class TypedField(LineField):
    """`changed` comes when the meaning changes. What is only begun is no mistake while the focus is here.

    `echoes` false: where there is room for the text only, and something else says what was understood.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None, *, name: str, echoes: bool = True) -> None:
        super().__init__(placeholder, parent, name=name)
        self._echoes = echoes
        self.textEdited.connect(self._on_edited)

    def set_echo(self, text: str) -> None:
        super().set_echo(text if self._echoes else "")

    def is_begun(self) -> bool:
        """Tell whether more typing could still make sense of the text; override."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the text anew, and set echo or error; override."""
        raise NotImplementedError

    def is_wrong(self) -> bool:
        """Tell whether there is text without a meaning, begun or mistaken."""
        raise NotImplementedError

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.read()
        self.changed.emit()

    def _refuse(self, error: InvalidEntryError) -> None:
        self.set_echo("")
        self.set_error(None if self.hasFocus() and self.is_begun() else error.sentence())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.comes_back(event):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.read()
        self.left.emit()
