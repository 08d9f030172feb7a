"""Which place of the help belongs to the field where the hands are."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tracker.ui.help.book import START, HelpBook, shipped
from tracker.ui.pages.page import Page


def place_of(widget: QWidget | None, page_id: str = "", book: HelpBook | None = None) -> str:
    """Return "check#levels": what explains the widget's name or its surroundings'.

    Where the widget or what it stands in names a `help_place`, that section and then its page are looked through for
    what lies inside. `page_id` is the page to look on when the widget is on none; where nothing fits, the top of the
    page is the place.
    """
    book = book or shipped()
    chain = tuple(_ancestors(widget))
    for depth, each in enumerate(chain):
        if (home := named_place(each)) and book.resolve(home, START):
            return book.place_near(home, (name for inner in chain[:depth] for name in _names(inner)))
    page = next((each.id for each in chain if isinstance(each, Page)), page_id)
    return book.find_place(page, (name for each in chain for name in _names(each)))


def named_place(widget: QWidget) -> str:
    """Return the place of the help that a widget names itself, "" for none."""
    return str(widget.property("help") or getattr(widget, "help_place", ""))


def _ancestors(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def _names(widget: QWidget) -> Iterator[str]:
    if widget.accessibleName():
        yield widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        yield widget.text()
    if widget.isWindow() and widget.windowTitle():
        yield widget.windowTitle()
    yield from (label.text() for label in _labels_of(widget))


def _labels_of(widget: QWidget) -> Iterator[QLabel]:
    home = widget.parentWidget()
    if home is not None:
        yield from (label for label in home.findChildren(QLabel) if label.buddy() is widget)
