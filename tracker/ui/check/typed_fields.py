"""Fields for day and time as text: each says inside itself what it understood, and below what to mend."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.clock import Clock
from tracker.domain.date_entry import NextWanted, may_become_day, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.time_entry import may_become_time, parse_time
from tracker.domain.us_dates import us_date, weekday_of
from tracker.services.wording import us_time
from tracker.ui.widgets.typed_field import TypedField


class DayField(TypedField):
    """The day of the visit. `next_wanted` comes when "n" was typed: the caller answers with `set_day`."""

    next_wanted = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None, *, echoes: bool = True) -> None:
        super().__init__(tr("12/3, +14, fri, n"), parent, name=tr("Date"), echoes=echoes)
        self._clock = clock
        self._day: date | None = None
        self._wrong = False
        self._wants_next = False

    def day(self) -> date | None:
        """Return the day that was typed, None when there is none."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day in figures."""
        self.setText(us_date(day) if day else "")
        self.read()
        if self.hasFocus():
            self.selectAll()

    def wants_next(self) -> bool:
        """Tell whether "n" stands there and waits for an answer."""
        return self._wants_next

    def is_begun(self) -> bool:
        return may_become_day(self.text())

    def is_wrong(self) -> bool:
        return self._wrong

    def read(self) -> None:
        self._day, self._wrong = None, False
        wanted_before, self._wants_next = self._wants_next, False
        if not self.text().strip():
            self.set_echo("")
            self.set_error(None)
            return
        try:
            self._day = parse_day(_without_day(self.text()), self._clock.today())
        except NextWanted:
            self._wants_next = True
            self.set_error(self.error() if wanted_before else None)
            self.set_echo(tr("earliest day"))
        except InvalidEntryError as error:
            self._wrong = True
            self._refuse(error)
        else:
            whole = self.text().strip() == us_date(self._day)
            self.set_echo(weekday_of(self._day) if whole else us_date(self._day, weekday=True))
            self.set_error(None)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.read()
        (self.next_wanted if self._wants_next else self.changed).emit()


def _without_day(text: str) -> str:
    """Return "n" for a day with an n typed behind it ("12/3n"): the cursor stands there when the answer is read."""
    begun = text.strip().casefold()
    return "n" if begun.endswith("n") and any(character.isdigit() for character in begun) else text


class TimeField(TypedField):
    """The time of the visit; it may be left open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("9:30", parent, name=tr("Time"))
        self._time: time | None = None
        self._wrong = False

    def moment(self) -> time | None:
        """Return the time that was typed, None when there is none."""
        return self._time

    def set_time(self, moment: time | None) -> None:
        self.setText(us_time(moment) if moment else "")
        self.read()

    def settle(self) -> bool:
        """Say below the field what is wrong with what was typed, begun or not; True when nothing is."""
        try:
            self._time = parse_time(self.text()) if self.text().strip() else None
        except InvalidEntryError as error:
            self.set_error(error.sentence())
        return not self.error()

    def is_begun(self) -> bool:
        return may_become_time(self.text())

    def is_wrong(self) -> bool:
        return self._wrong

    def read(self) -> None:
        self._time, self._wrong = None, False
        if not self.text().strip():
            self.set_error(None)
            return
        try:
            self._time = parse_time(self.text())
        except InvalidEntryError as error:
            self._wrong = True
            self._refuse(error)
        else:
            self.set_error(None)
            if not self.hasFocus():
                self.setText(us_time(self._time))
