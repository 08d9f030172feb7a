"""What if: the alternatives to what is asked, one a line, in the place of the form; nothing is written from here."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.services.answers.what_if import Alternative, Alternatives
from tracker.services.words.wording import deciding_tally
from tracker.ui.check.what_if_fields import WhatIfFields
from tracker.ui.check.what_if_reason import WhatIfReason
from tracker.ui.delegates.row_delegate import meet_line
from tracker.ui.models.record_table_model import RIGHT, Column
from tracker.ui.theme.status import Status, status_of
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.panel_table import ROW_HEIGHT, PanelTable
from tracker.ui.widgets.section_head import SectionHead

_FEWEST = 2
_REST = 400
"""What stands above and below the list: heads, fields, the reason, the timeline."""


def _columns() -> tuple[Column[Alternative], ...]:
    return (
        Column(tr("What if"), lambda row: row.label),
        Column(tr("Answer"), lambda row: status_of(row.outcome).word, status=lambda row: status_of(row.outcome),
               longest=max((status_of(each).word for each in Outcome), key=len)),
        Column(tr("Earliest"), lambda row: row.next_text, strong=True, longest="Wed 00/00/0000"),
        Column(tr("Used"), _used, alignment=RIGHT, longest=tr("00 of 00")),
    )  # fmt: skip


def _used(row: Alternative) -> str:
    tally = deciding_tally(row.verdict)
    return tr("{used} of {limit}", used=tally.used, limit=tally.limit) if tally else ""


class WhatIfPanel(Ground):
    """`wanted` carries the alternative to take over; `chosen` comes when another row is current."""

    wanted = Signal(object)
    chosen = Signal()

    def __init__(self, clock: Clock, payers: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, card=True)
        self._found = Alternatives(None, ())
        self._typed: Alternative | None = None
        self.head = SectionHead(tr("What if"), self)
        self.fields = WhatIfFields(clock, payers, self)
        self.notice = NoticeBar(self)
        self.table = PanelTable(
            _columns(), self, name=tr("What if"), row_height=ROW_HEIGHT, sortable=False, identity=lambda row: row.what
        )
        meet_line(self.table)
        self.reason = WhatIfReason(self)
        self._build()
        self.table.row_activated.connect(self.wanted)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.hide()

    def _build(self) -> None:
        self.fields.setContentsMargins(16, 0, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 4)  # what stands last keeps clear of the round corners
        column.setSpacing(0)
        for widget in (self.head, self.fields, self.notice, self.table, self.reason):
            column.addWidget(widget)

    def begin(self) -> None:
        """Be empty."""
        self._typed = None
        self.show_found(Alternatives(None, ()))

    def current(self) -> Alternative | None:
        row = self.table.current_record()
        return row if isinstance(row, Alternative) else None

    def present(self) -> Alternative | None:
        """Return the answer as asked."""
        return self._found.present

    def show_found(self, found: Alternatives) -> None:
        """Show the alternatives; the current one stays current while it is still among them."""
        before = self.current()
        self._found = found
        self.head.set_beside(tr("instead of {asked}", asked=found.asked) if found.asked else "")
        if found.refusal is not None:
            self.notice.show_sentence(Status.CAUTION, tr("As asked: {sentence}", sentence=found.refusal.sentence()))
        else:
            self.notice.clear()
        self._fill()
        if before is None and found.others:
            self.table.select_record(found.others[0].what)

    def show_refusal(self, error: Exception) -> None:
        """Say why there are none."""
        self._found = Alternatives(None, ())
        self._fill()
        self.notice.show_error(error)

    def show_typed(self, alternative: Alternative | None) -> None:
        """Show the alternative that was typed, as the first below what is asked, and make it current."""
        self._typed = alternative
        self._fill()
        if alternative is not None:
            self.table.select_record(alternative.what)

    def refuse_typed(self, error: InvalidEntryError) -> None:
        self.show_typed(None)
        self.fields.refuse(error)

    def focus_list(self) -> None:
        """Put the hands on the list, or on the fields while it is empty."""
        if self.table.records():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.fields.focus_first()

    def set_room(self, height: int, *, low: bool) -> None:
        """Show as many rows as leave room for the reason below; in low windows two, and nothing above them."""
        self.head.setVisible(not low)
        self.table.horizontalHeader().setVisible(not low)
        self.table.most = _FEWEST if low else max(_FEWEST, (height - _REST) // ROW_HEIGHT)
        self._fit()

    def _fill(self) -> None:
        self.table.refill(self._rows(), marks=True)
        self._fit()
        self.reason.show_row(self.current())
        self.chosen.emit()

    def _rows(self) -> Iterable[Alternative]:
        """Return every alternative once: one that was typed may have been suggested too."""
        present = (self._found.present,) if self._found.present else ()
        if self._typed is None:
            return (*present, *self._found.others)
        return (*present, self._typed, *(each for each in self._found.others if each.what != self._typed.what))

    def _fit(self) -> None:
        rows = max(1, min(len(self.table.records()), self.table.most))
        head = self.table.horizontalHeader()
        self.table.setFixedHeight((0 if head.isHidden() else head.height()) + rows * ROW_HEIGHT)

    @Slot(object)
    def _on_row_chosen(self, row: object) -> None:
        self.reason.show_row(row if isinstance(row, Alternative) else None)
        self.chosen.emit()
