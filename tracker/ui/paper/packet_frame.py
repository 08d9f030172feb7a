"""Arranges the packet's dialog: papers beside the pages, or below each other where the window is small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.paper.packet_work import PacketWork
from tracker.ui.paper.page_view import PageView
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.scroll_column import ScrollColumn

_NARROW_BELOW, _LOW_BELOW = 900, 600
_WIDEST, _AROUND = 1120, 24
_AIR, _BESIDE = 8, 150
"""Between two buttons, and what the bar needs beside them: its edges and Close."""
_PAPERS, _PAGES = 150, 330


@dataclass(frozen=True, slots=True)
class PacketParts:
    """What stands in the body of the dialog, and the buttons that stand in its foot wherever it is."""

    missing: QWidget
    papers: QWidget
    pages: QWidget
    sent: QWidget
    foot: tuple[ActionButton, ...]


def is_small(room: QSize) -> bool:
    """Tell whether the parts have to stand below each other, as at twice the size on a small screen."""
    return room.width() < theme.scaled(_NARROW_BELOW) or room.height() < _LOW_BELOW


def width_in(room: QSize) -> int:
    """Return how wide the dialog is over a window of this size."""
    return min(theme.scaled(_WIDEST), room.width() - _AROUND)


def put_buttons(body: QVBoxLayout, buttons: Iterable[ActionButton]) -> None:
    """Put buttons into a row of their own above the foot."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    body.addLayout(row)


def arrange(
    body: QVBoxLayout, parts: PacketParts, more: tuple[ActionButton, ...], room: QSize, parent: QWidget
) -> tuple[ActionButton, ...]:
    """Put everything where the room allows it, and return the buttons that still have room in the foot."""
    if is_small(room):
        stack(body, parts, more, parent)
        return ()
    lay_out(body, parts)
    if width_in(room) >= _BESIDE + sum(button.sizeHint().width() + _AIR for button in (*more, *parts.foot)):
        return more
    put_buttons(body, more)
    return ()


def lay_out(body: QVBoxLayout, parts: PacketParts) -> None:
    """Put papers and pages side by side, with the row that marks it as sent below them."""
    left, both = QVBoxLayout(), QHBoxLayout()
    left.setSpacing(8)
    left.addWidget(parts.missing)
    left.addWidget(parts.papers, 1)
    both.setSpacing(14)
    both.addLayout(left, 11)
    both.addWidget(parts.pages, 9)
    body.addLayout(both, 1)
    body.addWidget(parts.sent)


def stack(body: QVBoxLayout, parts: PacketParts, buttons: tuple[ActionButton, ...], parent: QWidget) -> None:
    """Put everything into one column that scrolls, with those buttons in it that the bar has no room for."""
    area, row = ScrollColumn(parent), QHBoxLayout()
    area.column.setSpacing(8)
    parts.papers.setMinimumHeight(_PAPERS)
    parts.pages.setMinimumHeight(_PAGES)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    for widget in (parts.missing, parts.papers):
        area.column.addWidget(widget)
    area.column.addLayout(row)
    for widget in (parts.sent, parts.pages):
        area.column.addWidget(widget)
    body.addWidget(area, 1)


def follow_work(view: PageView, work: PacketWork) -> None:
    """Show in the place of the pages how far they are, with a way to call it off."""
    work.begun.connect(view.follow)
    work.failed.connect(lambda _error: view.stop_waiting())
    view.called_off.connect(work.call_off)
