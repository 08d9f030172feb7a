"""The ways to take up what is asked beside the filled button: with a reason, on hold, on the pinboard."""

from __future__ import annotations

from collections.abc import Callable

from tracker.domain.language import tr
from tracker.ui.check.act_bar import HOLD_KEY, PIN_KEY
from tracker.ui.check.checking import Checking


def other_ways(checking: Checking) -> tuple[tuple[str, str, str, Callable[[], None]], ...]:
    """Return of each its name, its words, its key, and what it does."""
    return (
        ("override", tr("Book with a reason…\tAlt+O"), "Alt+O", checking.ask_reason),
        ("hold", tr("Book on hold") + f"\t{HOLD_KEY}", HOLD_KEY, checking.hold),
        ("park", tr("Park on the pinboard\tAlt+B"), PIN_KEY, checking.pin),
    )
