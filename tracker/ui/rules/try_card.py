"""Try it: type what was done and what is asked, and watch the answer under one rule or all of the payer's."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.rule_library.library_views import RuleView
from tracker.services.rule_library.rule_trial import Trial
from tracker.ui import theme
from tracker.ui.check.timeline import TimelineStrip
from tracker.ui.pages.page import PageContext
from tracker.ui.rules.trial_view import view_of_trial
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.section_head import SectionHead
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.verdict_bar import VerdictBar

ONE, WHOLE = "one", "whole"
_WAYS = tr("01/12/2026 mbb l45l 85; 02/02/2026")
_NARROW_BELOW = 760
"""Below it the two fields stand one below the other: neither hides what was typed."""


class TryCard(Ground):
    """Nothing is stored. `answered` comes with each answer that is shown, `left` when Esc leads back to the list."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="t")
        self._context = context
        self._latest = LatestOnly(context.tasks, self)
        self._view: RuleView | None = None
        self._plan = self._begun = ""
        self.head = SectionHead(tr("Try it"), self)
        self.head.set_beside(tr("nothing is stored; date, procedure, level and side, relief; parted by ;"))
        self.under = Segments(
            ((ONE, tr("This rule")), (WHOLE, tr("All rules of the payer"))), self, name=tr("Try under")
        )
        self.done = LineField(_WAYS, self, name=tr("Performed"))
        self.asked = LineField("01/12/2027", self, name=tr("Asked"))
        self.verdict = VerdictBar(self)
        self.why = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.strip = TimelineStrip(context.services.clock.today(), self)
        self.strip.setProperty("help", "rules#try-it")
        self._build()
        self.under.chosen.connect(self._on_typed)
        for field in (self.done, self.asked):
            field.textEdited.connect(self._on_typed)
        self.strip.day_moved.connect(self._on_day_moved)
        self.strip.next_wanted.connect(self._on_next)
        self._trial: Trial | None = None

    def _build(self) -> None:
        self.head.add(self.under)
        self.head.setFixedHeight(42)
        self.head.end_at(16)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(10)
        for text, field, share in ((tr("&Performed"), self.done, 3), (tr("As&ked"), self.asked, 2)):
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(FieldLabel(text, field, self))
            line.addWidget(FieldBox(field, self), 1)
            self._fields.addLayout(line, share)
        card = Ground("surface", self, card=True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.setSpacing(4)
        self.verdict.set_alone(False)
        inner.addWidget(self.verdict)
        words = QHBoxLayout()
        words.setContentsMargins(16, 2, 16, 2)
        words.addWidget(self.why)
        inner.addLayout(words)
        inner.addWidget(self.strip)
        body = QVBoxLayout()
        body.setContentsMargins(16, 0, 16, 14)
        body.setSpacing(8)
        body.addLayout(self._fields)
        body.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(_NARROW_BELOW)
        self._fields.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def trial(self) -> Trial | None:
        """Return the answer that is shown."""
        return self._trial

    def show_view(self, view: RuleView | None, plan: str) -> None:
        """Begin with another rule: its own sample, on the last day that is too soon."""
        self._view, self._plan = view, plan
        self.setVisible(view is not None)
        if view is None:
            return
        if view.key == self._begun:
            self._ask()
            return
        rule, library = view.rule, self._context.services.library
        self._latest.run(lambda: library.start_lines(rule), self._begin, self._on_failed)

    def _begin(self, start: tuple[str, tuple[str, ...]]) -> None:
        self._begun = self._view.key if self._view is not None else ""
        asked, done = start
        self.asked.setText(asked)
        self.done.setText("; ".join(done))
        self.done.setCursorPosition(0)
        self._ask()

    @Slot()
    def _on_typed(self) -> None:
        self._ask()

    def _ask(self) -> None:
        if self._view is None:
            return
        view, plan, asked = self._view, self._plan, self.asked.text()
        lines, whole = re.split(r"[;\n]", self.done.text()), self.under.value() == WHOLE
        library = self._context.services.library
        self._latest.run(
            lambda: library.try_lines(view, plan, asked, lines, whole=whole), self._on_answer, self._on_failed
        )

    def _on_answer(self, trial: Trial) -> None:
        self._trial = trial
        self.done.set_error(None)
        self.asked.set_error(None)
        view = view_of_trial(trial)
        self.verdict.show_verdict(view.status, view.headline, view.count)
        self.why.setText(view.why)
        self.strip.show_view(self._context.services.clock.today(), view)
        self.answered.emit(trial)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, TrackerError):
            self._context.tasks.unseen.emit(error)
            return
        about = error.about if isinstance(error, InvalidEntryError) else ""
        wrong, right = (self.asked, self.done) if about == "asked" else (self.done, self.asked)
        right.set_error(None)
        wrong.set_error(error.sentence())
        self.verdict.show_verdict(Status.NEUTRAL, tr("Not understood yet"))
        self.why.setText("")
        self._trial = None
        self.strip.show_view(self._context.services.clock.today(), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _on_day_moved(self, days: int) -> None:
        if self._trial is not None:
            self._ask_on(date.fromordinal(self._trial.asked.day.toordinal() + days))

    @Slot()
    def _on_next(self) -> None:
        if self._trial is not None and self._trial.verdict.earliest is not None:
            self._ask_on(self._trial.verdict.earliest)

    def _ask_on(self, day: date) -> None:
        rest = self.asked.text().split()[1:]
        self.asked.setText(" ".join((f"{day:%m/%d/%Y}", *rest)))
        self._ask()
