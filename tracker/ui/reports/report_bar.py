"""The rows above a report: its name, the ways out, its parameters, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.reports.sources import ReportKind
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.reports.parameter_row import ParameterRow
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.tab_chain import chain

KEYS = ("P", "D", "X", "C")


class ReportBar(QWidget):
    """`kind_wanted` comes from the field that stands for the list in a narrow window."""

    kind_wanted = Signal(object)

    def __init__(self, kinds: Sequence[ReportKind], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head = PageHead("", parent=self)
        self.kind = ChoiceField([Choice(kind.id, kind.title) for kind in kinds], self, name=tr("Report"))
        self.kind.hide()
        self.kind.chosen.connect(self.kind_wanted)
        self.head.add_beside(self.kind)
        texts = (tr("Print…"), tr("PDF…"), tr("Excel…"), tr("Copy"))
        self.outlets = tuple(
            ActionButton(text, self, key=key, small=True) for text, key in zip(texts, KEYS, strict=True)
        )
        self.print_button, self.pdf_button, self.sheet_button, self.copy_button = self.outlets
        for button in self.outlets:
            self.head.add_right(button)
        self.about = PlainLabel("", "body", "ink2", self, wrap=True)
        self.parameters = ParameterRow(today, self)
        self.show_button = ActionButton(tr("Show"), self, key="Ctrl+Enter", kind="primary")
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self._stack()

    def _stack(self) -> None:
        said = QVBoxLayout()
        said.setContentsMargins(16, 0, 16, 8)
        said.addWidget(self.about)
        asked = QHBoxLayout()
        asked.setContentsMargins(16, 0, 16, 10)
        asked.setSpacing(12)
        asked.addWidget(self.parameters)
        asked.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignTop)
        asked.addStretch(1)
        notice = QVBoxLayout()
        notice.setContentsMargins(16, 0, 16, 8)
        notice.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(said)
        column.addLayout(asked)
        column.addLayout(notice)
        column.addWidget(self.progress)

    def show_kind(self, kind: ReportKind) -> None:
        self.head.set_title(kind.title)
        self.kind.set_value(kind.id)
        self.about.setText(kind.about)

    def show_parameters(self, kind: ReportKind, typed: Mapping[str, str]) -> None:
        """Show the fields of a report; Tab goes from the last of them to the button behind it."""
        self.parameters.show_kind(kind, typed)
        chain(self.copy_button, *map(self.parameters.field, self.parameters.names()), self.show_button)

    def set_narrow(self, narrow: bool, low: bool) -> None:
        """Show the reports as a field in place of the title where there is no room for their list."""
        self.kind.setVisible(narrow)
        self.head.title.setVisible(not narrow)
        self.head.beside.setVisible(not narrow)
        self.about.setVisible(not low)

    def set_rows(self, why_not: str | None) -> None:
        """Let the report out, or say why there is none to let out."""
        for button in self.outlets:
            button.setEnabled(why_not is None)
            button.setAccessibleDescription(why_not or "")
