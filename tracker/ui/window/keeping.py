"""What the window remembers of each user from one day to the next: the section in front and the filters of pages."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.ui.pages.page import Page, PageContext
from tracker.ui.window.shelf import PageShelf

_SECTION = "section"


class Keeping:
    """Reads and writes the preferences under the user who is signed in."""

    def __init__(self, context: PageContext) -> None:
        self._preferences = context.preferences
        self._user = context.services.user.name

    def section(self, listed: Iterable[str]) -> str:
        """Return the section that was in front last, "" when it is none of those listed."""
        kept = self._preferences.kept(self._user, _SECTION)
        return kept if kept in tuple(listed) else ""

    def restore(self, page: Page) -> None:
        """Give a page that was just made the filters of last time."""
        if kept := self._preferences.kept(self._user, f"view-{page.id}"):
            page.restore_view(kept)

    def keep(self, current: Page | None, pages: PageShelf) -> None:
        """Write down what is in front and how the pages that were made are filtered."""
        if current is not None:
            self._preferences.keep(self._user, _SECTION, current.section or current.id)
        waiting = pages.waiting()
        for page_id in (page_id for page_id in pages if page_id not in waiting):
            self._preferences.keep(self._user, f"view-{page_id}", pages[page_id].kept_view())
