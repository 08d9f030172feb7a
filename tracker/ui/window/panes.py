"""F6: from the part of a page where the hands are to the next one, then to the navigation, and back into the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow


def go_to_next_pane(window: MainWindow) -> None:
    """Put the hands into the next part that is shown."""
    page, focus = window.current_page(), window.focusWidget() or window
    if page is None:
        return
    if window.navigation.isAncestorOf(focus):
        page.opened()
        return
    panes = [pane for pane in page.panes if pane.isVisible()]
    here = next((place for place, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), -1)
    after = (*panes[here + 1 :], window.navigation.item(page.section or page.id))
    after[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
