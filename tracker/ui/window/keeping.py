"""What the window remembers of each user from one day to the next: the section in front and the filters of pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt

from tracker.domain.language import tr
from tracker.ui.pages.page import Page, PageContext
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.record_table import RecordTable
from tracker.ui.widgets.segments import Segments
from tracker.ui.window.shelf import PageShelf

_SECTION = "section"
_VIEW = tr("View")
"""The name of the segments that say how a page shows its list; what others hold may be about a patient."""


class Keeping:
    """Reads and writes the preferences under the user who is signed in. Nothing that was typed is kept."""

    def __init__(self, context: PageContext) -> None:
        self._preferences = context.preferences
        self._user = context.services.user.name

    def section(self, listed: Iterable[str]) -> str:
        """Return the section that was in front last, "" when it is none of those listed."""
        kept = self._preferences.kept(self._user, _SECTION)
        return kept if kept in tuple(listed) else ""

    def restore(self, page: Page) -> None:
        """Give a page that was just made the chips, the view and the columns of last time."""
        for place, table in enumerate(page.findChildren(RecordTable)):  # its name is another in another language
            self._restore_table(page.id, table, str(place))
        page.table_made.connect(partial(self._restore_table, page.id))
        kept = _read(self._preferences.kept(self._user, f"view-{page.id}"))
        for chips, key in zip(page.findChildren(ChipRow), kept.get("chips", ()), strict=False):
            chips.choose(key)
        for views, value in zip(_views(page), kept.get("views", ()), strict=False):
            if value != views.value() and value in views.values():
                views.set_value(value)
                views.chosen.emit(value)

    def _restore_table(self, page_id: str, table: RecordTable, name: str) -> None:
        self._restore_columns(f"columns-{page_id}-{name}", table)
        self._restore_places(f"places-{page_id}-{name}", table)
        self._restore_order(f"order-{page_id}-{name}", table)

    def _restore_columns(self, key: str, table: RecordTable) -> None:
        """Hide what this user hid, unless the table has other columns by now; from now on keep each choice at once."""
        count = len(table.record_model().columns)
        was, _sign, places = self._preferences.kept(self._user, key).partition(":")
        if was == str(count):
            table.choice.hide(int(each) for each in places.split() if each.isascii() and each.isdigit())
        table.columns_chosen.connect(partial(self._keep_columns, key, table))

    def _keep_columns(self, key: str, table: RecordTable) -> None:
        hidden = " ".join(str(place) for place in sorted(table.choice.hidden()))
        count = len(table.record_model().columns)
        self._preferences.keep(self._user, key, f"{count}:{hidden}" if hidden else "")

    def _restore_places(self, key: str, table: RecordTable) -> None:
        """Let the columns stand where this user put them and as wide, unless the table has others by now."""
        kept = _numbers(self._preferences.kept(self._user, key))
        count = len(table.record_model().columns)
        if kept[:1] == [count] and len(kept) == 2 * count + 1:
            table.choice.set_order(kept[1 : count + 1])
            table.choice.set_widths({place: width for place, width in enumerate(kept[count + 1 :]) if width})
        table.columns_chosen.connect(partial(self._keep_places, key, table))

    def _keep_places(self, key: str, table: RecordTable) -> None:
        """Keep the order of the columns, and behind it the width of each, 0 where nobody chose one."""
        order, widths = table.choice.order(), table.choice.widths()
        if widths or order != tuple(sorted(order)):
            numbers = (len(order), *order, *(widths.get(place, 0) for place in range(len(order))))
            self._preferences.keep(self._user, key, " ".join(map(str, numbers)))
        else:
            self._preferences.keep(self._user, key, "")

    def _restore_order(self, key: str, table: RecordTable) -> None:
        """Sort as this user last did, unless the table has other columns by now; from now on keep each choice."""
        count = len(table.record_model().columns)
        kept = _numbers(self._preferences.kept(self._user, key))
        if len(kept) == 3 and kept[0] == count and kept[1] in table.sorts_by():
            table.sortByColumn(kept[1], Qt.SortOrder.DescendingOrder if kept[2] else Qt.SortOrder.AscendingOrder)
        if table.sorts_by():
            table.horizontalHeader().sortIndicatorChanged.connect(partial(self._keep_order, key, table))

    def _keep_order(self, key: str, table: RecordTable, column: int, order: Qt.SortOrder) -> None:
        count, last = len(table.record_model().columns), int(order is Qt.SortOrder.DescendingOrder)
        if column < 0:
            self._preferences.keep(self._user, key, "")
        elif column in table.sorts_by():
            self._preferences.keep(self._user, key, f"{count} {column} {last}")

    def keep(self, current: Page | None, pages: PageShelf) -> None:
        """Write down what is in front and how the pages that were made are filtered."""
        if current is not None:
            self._preferences.keep(self._user, _SECTION, current.section or current.id)
        waiting = pages.waiting()
        for page_id in (page_id for page_id in pages if page_id not in waiting):
            page = pages[page_id]
            chips = [row.chosen_key() for row in page.findChildren(ChipRow)]
            views = [str(each.value()) for each in _views(page)]
            if chips or views:
                self._preferences.keep(self._user, f"view-{page_id}", json.dumps({"chips": chips, "views": views}))


def _numbers(kept: str) -> list[int]:
    """Return the numbers of what was kept; what is none is passed over."""
    return [int(each) for each in kept.split() if each.isascii() and each.isdigit()]


def _views(page: Page) -> list[Segments]:
    return [each for each in page.findChildren(Segments) if each.accessibleName() == _VIEW]


def _read(kept: str) -> dict[str, list[str]]:
    """Return what was kept; nothing when it cannot be read."""
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: [str(each) for each in value] for key, value in found.items() if isinstance(value, list)}
