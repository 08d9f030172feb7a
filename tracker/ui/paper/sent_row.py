"""Marks a packet as sent: by which channel, with which reference of the payer, and when to ask for the decision."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.authorization import AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRecord, Channel
from tracker.domain.language import tr
from tracker.ui.paper.cover import CHANNEL_WORDS
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField
from tracker.ui.widgets.segments import Segments

_NOT_YET = tr("Nothing is recorded yet: Alt+M once more marks it as sent all the same.")
ASK_AFTER = timedelta(days=7)
_SENT_BY = (Channel.FAX, Channel.PORTAL, Channel.MAIL, Channel.EMAIL)


class SentRow(QWidget):
    """`sent_wanted` comes when it is to be recorded and all fields are fit for it.

    `warned` carries what is missing, once, before it is recorded. Of a draft it is asked whether all went, or papers
    follow: the payer's clock may begin with the last of them.
    """

    sent_wanted = Signal()
    warned = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._missing = ""
        self._told = False
        self.channel = ChoiceField([Choice(each, tr(CHANNEL_WORDS[each.value])) for each in _SENT_BY], self)
        self.reference = LineField(tr("if the payer gave one"), self)
        self.ask = DayField(today, self)
        whole = ((True, tr("Complete")), (False, tr("Papers follow")))
        self.whole = Segments(whole, self, name=tr("What went"))
        self.button = ActionButton(tr("Mark as sent"), self, key="Alt+M", bind=True)
        row, last = QHBoxLayout(), QHBoxLayout()
        for each in (row, last):
            each.setSpacing(8)
        for words, field, stretch in (
            (tr("Sent &by"), self.channel, 0), (tr("&Reference"), self.reference, 2), (tr("As&k again"), self.ask, 1)
        ):  # fmt: skip
            row.addWidget(FieldLabel(words, field, self, width=0))
            row.addWidget(FieldBox(field, self), stretch)
        last.addWidget(self.whole)
        last.addStretch(1)
        last.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(last)
        self.button.clicked.connect(self._on_wanted)

    def show_record(self, record: AuthorizationRecord, missing: str = "") -> None:
        """Begin with the request's channel and a day that is to come; `missing` says what the packet lacks."""
        self._told = False
        self._missing = missing
        self.whole.set_value(not missing)
        self.whole.setVisible(record.status is AuthorizationStatus.DRAFT)
        if record.request.channel in _SENT_BY:
            self.channel.set_value(record.request.channel)
        planned = record.request.next_action
        fits = planned is not None and planned > self._today
        again = planned if fits else self._today + ASK_AFTER
        self.ask.set_day(again if record.status.waits else None)
        first = record.status is AuthorizationStatus.DRAFT
        self.button.setText(tr("Mark as sent") if first else tr("Mark as sent again"))

    def is_whole(self) -> bool:
        """Tell whether all went that the payer wants."""
        return bool(self.whole.value())

    def values(self) -> tuple[Channel, str, date | None]:
        """Return channel, reference, and the day to ask again."""
        channel = self.channel.value()
        return channel if isinstance(channel, Channel) else Channel.FAX, self.reference.text().strip(), self.ask.day()

    @Slot()
    def _on_wanted(self) -> None:
        if not self.ask.settle():
            return
        if self._missing and not self._told:
            self._told = True
            self.warned.emit(f"{self._missing} {_NOT_YET}")
            return
        self.sent_wanted.emit()
