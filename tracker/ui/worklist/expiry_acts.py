"""What the page Expirations adds to the menu; the letters work in its list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct

if TYPE_CHECKING:
    from tracker.services.authorizations.expirations import ExpiryRow
    from tracker.ui.pages.expirations_page import ExpirationsPage

EXPIRY_KEYS = (
    ("Enter", tr("Ask for an extension")),
    ("W", tr("Will not be used")),
    ("A", tr("Show it among the authorizations")),
)
_MENU = tr("&Authorization")


def menu_acts(page: ExpirationsPage) -> tuple[PageAct, ...]:
    """Return the extension, the approval that stays unused, and the way to its request."""
    ways: tuple[tuple[str, str, Callable[[ExpiryRow], None]], ...] = (
        ("extend", tr("&Extension	Enter"), page.extend),
        ("unused", tr("Will not be &used	W"), page.leave_unused),
        ("request of approval", tr("Sho&w it among the authorizations\tA"), page.show_request),
    )
    return tuple(
        PageAct(Act(name, text, _MENU, parted=name == "extend"), partial(_on_current, page, do), lists=(page.table,))
        for name, text, do in ways
    )


def _on_current(page: ExpirationsPage, do: Callable[[ExpiryRow], None]) -> None:
    row = page.row()
    if row is not None:
        do(row)
