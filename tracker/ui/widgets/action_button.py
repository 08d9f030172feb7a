"""A button that carries its key as a second, lighter text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.theme import plain_text
from tracker.ui.widgets.faces import paint_face, paint_filled
from tracker.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    pass

_GAP = 8
_ICON = 14
_EDGE = 4


class ActionButton(QPushButton):
    """`kind` is "plain", "primary" (one a page), "quiet" (no face), "link", "accent" or "chosen" (accent ink).

    `key` is shown as it stands; with `bind` it also presses the button. `set_off` disables it and says why in its text.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        key: str = "",
        kind: str = "plain",
        icon: str = "",
        small: bool = False,
        bind: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._key = key
        self._kind = kind
        self._icon_name = icon
        self._small = small
        self._reason = ""
        self._ring: FocusRing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self._bound = QKeySequence(key) if bind and key else None
        if self._bound is not None:
            self.setShortcut(self._bound)

    def setText(self, text: str) -> None:
        """Show other words; Qt takes the key away with the old ones."""
        if text == self.text():
            return
        super().setText(text)
        if self._bound is not None:
            self.setShortcut(self._bound)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon before the words, "" for none."""
        if name != self._icon_name:
            self._icon_name = name
            self.updateGeometry()
            self.update()

    def key(self) -> str:
        return self._key

    def set_key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def set_off(self, reason: str | None) -> None:
        """Disable with a reason that stands in the button ("choose a side"), or enable again with None."""
        before, self._reason = self._reason, tr("Off: {reason}", reason=reason) if reason else ""
        self.setEnabled(not reason)
        if self._reason == before:
            return
        self.setAccessibleDescription(self._reason)
        self.updateGeometry()
        self.update()

    def set_tip(self, text: str) -> None:
        """Say more than the words do, to the pointer and to whoever listens."""
        self.setToolTip(text)
        self.setAccessibleDescription(text)

    def shown_text(self) -> str:
        """Return the words that stand in the button now, without mnemonic marks."""
        return self._reason or self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def sizeHint(self) -> QSize:
        return self.size_with(self._key)

    def size_with(self, key: str) -> QSize:
        """Return how large the button is with this key beside its words, "" for none."""
        words = theme.text_width(self.shown_text(), self._role())
        beside = theme.text_width(key, "hint") + _GAP if key and self.isEnabled() else 0
        icon = _ICON + (6 if words else 0) if self._icon_name else 0
        side = 0 if self._kind == "link" else 16 if self._small else 24
        return QSize(side + icon + words + beside + 2, 26 if self._small else 30)

    def minimumSizeHint(self) -> QSize:
        if self.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Maximum:
            return self.sizeHint()
        return QSize(theme.text_width(self.shown_text(), self._role()) + 2 * _EDGE + 2, self.sizeHint().height())

    def let_shrink(self) -> None:
        """Come closer to the words where there is little room, before those of another button are cut."""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def is_cut(self) -> bool:
        """Tell whether there is too little room for the words alone."""
        return theme.text_width(self.shown_text(), self._role()) > self._room()

    def event(self, event: QEvent) -> bool:
        """Show the whole of words that are cut, to the pointer; who listens hears them anyway."""
        if event.type() == QEvent.Type.ToolTip and not self.toolTip() and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_text.as_tip(self.shown_text()) if self.is_cut() else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._ring is None and self.parentWidget() is not None:
            self._ring = FocusRing(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self._key:
            self.updateGeometry()  # a button that is off does not show its key

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        self._paint_face(painter, box)
        self._paint_words(painter, self.rect())

    def _paint_face(self, painter: QPainter, box: QRectF) -> None:
        hover = self.underMouse() and self.isEnabled()
        if self._kind == "link":
            return
        if not self.isEnabled():
            if self._kind != "quiet":
                paint_face(painter, box, theme.color("panel"), edge="line2")
        elif self._kind == "primary":
            fill = theme.color("accent")
            paint_filled(painter, box, fill.darker(112) if self.isDown() else fill.lighter(106) if hover else fill)
        elif self._kind == "quiet":
            if hover or self.isDown():
                paint_filled(painter, box, theme.color("sel" if self.isDown() else "hover"))
        elif self._kind == "chosen":
            paint_face(painter, box, theme.color("sel"), sides="accent", edge="accent")
        else:
            paint_face(painter, box, theme.color("sel" if self.isDown() else "hover" if hover else "ctl"))

    def _paint_words(self, painter: QPainter, box: QRect) -> None:
        ink, room = self._ink(), self._room()
        words, key = self.shown_text(), self._key if self._shows_key() else ""
        words_width = theme.text_width(words, self._role())
        key_width = theme.text_width(key, "hint") + _GAP if key else 0
        icon_width = _ICON + (6 if words else 0) if self._icon_name else 0
        if words and icon_width + words_width + key_width > room:  # the key gives way first, then the icon
            key, key_width = "", 0
            icon_width = icon_width if icon_width + words_width <= room else 0
        cut = words_width > room
        words_width = min(words_width, room)
        total = icon_width + words_width + key_width
        spread = self.width() > self.sizeHint().width() + 8 and bool(key)
        left = 12 if spread else max(0, (box.width() - total) // 2)
        if icon_width:
            icons.paint(painter, self._icon_name, QRectF(left, (box.height() - _ICON) / 2, _ICON, _ICON), ink)
            left += icon_width
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(self._role()))
        painter.setPen(ink)
        mnemonic = 0 if cut or self._reason or "&" not in self.text() else Qt.TextFlag.TextShowMnemonic.value
        if cut:
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, words_width)
        painter.drawText(QRect(left, 0, box.width() - left, box.height()), int(flags) | mnemonic,
                         self.text() if mnemonic else words)  # fmt: skip
        if key:
            left = box.width() - key_width + _GAP - 12 if spread else left + words_width + _GAP
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.color("on_accent" if self._kind == "primary" else "ink3"))
            painter.drawText(QRect(left, 0, box.width() - left, box.height()), int(flags), key)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.color("ink_off")
        return theme.color(
            {"primary": "on_accent", "link": "accent", "chosen": "accent", "accent": "accent"}.get(self._kind, "ink")
        )

    def _role(self) -> theme.Role:
        if self._kind in ("primary", "chosen", "accent"):
            return "heading"
        return "body" if self._kind == "link" else "caption_strong" if self._small else "strong"

    def _room(self) -> int:
        """Return how wide words may be; a link has no face, so none of its edge."""
        return self.width() if self._kind == "link" else self.width() - 2 * _EDGE

    def _shows_key(self) -> bool:
        return bool(self._key) and self.isEnabled()
