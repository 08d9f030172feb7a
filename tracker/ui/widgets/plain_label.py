"""The only label of the program: it shows text as text, whatever the text holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tracker.ui import theme
from tracker.ui.theme import Role, plain_text

_REPAINT = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange, QEvent.Type.EnabledChange)


class PlainLabel(QLabel):
    """Text in a role and a tone (a token's name: ink, ink2, ink3, accent, no …).

    `wrap` breaks long text into lines, `elide` cuts it at the right end (the whole is in the tool tip), `whole` leaves
    it out where it would be cut: for what is good to know and is told elsewhere too.
    `selectable` lets it be copied, `buddy` is the field that the mnemonic leads to.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: str = "ink",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        elide: bool = False,
        whole: bool = False,
        selectable: bool = False,
        buddy: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self._tone = tone
        self._role: Role = role
        self._weight: int | None = None
        self._elide, self._whole = elide or whole, whole
        self.setWordWrap(wrap)
        self.setFont(theme.font(role))
        if self._elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._selectable, self._hint = selectable, QSize()
        if buddy is not None:
            self.setBuddy(buddy)
        self._colour()
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show the text; markup, line breaks without `wrap`, and marks that turn the direction mean nothing here."""
        shown = plain_text.block(text) if self.wordWrap() else plain_text.one_line(text)
        if shown == self.text():
            return
        self._let_select(False)
        self._hint = QSize()
        super().setText(shown)
        if self._elide:
            self.setToolTip(plain_text.as_tip(shown))

    def setTextFormat(self, _format: Qt.TextFormat) -> None:
        """Stay with plain text: there is no other kind of label here."""

    def set_role(self, role: Role, weight: int | None = None) -> None:
        self._role, self._weight = role, weight
        self.setFont(theme.font(role, weight))

    def set_tone(self, tone: str) -> None:
        """Change the colour to that of another token."""
        if tone != self._tone:
            self._tone = tone
            self._colour()

    def tone(self) -> str:
        return self._tone

    def _colour(self) -> None:
        token = self._tone if self.isEnabled() else "ink_off"
        wanted = theme.color(token)
        palette = self.palette()
        if palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            palette.setColor(QPalette.ColorRole.Text, wanted)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _REPAINT:
            self._colour()
        elif event.type() == QEvent.Type.StyleChange:
            wanted = theme.font(self._role, self._weight)
            if wanted.pointSizeF() != self.font().pointSizeF():
                self._hint = QSize()
                self.setFont(wanted)  # the size of text has changed

    def enterEvent(self, event: QEnterEvent) -> None:
        self._let_select(self._selectable)
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._let_select(self._selectable)
        super().mousePressEvent(event)

    def _let_select(self, wanted: bool) -> None:
        """Let the text be selected only where the pointer is: Qt then makes a document of it, and paints it twice.

        It asks for the same room: what lies beside it must not move under the pointer.
        """
        flag = Qt.TextInteractionFlag
        if bool(self.textInteractionFlags() & flag.TextSelectableByMouse) != wanted:
            self._hint = self.sizeHint() if wanted else QSize()
            self.setTextInteractionFlags(flag.TextSelectableByMouse if wanted else flag.NoTextInteraction)

    def sizeHint(self) -> QSize:
        return self._hint if self._hint.isValid() else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 24), hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = theme.elided(self.text(), self._role, self.width(), self._weight)
        if self._whole and text != self.text():
            return
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
