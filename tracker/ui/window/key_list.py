"""The list of all keys, made from what is registered; nothing in it is written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QTextCursor, QTextDocument, QTextTableFormat
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.domain.folding import folded
from tracker.domain.language import tr
from tracker.ui.actions import MENUS, ActionRegistry
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.paper.document_printing import print_document
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.plain_label import PlainLabel

_KEY_WIDTH = 120
Keys = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that stand together: those of a menu, or (`in_list`) those of a page's list."""

    title: str
    keys: tuple[tuple[str, str], ...]
    in_list: bool = False


def groups_of(registry: ActionRegistry) -> tuple[KeyGroup, ...]:
    """Return the keys by menu, then the keys that work in the lists of the pages, in parts of them and in dialogs."""
    menus = (KeyGroup(title.replace("&", ""), registry.key_list(title)) for title in MENUS)
    lists = (KeyGroup(local.title, local.keys, True) for local in registry.local_keys())
    return tuple(group for group in (*menus, *lists) if group.keys)


class _Row(QObject):
    """A key with its words, shown or hidden together."""

    def __init__(self, key: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = folded(f"{key} {words}")
        self.cap, self.label = KeyCap(key, parent), PlainLabel(words, "body", "ink2", parent, wrap=True)

    def show_if(self, wanted: list[str]) -> bool:
        fits = all(word in self.words for word in wanted)
        self.cap.setVisible(fits)
        self.label.setVisible(fits)
        return fits


class KeyListDialog(BaseDialog):
    """Keys of the menus at the left, those of the lists at the right; typing narrows both."""

    help_place = "keys#keys-everywhere"

    def __init__(self, groups: Iterable[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), parent, width=400)
        self.groups = tuple(groups)
        self.entries = [pair for group in self.groups for pair in group.keys]
        self._rows: list[tuple[PlainLabel, list[_Row]]] = []
        self.search = LineField(tr("Search the keys"), self, name=tr("Search the keys"))
        self.nothing = PlainLabel(tr("No key does that. Ctrl+K finds what can be done."), "body", "ink2", self)
        self.body.addWidget(self.search)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self._scrolled(), 1)
        self.print_button = self.add_button(ActionButton(tr("Print…"), self, key="Ctrl+P", icon="printer"), left=True)
        self.add_button(ActionButton(tr("Close"), self, key="Esc")).clicked.connect(self.accept)
        self.print_button.clicked.connect(self.print_list)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_list)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        room = parent.window().size() if parent is not None else self.screen().availableSize()
        self.resize(QSize(820, 620).boundedTo(room))
        self._narrow("")

    def _scrolled(self) -> QScrollArea:
        inside = Ground("surface")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        for in_list in (False, True):
            column = QVBoxLayout()
            column.setSpacing(12)
            for group in (group for group in self.groups if group.in_list is in_list):
                column.addLayout(self._section(group, inside))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field of the search scrolls it
        self.area.setAccessibleName(tr("Keys"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        return self.area

    def _section(self, group: KeyGroup, home: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, _KEY_WIDTH)
        title = Heading(group.title, "heading", parent=home)
        grid.addWidget(title, 0, 0, 1, 2)
        rows = [_Row(key, words, home) for key, words in group.keys]
        for place, row in enumerate(rows, 1):
            grid.addWidget(row.cap, place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(row.label, place, 1)
        self._rows.append((title, rows))
        return grid

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        wanted = folded(typed).split()
        shown = 0
        for title, rows in self._rows:
            under_title = all(word in folded(title.text()) for word in wanted)
            fits = [row.show_if([] if under_title else wanted) for row in rows]
            title.setVisible(any(fits))
            shown += sum(fits)
        self.nothing.setVisible(not shown)

    def shown(self) -> list[str]:
        """Return the words of the keys that are shown now."""
        return [row.label.text() for _title, rows in self._rows for row in rows if not row.label.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Up, Down and the page keys in the field move the list."""
        moves = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 320, Qt.Key.Key_PageUp: -320}
        if watched is self.search and event.type() == QEvent.Type.KeyPress and event.key() in moves:  # type: ignore[attr-defined]  # a key press has a key
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + moves[event.key()])  # type: ignore[attr-defined]  # as above
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def print_list(self) -> None:
        """Print all keys, whatever the search shows."""
        print_document(key_sheet(self.groups), self)


def key_sheet(groups: Iterable[KeyGroup]) -> QTextDocument:
    """Return the keys as a page for the wall beside the desk."""
    document = QTextDocument()
    document.setDefaultFont(QFont("Inter", 9))
    cursor = QTextCursor(document)
    heading = cursor.charFormat()
    heading.setFontWeight(QFont.Weight.Bold)
    plain = cursor.charFormat()
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setCellPadding(1)
    for group in groups:
        cursor.insertText(group.title, heading)
        table = cursor.insertTable(len(group.keys), 2, shape)
        for row, (key, words) in enumerate(group.keys):
            table.cellAt(row, 0).firstCursorPosition().insertText(key, plain)
            table.cellAt(row, 1).firstCursorPosition().insertText(words, plain)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock()
    return document
