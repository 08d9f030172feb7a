"""The head of the rules of a place: which it is, what of all rules wants a look, and adding one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_n
from tracker.ui.rules.place_tree import Node
from tracker.ui.rules.rule_words import ALL, CHIPS
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead

_PLACE_WIDTH = 330
_MARGIN = 16


class RulesBar(Ground):
    """`node_wanted` comes from the field that stands for the tree in a narrow window."""

    node_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="b")
        self._narrow = False
        self.head = PageHead("", parent=self)
        self.place = ChoiceField((), self, name=tr("Payer"))
        self.place.setMinimumWidth(_PLACE_WIDTH)
        self.place.hide()
        self.add = ActionButton(tr("Add a rule…"), self, key="A", small=True)
        self.unruled = ActionButton("", self, kind="link", key="D", small=True)
        self.unruled.hide()
        self.head.add_beside(self.place)
        self.head.add_beside(self.unruled, 8)
        self.head.add_right(self.add)
        self.chips = ChipRow(CHIPS, self)
        self.hints = KeyHints((("T", tr("try it")), ("H", tr("history")), ("/", tr("find"))), self)
        self.notice = NoticeBar(self)
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 4, 16, 10)
        chips.addWidget(self.chips)
        chips.addStretch(1)
        chips.addWidget(self.hints)
        notice = QVBoxLayout()
        notice.setContentsMargins(16, 0, 16, 0)
        notice.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(notice)
        column.addLayout(chips)
        self.place.chosen.connect(self.node_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the keys out where the chips need the room: the list of keys tells them too."""
        wanted = self.chips.sizeHint().width() + self.hints.sizeHint().width() + 3 * _MARGIN
        self.hints.setVisible(not self._narrow and wanted <= self.width())

    def set_narrow(self, narrow: bool) -> None:
        """Show the payers as a field in place of the title, where there is no room for their tree."""
        self.place.setVisible(narrow)
        self._narrow = narrow
        self._fit()
        self.head.title.setVisible(not narrow)
        self.head.beside.setVisible(not narrow)

    def set_nodes(self, nodes: Iterable[Node]) -> None:
        """Offer these in the field that stands for the tree."""
        self.place.set_choices([Choice(node, node.whole) for node in nodes])

    def show_node(self, node: Node | None, chip: str, count: int, unruled: str = "") -> None:
        """Say what is listed; `unruled` leads to claims that were denied and of which no rule speaks."""
        across = chip != ALL
        title = dict(CHIPS)[chip] if across else (node.place.label if node else tr("Rules"))
        self.head.set_title(title)
        below = "" if across or node is None or node.label == node.place.label else f"{node.label}, "
        rules = tr_n("{n} rule", "{n} rules", count)
        self.head.set_beside(tr("all payers, ") + rules if across else f"{below}{rules}")
        self.unruled.setText(unruled)
        self.unruled.setVisible(bool(unruled) and not across)
        self.add.setVisible(not across and node is not None)
        if node is not None:
            self.place.set_value(node)

    def set_counts(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            self.chips.set_count(key, count)
        self._fit()
