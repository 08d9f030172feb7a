"""The pages of the window, in the order of the navigation: a new page is one line here."""

from __future__ import annotations

from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import Page

PAGES: tuple[type[Page], ...] = (CheckPage,)
