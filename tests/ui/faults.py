"""Finds what keeps somebody who hears the program, or uses no mouse, from something on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableView,
    QWidget,
)

from tests.ui.names import announced, label_of
from tracker.ui import theme
from tracker.ui.models.record_table_model import RecordTableModel
from tracker.ui.widgets.navigation import NavigationItem

LEAST_TARGET = 24
MOST_STOPS = 120
_SIGNS = re.compile("[\u2190-\u23ff\u2500-\u2bff\ue000-\uf8ff\u00d7]")  # arrows, marks, private signs of icon fonts


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what a person can put the focus on, by key or by pointer."""
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), QAbstractScrollArea)
        mine = widget.isVisible() and not inner and widget.window() is root
        if mine and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
            yield widget


def faults(root: QWidget) -> list[str]:
    """Return everything that is wrong with what `root` shows now, a line each."""
    found = [line for control in controls(root) for line in _of_control(control)]
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root:
            found += _of_tip(widget)
            if _SIGNS.search(announced(widget)) and not _is_key(widget):
                found.append(f"a sign is the name: {_told(widget)}")
    for view in root.findChildren(QAbstractItemView):
        if view.isVisible() and view.window() is root:
            found += _of_rows(view)
    return found


def _of_control(control: QWidget) -> Iterator[str]:
    name, words = announced(control), shown_words(control)
    if not name:
        yield f"no name: {_told(control)}"
    if isinstance(control, QComboBox) and (label_of(control) or "no label") != control.accessibleName():
        yield f"the label is “{label_of(control)}”, not “{control.accessibleName()}”: {_told(control)}"
    if words and not name.casefold().startswith(words.casefold()):
        yield f"the name does not begin with “{words}”: {_told(control)}"
    small = control.width() < LEAST_TARGET or control.height() < LEAST_TARGET
    if small and not isinstance(control, QLabel):  # a line of text that can be copied is no target
        yield f"{control.width()} x {control.height()} px: {_told(control)}"


def _of_tip(widget: QWidget) -> Iterator[str]:
    """Yield a tip that holds what stands nowhere else; the key of a section stands in the menu and on Ctrl."""
    tip = re.sub("<[^>]*>", "", widget.toolTip()).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    told = f"{announced(widget)} {widget.accessibleDescription()}"
    if tip and tip not in told and not isinstance(widget, NavigationItem):
        yield f"only a tip says “{tip[:60]}”: {_told(widget)}"


def _of_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), 30)):
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            index = model.index(row, column)
            said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole) or ""
            if _SIGNS.search(str(said)):
                yield f"a sign is said: {said[:60]!r} in {_told(view)}"
            if isinstance(model, RecordTableModel) and model.record(row) is not None:
                yield from _of_cell(model, row, column, str(said))
            elif not said and column == 0 and not isinstance(view, QTableView | QHeaderView):
                yield f"a row says nothing: {row} of {_told(view)}"
    if isinstance(view, QTableView) and model.rowCount() and view.rowHeight(0) < LEAST_TARGET:
        yield f"rows of {view.rowHeight(0)} px: {_told(view)}"


def _of_cell(model: RecordTableModel, row: int, column: int, said: str) -> Iterator[str]:
    head, record = model.columns[column], model.record(row)
    name = head.spoken or head.header
    if name not in said:
        yield f"no column name: {said[:60]!r} in column {head.header!r}"
    marked = (head.status is not None and head.status(record) is not None) or (
        head.glyph is not None and head.glyph(record) is not None
    )
    if marked and not head.text(record).strip():
        yield f"a mark without a word in column {head.header!r}"


def shown_words(control: QWidget) -> str:
    """Return the words that are painted on a button, "" for none."""
    if not isinstance(control, QAbstractButton):
        return ""
    return re.sub("&(?=.)", "", control.text()).strip().rstrip("…:")


def _is_key(widget: QWidget) -> bool:
    return type(widget).__name__ in ("KeyCap", "QScrollBar")


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {announced(widget)[:50]!r}"


# --- the way of the Tab key -------------------------------------------------------------------------------------------


