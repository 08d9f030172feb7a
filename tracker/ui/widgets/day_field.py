"""A field for a date as the desk types it; inside it stands, with the weekday, what was understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.date_entry import NextWanted, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.language import tr
from tracker.domain.past_entry import parse_birth, parse_when
from tracker.domain.us_dates import us_date, weekday_of
from tracker.services.wording import us_partial
from tracker.ui.widgets.fields import LineField

Read = Callable[[str, date], PartialDate]


def read_day(text: str, today: date) -> PartialDate:
    try:
        return PartialDate.on(parse_day(text, today))
    except NextWanted:
        raise InvalidEntryError(tr("“n” has no meaning here."), "", tr("Type the date."), text) from None


def read_birth(text: str, today: date) -> PartialDate:
    return PartialDate.on(parse_birth(text, today))


def read_when(text: str, today: date) -> PartialDate:
    return parse_when(text, today)


class DayField(LineField):
    """`settled` comes when the field is left or Enter is pressed with another date than before.

    Errors wait until then: half a date is no mistake.
    """

    settled = Signal()

    def __init__(
        self,
        today: date,
        parent: QWidget | None = None,
        *,
        read: Read = read_day,
        name: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(placeholder, parent, name=name)
        self._today = today
        self._read = read
        self._when: PartialDate | None = None
        self._settled: PartialDate | None = None
        self.textChanged.connect(self._on_changed)
        self.returnPressed.connect(self.settle)

    def when(self) -> PartialDate | None:
        """Return what was understood, None for an empty field and for what is no date."""
        return self._when

    def day(self) -> date | None:
        return self._when.first if self._when else None

    def set_when(self, when: PartialDate | None) -> None:
        """Show a date without telling."""
        self.setText(us_partial(when) if when else "")
        self._when = self._settled = when
        self._echo_it()

    def set_day(self, day: date | None) -> None:
        self.set_when(PartialDate.on(day) if day else None)

    @Slot()
    def settle(self) -> bool:
        """Say below the field what is wrong with what was typed; True when nothing is."""
        typed, sentence = self.text().strip(), None
        if typed and self._when is None:
            try:
                self._when = self._read(typed, self._today)
            except InvalidEntryError as error:
                sentence = error.sentence()
        self.set_error(sentence)
        if sentence is None and self._when != self._settled:
            self._settled = self._when
            self.settled.emit()
        return sentence is None

    @Slot()
    def read_again(self) -> None:
        """Read what stands there anew, when what it is counted from has changed."""
        self._on_changed(self.text())

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.set_error(None)
        try:
            self._when = self._read(text.strip(), self._today) if text.strip() else None
        except InvalidEntryError:
            self._when = None
        self._echo_it()

    def _echo_it(self) -> None:
        whole = self._when is not None and self.text().strip() == us_date(self._when.first)
        self.set_echo((weekday_of(self._when.first) if whole else echo_of(self._when)) if self._when else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()


def echo_of(when: PartialDate) -> str:
    """Return "Mon 01/12/2026", "some day in 01/2026", "some day in 2026"."""
    return (
        us_date(when.first, weekday=True) if when.exact else tr("some day in {us_partial}", us_partial=us_partial(when))
    )
