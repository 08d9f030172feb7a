"""The pinboard below the work: what waits for a day, to be taken to Check and book or off the board."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui.identifiers import Identifiers
from tracker.ui.pages.page import CheckStart, MonthStart, PageContext
from tracker.ui.today.pin_list import CARD, GAP, PinView
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.icon_mark import IconMark
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from tracker.services.visits.pinboard import PinList, PinRow

KEY = "Ctrl+Shift+B"
_HEAD, _FOOT = 40, 28
_SHOWN = 2.35
"""A part of the third card says that there are more."""


class PinboardPanel(Ground):
    """`check_wanted` carries a CheckStart, `acted` the Done of what was taken off, `failed` an error."""

    check_wanted = Signal(object)
    acted = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="t")
        self._context = context
        self._count = PlainLabel("", "body", "ink2", self)
        self.view = PinView(Identifiers(context.preferences), self)
        self._nothing = PlainLabel("", "caption", "ink3", self, wrap=True)
        self._nothing.setContentsMargins(16, 0, 16, 10)
        self._foot = QWidget(self)
        self._build()
        self.view.taken.connect(self._on_taken)
        self.view.off_wanted.connect(self.take_off)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()

    def _build(self) -> None:
        head = QWidget(self)
        head.setFixedHeight(_HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(15, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("pin", parent=head))
        row.addWidget(Heading(tr("Pinboard"), "heading", parent=head))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(KeyCap(KEY, head))
        self._foot.setFixedHeight(_FOOT)
        keys = QHBoxLayout(self._foot)
        keys.setContentsMargins(15, 0, 16, 6)
        keys.addWidget(KeyHints((("Enter", tr("check")), ("Del", tr("off"))), self._foot))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 0, 0)
        column.setSpacing(0)
        for widget in (head, self._nothing, self.view, self._foot):
            column.addWidget(widget)

    def show_pins(self, pins: PinList) -> None:
        """Show what is parked now."""
        self.view.set_rows(pins.rows)
        self._count.setText(str(pins.count) if pins.count else "")
        self._nothing.setText(tr("Nothing waits here. Alt+B in Check and book parks a request."))
        self._fit()

    def _fit(self) -> None:
        rows = len(self.view.rows())
        self.view.setFixedHeight(round(min(rows, _SHOWN) * (CARD + GAP)) + 2)
        self.view.setVisible(bool(rows))
        self._foot.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def focus(self) -> None:
        """Put the hands on the first card."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def month_start(self) -> MonthStart | None:
        """Return the request where the hands are."""
        pin = self.view.current_pin() if self.view.hasFocus() else None
        return MonthStart(pin.request, pin.id) if pin else None

    @Slot(object)
    def _on_taken(self, pin: PinRow) -> None:
        day = pin.earliest or self._context.services.clock.today()
        self.check_wanted.emit(CheckStart(request=replace(pin.request, day=day), pin_id=pin.id))

    @Slot(object)
    def take_off(self, pin: PinRow) -> None:
        service = self._context.services.pinboard
        self._context.tasks.run(self, lambda: service.take_off(pin.id), self.acted.emit, self.failed.emit)
