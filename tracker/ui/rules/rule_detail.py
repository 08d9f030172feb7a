"""One rule in full: the sentence, its document, its days, its versions, and what this clinic did with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.rule_library.library_views import RuleState, RuleView
from tracker.ui.rules.rule_history import RuleHistory
from tracker.ui.rules.rule_words import (
    days_of,
    denied_words,
    overridden_words,
    proof_of,
    source_of,
    title_of,
)
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel

_TOP = Qt.AlignmentFlag.AlignTop
_WORD, _LINK_DOWN = 92, 3


class RuleDetail(Ground):
    """`ended` carries a change that is to end, `withdrawn` a confirmation that is to be taken away."""

    confirm_wanted = Signal()
    edit_wanted = Signal()
    off_wanted = Signal()
    visits_wanted = Signal()
    ended = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self._view: RuleView | None = None
        self.where = PlainLabel("", "caption", "ink3", self, wrap=True)
        self.sentence = PlainLabel("", "subtitle", "ink", self, wrap=True, selectable=True)
        self.notice = NoticeBar(self)
        self.pips = EvidencePips(parent=self)
        self.proof = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.source = PlainLabel("", "body", "ink", self, wrap=True, selectable=True)
        self.address = PlainLabel("", "caption", "ink3", self, wrap=True, selectable=True)
        self.copy = ActionButton(tr("Copy link"), self, kind="link", small=True)
        self.days = PlainLabel("", "body", "ink", self, wrap=True)
        self.overridden = PlainLabel("", "body", "ink", self, wrap=True)
        self.denied = PlainLabel("", "body", "ink", self, wrap=True)
        self.confirm = ActionButton(tr("Confirm against the document…"), self, key="C", small=True)
        self.edit = ActionButton(tr("Change for this clinic…"), self, key="E", small=True)
        self.off = ActionButton(tr("Switch off…"), self, key="O", small=True)
        self.visits = ActionButton(tr("Visits…"), self, key="V", small=True)
        self.history = RuleHistory(self)
        self._build()
        self.copy.clicked.connect(self._on_copy)
        self.confirm.clicked.connect(self.confirm_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.off.clicked.connect(self.off_wanted)
        self.visits.clicked.connect(self.visits_wanted)
        self.history.ended.connect(self.ended)
        self.history.withdrawn.connect(self.withdrawn)
        self.show_view(None)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.edit, self.off, self.confirm, self.visits):
            buttons.addWidget(button)
        buttons.addStretch(1)
        link = QHBoxLayout()
        link.setSpacing(8)
        self.source.setContentsMargins(0, _LINK_DOWN, 0, 0)
        link.addWidget(self.source, 1, _TOP)
        link.addWidget(self.copy, 0, _TOP)
        document = QVBoxLayout()
        document.setSpacing(2)
        document.addLayout(link)
        document.addWidget(self.address)
        evidence = QHBoxLayout()
        evidence.setSpacing(8)
        evidence.addWidget(self.pips, 0, _TOP)
        evidence.addWidget(self.proof, 1)
        text = QVBoxLayout()
        text.setContentsMargins(16, 10, 16, 10)
        text.setSpacing(6)
        for widget in (self.where, self.sentence, self.notice):
            text.addWidget(widget)
        _row(tr("Document"), document, text, self, _LINK_DOWN)
        _row(tr("Evidence"), evidence, text, self)
        _row(tr("In force"), self.days, text, self)
        self._overrides = _row(tr("Overrides"), self.overridden, text, self)
        self._denials = _row(tr("Denials"), self.denied, text, self)
        text.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(text)

    def view(self) -> RuleView | None:
        return self._view

    def show_view(self, view: RuleView | None) -> None:
        """Show a rule; None hides everything."""
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            self.history.hide()  # it stands further down, by itself
            return
        self.where.setText(title_of(view))
        self.sentence.setText(view.sentence)
        self.source.setText(source_of(view))
        self.address.setText(view.source.url)
        self.address.setVisible(bool(view.source.url))
        self.copy.setText(tr("Copy link"))
        self.copy.setVisible(bool(view.source.url))
        self.pips.show_grade(view.source.grade)
        self.proof.setText(proof_of(view))
        self.days.setText(days_of(view))
        self.overridden.setText(overridden_words(view))
        self._overrides.setVisible(bool(view.overridden.count))
        self.denied.setText(denied_words(view.denied))
        self._denials.setVisible(bool(view.denied.count))
        self.confirm.setVisible(view.unconfirmed and not view.of_clinic)
        self.off.setVisible(not view.of_clinic and view.state is not RuleState.OFF)
        self.visits.setVisible(view.has_visits)
        self.edit.setVisible(view.state is not RuleState.OFF)
        self.history.show_view(view)
        self._warn(view)

    def _warn(self, view: RuleView) -> None:
        if any(each.outdated for each in view.changes):
            told = tr(
                "The payer's own rule has changed since this clinic changed it. Read both, then change or end it."
            )
            self.notice.show_sentence(Status.CAUTION, told)
        elif view.count_wrong:
            self.notice.show_sentence(Status.CAUTION, tr("Most who booked against it say that the count is wrong."))
        elif view.denied.said_allowed:
            told = tr("Claims were denied that this rule had let through. Read the payer's document again.")
            self.notice.show_sentence(Status.CAUTION, told)
        elif view.overridden.often:
            told = tr("It is booked against often. Ask the payer what holds, and change the rule for this clinic.")
            self.notice.show_sentence(Status.CAUTION, told)
        else:
            self.notice.clear()

    @Slot()
    def _on_copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.source.url)
            self.copy.setText(tr("Copied"))


def _row(
    word: str, part: QWidget | QVBoxLayout | QHBoxLayout, into: QVBoxLayout, parent: QWidget, down: int = 0
) -> QWidget:
    """Put a light word and what it names into a line of its own; `down`: so much lower does its text begin."""
    line = QWidget(parent)
    label = PlainLabel(word, "caption", "ink3", line)
    label.setFixedWidth(_WORD)
    label.setContentsMargins(0, 1 + down, 0, 0)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(label, 0, _TOP)
    if isinstance(part, QWidget):
        row.addWidget(part, 1)
    else:
        row.addLayout(part, 1)
    into.addWidget(line)
    return line
