"""Where F6 leads: through the parts of a page, to the navigation, a strip that leads on, and back into the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tracker.ui.pages.page import Page
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.navigation import Navigation


def go_on(page: Page, navigation: Navigation, focus: QWidget, guide: QWidget | None = None) -> None:
    """Move the focus from where it is to the next part that is shown; `guide` is the strip below the menus, if any."""
    if navigation.isAncestorOf(focus) and guide is not None:
        buttons = (button for button in guide.findChildren(ActionButton) if button.isVisible())
        next(buttons, guide).setFocus(Qt.FocusReason.ShortcutFocusReason)
        return
    if navigation.isAncestorOf(focus) or (guide is not None and guide.isAncestorOf(focus)):
        page.opened()
        return
    panes = [pane for pane in page.panes if pane.isVisible()]
    here = next((place for place, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), -1)
    after = (*panes[here + 1 :], navigation.item(page.section or page.id))
    after[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
