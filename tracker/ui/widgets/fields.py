"""Fields that echo what they understood and say below themselves what to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.announcing import announce
from tracker.ui.theme import glyphs, plain_text
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:  # a list to choose from loads much of Qt that the first window needs not
    from tracker.ui.widgets.choice_field import ChoiceField


_MOST = 10_000
_ECHO_STEP = 8
"""Other margins lay the whole page out anew: an echo of about the same width leaves them alone."""


class LineField(QLineEdit):
    """One line of typed text. `set_echo` shows inside the right end what was understood; `set_error` a sentence below.

    The sentence itself is drawn by the `FieldBox` round the field. `error_changed` carries it ("" when mended).
    """

    error_changed = Signal(str)
    end_room = 0
    """So many pixels of the right end are kept free for what a subclass paints there."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, *, name: str = "", secret: bool = False):
        super().__init__(parent)
        self._echo = ""
        self._error = ""
        self._left_by_window = False
        self._full = False
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setMaxLength(_MOST)
        self.inputRejected.connect(self._say_full)
        self.textEdited.connect(self._on_shortened)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)

    def set_echo(self, text: str) -> None:
        """Show what was understood ("L4-5 both", "Thu 12/03/2026"); "" for nothing."""
        echo = plain_text.one_line(text, 60)
        changed = echo != self._echo
        self._echo = echo
        self._make_room()
        if changed:
            self._describe()
            self.update()

    def _make_room(self) -> None:
        width = room_of(self.shown_echo()) + self.end_room
        if width != self.textMargins().right():
            self.setTextMargins(0, 0, width, 0)

    def shown_echo(self) -> str:
        """Return what of the echo is painted; override where a part of it gives way to what is typed."""
        return self._echo

    def echo(self) -> str:
        return self._echo

    def set_error(self, sentence: str | None) -> None:
        """Mark the field and say what to do; None when it is mended. Typed text is never touched."""
        wanted = plain_text.one_line(sentence or "")
        if wanted == self._error:
            return
        changed_state = bool(wanted) != bool(self._error)
        self._error = wanted
        if changed_state:
            self.setProperty("invalid", bool(wanted))
            self.style().unpolish(self)
            self.style().polish(self)
        self._describe()
        self.error_changed.emit(wanted)

    def error(self) -> str:
        return self._error

    def comes_back(self, event: QFocusEvent) -> bool:
        """Tell whether the window alone was away, locked or behind another: the caret stays where the hands left it."""
        return self._left_by_window and event.reason() is Qt.FocusReason.ActiveWindowFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._left_by_window = event.reason() is Qt.FocusReason.ActiveWindowFocusReason

    @Slot()
    def _say_full(self) -> None:
        """Say that the end of what was pasted is not here."""
        self.set_error(tr("Only the first {n:,} characters have room here. Look at the end.", n=_MOST))
        self._full = True

    @Slot(str)
    def _on_shortened(self, text: str) -> None:
        if self._full and len(text) < _MOST:
            self._full = False
            self.set_error(None)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._error or self._echo)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if echo := self.shown_echo():
            painter = QPainter(self)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink2"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -9 - self.end_room, 0), int(right), echo)


def room_of(echo: str) -> int:
    """Return how much of the right end an echo takes."""
    width = QFontMetrics(theme.font("caption")).horizontalAdvance(echo) + 12 if echo else 0
    return width + -width % _ECHO_STEP


class ErrorRow(QWidget):
    """Glyph and sentence, 12 px, hidden while there is nothing to mend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel("", "caption", "no", self, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 2, 0, 0)
        row.addWidget(self._label)
        self.hide()

    def show_sentence(self, sentence: str) -> None:
        self._label.setText(sentence)
        self.setVisible(bool(sentence))
        announce(self, sentence)

    def sentence(self) -> str:
        return self._label.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        glyphs.paint(QPainter(self), Glyph.OCTAGON, QRectF(0, 3, 14, 14), theme.color("no"))


class FieldBox(QWidget):
    """A field with the room for its sentence below; put this into layouts where a field can be wrong."""

    def __init__(self, field: LineField | ChoiceField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._row = ErrorRow(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(field)
        column.addWidget(self._row)
        field.error_changed.connect(self._row.show_sentence)

    def sentence(self) -> str:
        return self._row.sentence()


class SecretField(LineField):
    """A password field that says when Caps Lock seems to be on."""

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, name: str = tr("Password")) -> None:
        super().__init__("", parent, name=name, secret=True)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift and letter.isupper() != letter.islower())
        super().keyPressEvent(event)


class FieldLabel(PlainLabel):
    """The word left of a field; its mnemonic leads there."""

    def __init__(self, text: str, buddy: QWidget, parent: QWidget | None = None, *, width: int = 68) -> None:
        super().__init__(text, "body", "ink2", parent, buddy=buddy)
        self.setMinimumWidth(width)
        if not buddy.accessibleName():
            buddy.setAccessibleName(text.replace("&", ""))


def letters_of(home: QWidget) -> str:
    """Return the letters that lead to the fields of a form, or of a page, with Alt."""
    texts = (label.text() for label in home.findChildren(FieldLabel))
    return "".join(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
