"""The pages of the window, each made when it is first wanted, at the latest while the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tracker.ui.pages.page import Page

Kind = type[Page]


class PageShelf(Mapping[str, Page]):
    """Reading a page makes it; `kinds` tells titles and keys of all pages without making any.

    `make` builds one page, `made` is told of it before anybody else gets it.
    """

    def __init__(self, kinds: tuple[Kind, ...], make: Callable[[Kind], Page], made: Callable[[Page], None]) -> None:
        self.kinds = kinds
        self._by_id = {kind.id: kind for kind in kinds}
        self._make = make
        self._tell_made = made
        self._made: dict[str, Page] = {}

    def __getitem__(self, page_id: str) -> Page:
        if page_id not in self._made:
            page = self._make(self._by_id[page_id])
            self._made[page_id] = page
            self._tell_made(page)
        return self._made[page_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, page_id: object) -> bool:
        return page_id in self._by_id

    def waiting(self) -> tuple[str, ...]:
        """Return the ids of the pages that are not made yet."""
        return tuple(page_id for page_id in self._by_id if page_id not in self._made)

    def make_next(self) -> bool:
        """Make one page, and tell whether more are waiting."""
        if waiting := self.waiting():
            self[waiting[0]]
        return len(waiting) > 1

    def make_for(self, menu: str) -> None:
        """Make the pages whose acts stand in a menu."""
        for kind in self.kinds:
            if menu in kind.menus:
                self[kind.id]

    def make_all(self) -> None:
        """Make what is still waiting."""
        while self.make_next():
            pass
