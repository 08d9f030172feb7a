"""The bar at the foot of Check and book: the filled button, the one for a reason, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.check.next_act import PROMISE, Kind, NextAct
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel

PIN_KEY = "Alt+B"
_MARGIN, _GAP, _LEAST = 16, 8, 560
NOT_WRITTEN = tr("Only fills the form; nothing is booked.")
HOLD_KEY = "Alt+K"


class ActBar(Ground):
    """54 px. It shows what can be done and tells what was pressed."""

    primary_pressed = Signal()
    reason_pressed = Signal()
    hold_pressed = Signal()
    close_pressed = Signal()
    pin_pressed = Signal()
    take_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self.setFixedHeight(54)
        self.primary = ActionButton(tr("Book"), self, key="Ctrl+Enter", kind="primary")
        self.primary.setProperty("help", "check#book")
        self.hold = ActionButton("", self, key=HOLD_KEY)
        self.hold.hide()
        self.reason = ActionButton(tr("Override…"), self, key="Alt+O")
        self.pin = ActionButton(tr("Pinboard"), self, key=PIN_KEY)
        self.close_button = ActionButton(tr("Close"), self, key="Esc", kind="quiet")
        self._keys = {self.hold: HOLD_KEY, self.reason: "Alt+O", self.pin: PIN_KEY, self.close_button: "Esc"}
        self._words = PlainLabel(PROMISE, "caption", "ink3", self, elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.primary)
        row.addWidget(self.hold)
        row.addWidget(self.reason)
        row.addWidget(self.pin)
        row.addSpacing(_GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button)
        self._act, self._may_pin = NextAct(Kind.NONE), False
        self._taking: tuple[str, str] | None = None
        self._told = PROMISE
        self.primary.clicked.connect(self._on_primary_clicked)
        self.hold.clicked.connect(self.hold_pressed)
        self.reason.clicked.connect(self.reason_pressed)
        self.pin.clicked.connect(self.pin_pressed)
        self.close_button.clicked.connect(self.close_pressed)

    def show_act(self, act: NextAct, *, may_pin: bool = False) -> None:
        """Show what can be done now; while an alternative is looked at, that is shown afterwards."""
        self._act, self._may_pin = act, may_pin
        if self._taking is None:
            self._show(act)

    def set_taking(self, text: str | None, off: str = "") -> None:
        """While an alternative is looked at the filled button takes it over and nothing can be booked; None: ended."""
        taking = None if text is None else (text, off)
        if taking == self._taking:
            return
        self._taking = taking
        self._show(self._act if text is None else NextAct(Kind.NONE, text, off))
        if text is not None:
            self._told = NOT_WRITTEN
        self.close_button.setText(tr("Close") if text is None else tr("Back to the form"))
        self._fit()

    def _show(self, act: NextAct) -> None:
        self.primary.setText(act.text)
        self.primary.set_off(act.off or None)
        self.hold.setText(act.hold_text)
        self.hold.setVisible(bool(act.hold_text))
        self.reason.setText(act.reason_text)
        self.reason.setVisible(act.reason_wanted)
        self._told = act.told or (PROMISE if act.kind in (Kind.BOOK, Kind.BOOK_AHEAD) else "")
        self._fit()

    @Slot()
    def _on_primary_clicked(self) -> None:
        (self.primary_pressed if self._taking is None else self.take_pressed).emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.height())  # keys and words give way: the bar must not hold the window open

    def _fit(self) -> None:
        """Leave out the keys of the lesser buttons where they have no room; show the sentence whole or not at all."""
        may_pin = self._may_pin and self._taking is None
        keyed = self._room(may_pin, keyed=True) >= 0
        may_pin = may_pin and (keyed or self._room(may_pin, keyed=False) >= 0)  # its key works without it
        self.pin.setVisible(may_pin)
        for button, key in self._keys.items():
            button.set_key(key if keyed else "")
        room = self._room(may_pin, keyed=keyed)
        wide = QFontMetrics(theme.font("caption")).horizontalAdvance(self._told)
        self._words.setText(self._told if wide <= room else "")

    def _room(self, may_pin: bool, *, keyed: bool) -> int:
        """Return how much the buttons leave, with their keys or without; measured before anything is shown."""
        shown = [button for button in self._keys if (may_pin if button is self.pin else not button.isHidden())]
        taken = sum(button.size_with(self._keys[button] if keyed else "").width() + _GAP for button in shown)
        return self.width() - 2 * _MARGIN - 3 * _GAP - self.primary.sizeHint().width() - taken

    def set_busy(self, busy: bool) -> None:
        """While something is being written nothing can be pressed twice."""
        self.primary.setEnabled(not busy)
        self.hold.setEnabled(not busy)
        self.reason.setEnabled(not busy)
