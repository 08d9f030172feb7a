"""The tree at the left: payers, below them plans of which a rule speaks, and kinds of procedure; type to find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.folding import folded
from tracker.domain.language import tr, tr_n
from tracker.domain.procedure import Family
from tracker.services.rule_library.library_views import Library, Place
from tracker.ui.announcing import announce
from tracker.ui.rules.node_tree import COUNT, NodeTree
from tracker.ui.rules.rule_words import FAMILIES
from tracker.ui.theme import plain_text
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.plain_label import PlainLabel

WIDTH = 268
_NODE = COUNT + 1


@dataclass(frozen=True, slots=True)
class Node:
    """What is chosen: a place, and of it one plan and one family, or all."""

    place: Place
    plan: str = ""
    family: Family | None = None

    @property
    def label(self) -> str:
        """The words of the deepest level."""
        if self.family is not None:
            return FAMILIES[self.family]
        return tr("Plan {plan}", plan=self.plan) if self.plan else self.place.label

    @property
    def whole(self) -> str:
        """The words of all levels: "Aetna  ›  Epidurals"."""
        return self.place.label if self == Node(self.place) else f"{self.place.label}  ›  {self.label}"


class PlaceTree(Ground):
    """`node_chosen` carries the node where the hands are; `list_wanted` comes on Enter."""

    node_chosen = Signal(object)
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="r")
        self._library = Library()
        self.head = PageHead(tr("Rules"), parent=self)
        self.filter = _FilterField(tr("Find payer, plan or procedure"), self, name=tr("Find in the tree"))
        self.tree = NodeTree(self)
        self.tree.setAccessibleName(tr("Payers and procedures"))
        self._model = QStandardItemModel(self)
        self.tree.setModel(self._model)
        self.nothing = PlainLabel("", "body", "ink2", self, wrap=True)
        self.nothing.setContentsMargins(16, 12, 16, 12)
        self.nothing.hide()
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 10)
        inner.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(inner)
        column.addWidget(Divider(self))
        column.addWidget(self.nothing)
        column.addWidget(self.tree, 1)
        self.setFixedWidth(WIDTH)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.down.connect(self._on_down)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.tree.clicked.connect(self._on_current)  # also where it stands already, while a list of all payers is shown
        self.tree.activated.connect(self._on_activated)

    def current(self) -> Node | None:
        """Return what is chosen."""
        node = self.tree.currentIndex().data(_NODE)
        return node if isinstance(node, Node) else None

    def library(self) -> Library:
        return self._library

    def nodes(self) -> tuple[Node, ...]:
        """Return everything that may be chosen, as it stands in the tree."""
        return tuple(item.data(_NODE) for item in self._items())

    def show_library(self, library: Library) -> None:
        """Show these places; what was chosen stays chosen while it is there."""
        kept = self.current()
        self._library = library
        self._fill(kept)

    def choose(self, node: Node) -> None:
        """Choose this place, plan and family."""
        self.filter.clear()
        found = self._find(node)
        if found is not None and found.index() == self.tree.currentIndex():
            self._on_current(found.index())
        elif found is not None:
            self.tree.setCurrentIndex(found.index())

    @Slot(str)
    def _on_filter(self, _text: str) -> None:
        self._fill(self.current())

    @Slot()
    def _on_down(self) -> None:
        """Go into the tree; where nothing fits the hands stay with what was typed."""
        if self._model.rowCount():
            self.tree.setFocus()

    def _say_nothing(self, typed: str) -> None:
        """Say that nothing fits, and what to do; the rules beside are still those of the place chosen before."""
        told = tr("Nothing fits “{text}”. Esc shows all payers again.", text=typed) if typed else ""
        self.nothing.setText(told)
        self.nothing.setVisible(bool(told))
        if told:
            announce(self.filter, told)

    def _fill(self, kept: Node | None) -> None:
        wanted = " ".join(folded(self.filter.text()).split())
        self.tree.selectionModel().blockSignals(True)
        self._model.clear()
        for place in self._library.places:
            item = self._place_item(place, wanted)
            if item is not None:
                self._model.appendRow(item)
        if wanted:
            self.tree.expandAll()
        self.tree.selectionModel().blockSignals(False)
        self._say_nothing("" if self._model.rowCount() else self.filter.text().strip())
        item = (self._find(kept) if kept else None) or self._best(wanted)
        if item is not None:
            self.tree.setCurrentIndex(item.index())
        elif kept is not None and not wanted:
            self.node_chosen.emit(None)

    def _place_item(self, place: Place, wanted: str) -> QStandardItem | None:
        """Return the place with what is below it that fits, None where nothing does."""
        views = self._library.of(place.id)
        item = _item(Node(place), len(views))
        fits = any(wanted in folded(name) for name in (place.label, *place.aliases))
        below = [Node(place, plan) for plan in place.plans] + [Node(place, "", family) for family in place.families]
        for node in below:
            count = sum(view.speaks_of(node.family, node.plan) for view in views)
            if (count or node.plan) and (fits or wanted in folded(node.label)):
                item.appendRow(_item(node, count))
        return item if fits or item.rowCount() else None

    def _best(self, wanted: str) -> QStandardItem | None:
        """Return the first whose name begins so, else the first that fits at all."""
        tops = [self._model.item(row) for row in range(self._model.rowCount())]
        begun = (item for item in tops if folded(item.text()).startswith(wanted))
        return next(begun, tops[0] if tops else None)

    def _find(self, node: Node) -> QStandardItem | None:
        wanted = (node.place.id, node.plan, node.family)
        for item in self._items():
            found = item.data(_NODE)
            if (found.place.id, found.plan, found.family) == wanted:
                return item
        return None

    def _items(self) -> Iterable[QStandardItem]:
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            yield item
            yield from (item.child(place) for place in range(item.rowCount()))

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex | None = None) -> None:
        node = current.data(_NODE)
        if isinstance(node, Node):
            self.node_chosen.emit(node)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._on_current(index)
        self.list_wanted.emit()


def _item(node: Node, count: int) -> QStandardItem:
    item = QStandardItem(plain_text.one_line(node.label, 120))
    item.setEditable(False)
    item.setData(node, _NODE)
    item.setData(count, COUNT)
    rules = tr_n("{n} rule", "{n} rules", count)
    item.setData(f"{item.text()}, {rules}", int(Qt.ItemDataRole.AccessibleTextRole))
    return item


class _FilterField(LineField):
    """`down` comes when the hands go from the field into the tree."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
