"""The rows above the worklist: title, table or columns, the line that narrows it, the chips that write that line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr, tr_for
from tracker.services.authorizations.worklist import FILTERS
from tracker.ui import theme
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.fields import ErrorRow, LineField
from tracker.ui.widgets.marks import KeyCap
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.segments import Segments

TABLE, COLUMNS = "table", "columns"
NARROW_BELOW = 800
_BESIDE_QUERY, _BESIDE_NARROW, _LEAST_QUERY, _MOST_QUERY = 490, 434, 120, 420
_CHIP_GAP = 8
_LINES = dict(FILTERS)


class QueryField(LineField):
    """`entered` carries the line on Enter, `left` comes on Escape and on Down."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget, *, name: str) -> None:
        super().__init__(placeholder, parent, name=name)
        self._cap = KeyCap("/", self)
        self.setTextMargins(0, 0, self._cap.sizeHint().width() + 4, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - 7, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit(self.text())
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class WorkBar(QWidget):
    """`line_wanted` carries a line of the query, `view_wanted` TABLE or COLUMNS, `list_wanted` gives the hands back."""

    line_wanted = Signal(str)
    view_wanted = Signal(str)
    list_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head = PageHead(tr("Authorizations"), parent=self)
        self.views = Segments(((TABLE, tr("Table")), (COLUMNS, tr("Columns"))), self, name=tr("View"), ticks=False)
        self._cap = KeyCap("Ctrl+B", self)
        self.query = QueryField(tr("is:open payer:aetna due<=today"), self, name=tr("Narrow the list"))
        self.new_button = ActionButton(tr_for("requests", "New"), self, key="N")
        self.detail_button = ActionButton(tr("Details"), self, small=True)
        self.detail_button.hide()
        self.head.add_beside(self.views, 4)
        self.head.add_beside(self._cap)
        for widget in (self.query, self.new_button):
            self.head.add_right(widget)
        self.mistake = ErrorRow(self)
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self.chips = ChipRow(((name, name) for name, _line in FILTERS), self)
        self._stack()
        self.views.chosen.connect(lambda view: self.view_wanted.emit(str(view)))
        self.query.entered.connect(self.line_wanted)
        self.query.left.connect(self.list_wanted)
        self.query.textEdited.connect(self.clear_mistake)
        self.chips.chosen.connect(self._on_chip)

    def _stack(self) -> None:
        said = QVBoxLayout()
        said.setContentsMargins(16, 0, 16, 8)
        said.addWidget(self.mistake)
        said.addWidget(self.notice)
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 2, 16, 14)
        self.chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # those without room go
        chips.addWidget(self.chips, 1)
        chips.addWidget(self.detail_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(said)
        column.addLayout(chips)
        column.addWidget(self.progress)

    def show_line(self, line: str, chip: str | None) -> None:
        """Show the line in force, and the chip that means the same, None for none."""
        if self.query.text() != line:
            self.query.setText(line)
        self.chips.set_chosen_or_none(chip)
        self.clear_mistake()

    def set_counts(self, counts: dict[str, int]) -> None:
        for name, line in FILTERS:
            self.chips.set_count(name, counts.get(line))
        self._fit_chips()

    def show_mistake(self, error: TrackerError) -> None:
        """Say below the line what has no meaning in it; the list stays as it was."""
        self.query.set_error(error.sentence())
        self.mistake.show_sentence(error.sentence())

    @Slot()
    def clear_mistake(self) -> None:
        self.query.set_error(None)
        self.mistake.show_sentence("")

    def focus_query(self) -> None:
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()

    def set_details_away(self, away: bool, *, in_front: bool) -> None:
        """Offer a way to the details where there is no room for them at the side, and back."""
        self.detail_button.setVisible(away)
        self.detail_button.setText(tr("Back to the list") if in_front else tr("Details"))
        self._fit_chips()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.scaled(NARROW_BELOW)
        self._cap.setVisible(wide)
        beside = theme.scaled(_BESIDE_QUERY if wide else _BESIDE_NARROW)
        self.query.setFixedWidth(min(max(self.width() - beside, _LEAST_QUERY), _MOST_QUERY))
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Show as many chips as there is room for; those that go can be typed."""
        room = self.width() - 32 - (self.detail_button.sizeHint().width() + 8 if self.detail_button.isVisible() else 0)
        for name in _LINES:
            chip = self.chips.chip(name)
            room -= chip.sizeHint().width() + _CHIP_GAP
            chip.setVisible(room >= -_CHIP_GAP)

    @Slot(str)
    def _on_chip(self, name: str) -> None:
        self.line_wanted.emit(_LINES[name])
