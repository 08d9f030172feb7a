"""One rule in full: the sentence, its document, its days, its versions, and what this clinic did with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.rule_library.library_views import ChangeView, RuleState, RuleView
from tracker.ui.rules.rule_words import days_of, denied_words, overridden_words, proof_of, source_of, title_of
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import EvidencePips
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead

_TOP = Qt.AlignmentFlag.AlignTop
_WORD, _LINK_DOWN = 92, 3


class RuleDetail(Ground):
    """`ended` carries a change that is to end, `withdrawn` a confirmation that is to be taken away."""

    confirm_wanted = Signal()
    edit_wanted = Signal()
    off_wanted = Signal()
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
        self.history = HistoryPanel(self)
        self._build()
        self.copy.clicked.connect(self._on_copy)
        self.confirm.clicked.connect(self.confirm_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.off.clicked.connect(self.off_wanted)
        self.history.ended.connect(self.ended)
        self.history.withdrawn.connect(self.withdrawn)
        self.show_view(None)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.edit, self.off, self.confirm):
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


class HistoryPanel(Ground):
    """Versions, newest first, and what the clinic changed and confirmed, with the way back; below the trial."""

    ended = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        self.versions_head = SectionHead(tr("Versions"), self)
        self.versions_head.set_beside(tr("chosen by the date of service"))
        self.clinic_head = SectionHead(tr("This clinic"), self)
        self._versions, self._clinic = QVBoxLayout(), QVBoxLayout()
        for layout in (self._versions, self._clinic):
            layout.setContentsMargins(16, 0, 16, 6)
            layout.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.clinic_head)
        column.addLayout(self._clinic)
        column.addWidget(self.versions_head)
        column.addLayout(self._versions)
        self.first: ActionButton | None = None

    def texts(self) -> tuple[str, ...]:
        """Return every line that is shown."""
        return tuple(label.text() for label in self.findChildren(PlainLabel) if label.isVisibleTo(self))

    def show_view(self, view: RuleView) -> None:
        for layout in (self._versions, self._clinic):
            _clear(layout)
        self.first = None
        for version in view.versions if len(view.versions) > 1 else ():
            line = _line(
                tr("From {since}", since=version.since) if version.since[0].isdigit() else version.since,
                version.sentence,
            )
            line.addWidget(EvidencePips(version.grade, self), 0, _TOP)
            self._versions.addLayout(line)
        self.versions_head.setVisible(len(view.versions) > 1)
        for confirmation in reversed(view.confirmations):
            day = us_date(confirmation.confirmed_at.date()) if confirmation.confirmed_at else ""
            told = tr(
                "Confirmed by {confirmed_by} in {seen_in}",
                confirmed_by=confirmation.confirmed_by,
                seen_in=confirmation.seen_in,
            )
            holds = bool(view.source.confirmed)
            line = _line(
                day,
                told if holds else tr("{told}. The rule has changed since, so this does not hold any more.", told=told),
            )
            self._add_way_back(line, tr("Withdraw"), lambda c=confirmation: self.withdrawn.emit(c))
            self._clinic.addLayout(line)
        for change in reversed(view.changes):
            self._clinic.addLayout(self._change_line(change))
        self.clinic_head.setVisible(bool(view.changes or view.confirmations))
        self.setVisible(bool(view.changes or view.confirmations) or len(view.versions) > 1)

    def _change_line(self, view: ChangeView) -> QHBoxLayout:
        made = view.change.made_at
        line = _line(us_date(made.date()) if made else "", view.words, "ink" if view.change.holds else "ink3")
        if view.change.holds:
            self._add_way_back(line, tr("End this change"), lambda: self.ended.emit(view.change))
        return line

    def _add_way_back(self, line: QHBoxLayout, words: str, do: object) -> None:
        button = ActionButton(words, self, small=True)
        button.clicked.connect(do)
        line.addWidget(button, 0, _TOP)
        self.first = self.first or button


def _line(when: str, text: str, tone: str = "ink") -> QHBoxLayout:
    day = PlainLabel(when, "body", "ink2")
    day.setFixedWidth(_WORD + 30)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(day, 0, _TOP)
    line.addWidget(PlainLabel(text, "body", tone, wrap=True, selectable=True), 1)
    return line


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        while inner is not None and (part := inner.takeAt(0)) is not None:
            if (widget := part.widget()) is not None:
                widget.hide()
                widget.deleteLater()
