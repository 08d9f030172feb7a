"""The rules in force, one plain sentence each, with their proof; what this clinic changed; and trying them out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.changes import Changes, Done
from tracker.services.rule_library.library_views import Library, RuleView
from tracker.ui.actions import Act
from tracker.ui.looking import Looking
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.rules.listing import listed_of
from tracker.ui.rules.place_tree import Node, PlaceTree
from tracker.ui.rules.rule_acts import MENU_WORDS, RULE_KEYS, RuleActs
from tracker.ui.rules.rule_detail import RuleDetail
from tracker.ui.rules.rule_table import RuleTable
from tracker.ui.rules.rule_turns import RuleTurns
from tracker.ui.rules.rule_words import ALL, CHIPS, NO_HISTORY, chosen_by, nothing_words, told_whole, unruled_words
from tracker.ui.rules.rules_bar import RulesBar
from tracker.ui.rules.rules_frame import RulesFrame
from tracker.ui.rules.try_card import TryCard
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.empty_state import EmptyState

_MENU = tr("R&ules")
Subject = TypeVar("Subject")


class RulesPage(Page):
    """Letters work while the hands are on the list of rules."""

    id = "rules"
    title = tr("Rules")
    menus = (_MENU,)
    icon, go_key = "book", "F8"
    keys = RULE_KEYS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library, self._chip = Library(), ALL
        self._latest = LatestOnly(context.tasks, self, "list")
        self._looking = Looking(context, self._load, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tree = PlaceTree(self)
        self.bar = RulesBar(self)
        self.table = RuleTable(self)
        self.empty = EmptyState(parent=self)
        self.detail = RuleDetail(self)
        self.trial = TryCard(self.context, self)
        self.rule_acts = RuleActs(self.context, self)
        self.turns = RuleTurns(self.context, self.bar.notice, self)
        self.frame = RulesFrame(self.tree, self.bar, self.table, self.empty, self.detail, self.trial, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)
        self.empty.hide()
        self.trial.hide()

    def _connect(self) -> None:
        self.tree.node_chosen.connect(self._on_node)
        self.tree.list_wanted.connect(self.table.setFocus)
        self.bar.node_wanted.connect(self.tree.choose)
        self.bar.add.clicked.connect(self.add)
        self.bar.unruled.clicked.connect(self.show_unruled)
        self.bar.chips.chosen.connect(self.show_chip)
        self.empty.wanted.connect(self.adopt)
        self.table.row_chosen.connect(self._on_row)
        self.trial.left.connect(self.table.setFocus)
        self.detail.confirm_wanted.connect(self.confirm)
        self.detail.edit_wanted.connect(self.edit)
        self.detail.off_wanted.connect(self.switch)
        self.detail.visits_wanted.connect(self.show_visits)
        self.detail.ended.connect(self.rule_acts.end)
        self.detail.withdrawn.connect(self.rule_acts.withdraw)
        self.rule_acts.acted.connect(self._on_acted)
        self.rule_acts.visit_wanted.connect(self.patient_at_wanted)
        self.turns.visit_wanted.connect(self.patient_at_wanted)
        self.rule_acts.failed.connect(self.bar.notice.show_error)
        for key, do in self._letters().items():
            self.table.bind(key, lambda _view, do=do: do())  # type: ignore[misc]  # mypy cannot infer a lambda's default
        for keys, act in (("/", self.find_place), ("Alt+T", self.try_it)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _letters(self) -> dict[str, Callable[[], None]]:
        return {"E": self.edit, "O": self.switch, "C": self.confirm, "A": self.add, "V": self.show_visits,
                "D": self.show_unruled, "L": self.turns.show_visits, "T": self.try_it, "H": self.history}  # fmt: skip

    def acts(self) -> tuple[PageAct, ...]:
        letters, lists = self._letters(), (self.table,)
        acts = [PageAct(Act(f"rule {key}", f"{text}\t{key}", _MENU, parted=key == "V"), letters[key], lists=lists)
                for key, text in MENU_WORDS.items()]  # fmt: skip
        chips = [PageAct(Act(f"rules {key}", text, _MENU, parted=key == ALL), partial(self.show_chip, key))
                 for key, text in CHIPS]  # fmt: skip
        adopt = PageAct(Act("rules adopt", tr("A&dopt figures to begin with…"), _MENU), self.adopt)
        find = PageAct(Act("rules find", tr("F&ind in the tree") + "\t/", _MENU), self.find_place)
        return (*acts[:4], adopt, *acts[4:], find, *chips)

    # What is shown

    def opened(self) -> None:
        self._looking.visit()
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        self._looking.note()
        self._load()

    def _load(self) -> None:
        self._latest.run(self.context.services.library.look, self._on_library, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._looking.forget()
        self.context.tasks.unseen.emit(error)

    def _on_library(self, library: Library) -> None:
        self._library = library
        self.rule_acts.set_library(library)
        self.bar.set_counts({key: len(chosen_by(library, key)) for key, _text in CHIPS if key != ALL})
        if library.problems:
            told = tr("{told} End it below “Changed by this clinic” and make it anew.", told=" ".join(library.problems))
            self.bar.notice.show_sentence(Status.NO, told)
        chip = self._chip
        self.tree.show_library(library)  # it tells its place anew, as if somebody had gone there
        self._chip = chip
        self.bar.chips.set_chosen(chip)
        self.bar.set_nodes(self.tree.nodes())
        self._list()

    @Slot(object)
    def _on_node(self, _node: Node | None) -> None:
        self._chip = ALL
        self.bar.chips.set_chosen(ALL)
        self._list()
        self.frame.to_top()

    @Slot(str)
    def show_chip(self, chip: str) -> None:
        """List what of all payers' rules wants a look, or again those of the place."""
        self._chip = chip
        self.bar.chips.set_chosen(chip)
        self._list()
        self.table.setFocus()

    def _list(self) -> None:
        node, across = self.tree.current(), self._chip != ALL
        views = chosen_by(self._library, self._chip) if across else listed_of(self._library, node)
        self.table.set_across(across)
        self.table.set_rows(views)
        if views and self.table.current_record() is None:
            self.table.select_row(0)
        held = self.focusWidget() in (self.table, self.empty.button)
        self.empty.show_words(*nothing_words(node.place.label if node and not across else ""))
        self.table.setVisible(bool(views))
        self.empty.setVisible(not views)
        if held:
            self.frame.take_hands(self._chip)
        self.bar.show_node(node, self._chip, len(views), unruled_words(self._library, node.place) if node else "")
        self.frame.fit_table()
        self._on_row(self.table.current_record() if views else None)

    @Slot(object)
    def _on_row(self, view: RuleView | None) -> None:
        before = self.detail.view()
        self.detail.show_view(view)
        if view is None or before is None or view.key != before.key:
            self.frame.to_top()
        self.trial.show_view(view, self._plan())

    def current(self) -> RuleView | None:
        """Return the rule where the hands are."""
        return self.detail.view()

    def _plan(self) -> str:
        node = self.tree.current()
        return node.plan if node is not None and self._chip == ALL else ""

    def summary(self) -> str:
        view = self.current()
        return told_whole(view) if view else ""

    # What the person does

    @Slot()
    def confirm(self) -> None:
        self._with(self.current(), self.rule_acts.confirm)

    @Slot()
    def edit(self) -> None:
        self._with(self.current(), lambda view: self.rule_acts.edit(view, self._plan()))

    @Slot()
    def switch(self) -> None:
        self._with(self.current(), lambda view: self.rule_acts.switch(view, self._plan()))

    @Slot()
    def show_visits(self) -> None:
        """List the visits that were booked against the rule, or denied after it."""
        self._with(self.current(), self.rule_acts.show_visits)

    @Slot()
    def show_unruled(self) -> None:
        """List the visits whose claims were denied about something that no rule of the place speaks of."""
        self._with(self.tree.current(), lambda node: self.rule_acts.show_unruled(node.place))

    @Slot()
    def add(self) -> None:
        """Add a rule of the clinic's own to the place that is chosen."""
        self._with(self.tree.current(), self.rule_acts.add)

    @Slot()
    def adopt(self) -> None:
        """Take figures of the clinic's own to begin with, where a payer publishes none."""
        self._with(self.tree.current(), self.rule_acts.adopt)

    @Slot()
    def try_it(self) -> None:
        """Put the hands on what is asked."""
        self.frame.show_part(self.trial)
        self.trial.asked.setFocus()
        self.trial.asked.selectAll()

    @Slot()
    def history(self) -> None:
        """Show versions and changes; the hands go to the first way back. Say so where there is nothing of it."""
        self.bar.notice.clear()
        told = self.detail.history
        if told.isHidden():
            self.bar.notice.show_sentence(Status.NEUTRAL, NO_HISTORY)
            return
        self.frame.show_part(told)
        if told.first is not None:
            told.first.setFocus()

    def find_place(self) -> None:
        """Put the hands on the field that finds in the tree."""
        (self.tree.filter if self.tree.isVisibleTo(self) else self.bar.place).setFocus()

    def _with(self, what: Subject | None, do: Callable[[Subject], None]) -> None:
        if what is not None:
            self.bar.notice.clear()
            do(what)

    @Slot(object)
    def _on_acted(self, done: Done[object]) -> None:
        self.bar.notice.clear()
        self.acted.emit(done)
        self.frame.take_hands(self._chip)