def stops(root: QWidget, each: Callable[[QWidget], object] = lambda _widget: None) -> list[QWidget]:
    """Press Tab until it comes back to where it was before, and return where the focus was, in that order.

    `each` is called while the focus is there.
    """
    seen: list[QWidget] = []
    for _press in range(MOST_STOPS):
        here = QApplication.focusWidget()
        if here is None or here in seen[:-1]:
            return seen[seen.index(here) :] if here in seen else []
        if here not in seen:  # a page of the help goes from link to link first
            seen.append(here)
            QApplication.processEvents()
            each(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return seen if len(seen) == 1 else []


def unvisited(root: QWidget, visited: list[QWidget]) -> list[str]:
    """Return what Tab should reach and does not; of a group that arrows move through one member is enough."""
    homes = {widget.parentWidget() for widget in visited}
    return [
        _told(widget)
        for widget in controls(root)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget not in visited
        and not any(widget.isAncestorOf(each) for each in visited)  # it hands the focus to a part of itself
        and not (isinstance(widget, QAbstractButton) and widget.parentWidget() in homes and _is_of_group(widget))
    ]


def _is_of_group(button: QAbstractButton) -> bool:
    return isinstance(button, NavigationItem) or (button.group() is not None and button.group().exclusive())


def out_of_order(root: QWidget, visited: list[QWidget]) -> list[str]:
    """Return steps of Tab that go back up, or back on a line, other than the one that begins again at the top."""
    if len(visited) < 3:
        return []
    places = {widget: QRect(widget.mapTo(root, QPoint()), widget.size()) for widget in visited}
    back = [
        (one, other)
        for one, other in zip(visited, (*visited[1:], visited[0]), strict=True)
        if _goes_back(places[one], places[other])
    ]
    told = [f"{_told(one)} {places[one].getRect()} -> {_told(other)} {places[other].getRect()}" for one, other in back]
    first = min(visited, key=lambda widget: (places[widget].top(), places[widget].left()))
    return [line for line, (_one, other) in zip(told, back, strict=True) if other is not first]


def _goes_back(one: QRect, other: QRect) -> bool:
    up = other.bottom() <= one.top() and other.left() < one.right()
    same_line = min(one.bottom(), other.bottom()) - max(one.top(), other.top()) > min(one.height(), other.height()) / 2
    return up or (same_line and other.right() <= one.left())


# --- what is seen of the focus ----------------------------------------------------------------------------------------


def ringless(root: QWidget, visited: list[QWidget]) -> list[str]:
    """Return what does not show that it has the focus, in the colour of the ring."""
    found = []
    for widget in visited:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.property("bare"):
            continue  # a field without a frame is all that its dialog has; its caret shows it
        if (pixels := ring_pixels(root, widget)) < LEAST_TARGET:
            found.append(f"{pixels} px of ring: {_told(widget)}")
    return found


def ring_pixels(root: QWidget, widget: QWidget) -> int:
    """Count what is drawn in the colour of the focus in and round a widget, as far as `root` shows it."""
    place = QRect(widget.mapTo(root, QPoint()), widget.size()).adjusted(-4, -4, 4, 4)
    image = root.grab(place.intersected(root.rect())).toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = theme.color("focus").rgb() & 0xFFFFFF
    pixels = memoryview(image.constBits()).cast("I")
    return sum(pixel & 0xFFFFFF == wanted for pixel in pixels)


def hidden(root: QWidget, widget: QWidget) -> str:
    """Say what of a widget that has the focus is not to be seen, "" when at least its line is."""
    whole = QRect(widget.mapTo(root, QPoint()), widget.size())
    seen = widget.visibleRegion().boundingRect()
    enough_high = min(widget.height(), LEAST_TARGET)
    enough_wide = min(widget.width(), LEAST_TARGET)
    if seen.height() >= enough_high and seen.width() >= enough_wide and root.rect().intersects(whole):
        return ""
    return f"{_told(widget)}: {seen.width()} x {seen.height()} of {widget.width()} x {widget.height()}"
