"""A field for a date as the desk types it; inside it stands, with the weekday, what was understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.clock import Clock
from tracker.domain.date_entry import NextWanted, may_become_day, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import PartialDate
from tracker.domain.language import tr
from tracker.domain.past_entry import may_become_birth, may_become_when, parse_birth, parse_when
from tracker.domain.us_dates import us_date, weekday_of
from tracker.services.words.wording import us_partial
from tracker.ui import theme
from tracker.ui.widgets.fields import room_of
from tracker.ui.widgets.typed_field import TypedField

_FRAME = 14
"""The borders of the field, with a little between what is typed and its echo."""

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


_BEGUN: dict[Read, Callable[[str], bool]] = {read_birth: may_become_birth, read_when: may_become_when}
"""What more typing could make a date of, where that is another than a day."""


class DayField(TypedField):
    """`settled` comes when the field is left or Enter is pressed with another date than before.

    `today` is a day in what is soon closed again, the clock in what may stay open over midnight. With `takes_next`
    an "n" asks for the earliest day: `next_wanted` comes, and the caller answers with `set_day`.
    """

    settled = Signal()
    next_wanted = Signal()

    def __init__(
        self,
        today: date | Clock,
        parent: QWidget | None = None,
        *,
        read: Read = read_day,
        name: str = "",
        placeholder: str = "",
        echoes: bool = True,
        takes_next: bool = False,
    ) -> None:
        super().__init__(placeholder, parent, name=name, echoes=echoes)
        self._today = today
        self._read = read
        self._begun = _BEGUN.get(read, may_become_day)
        self._takes_next = takes_next
        self._when: PartialDate | None = None
        self._settled: PartialDate | None = None
        self._wrong: InvalidEntryError | None = None
        self._wants_next = False
        self.textChanged.connect(self.read_again)
        self.returnPressed.connect(self.settle)

    def when(self) -> PartialDate | None:
        """Return what was understood, None for an empty field and for what is no date."""
        return self._when

    def day(self) -> date | None:
        return self._when.first if self._when else None

    def set_when(self, when: PartialDate | None) -> None:
        """Show a date without telling."""
        self.setText(us_partial(when) if when else "")
        self.read()
        self._when = self._settled = when
        self._wrong = None
        self._echo_it()
        if self.hasFocus():
            self.selectAll()

    def set_day(self, day: date | None) -> None:
        self.set_when(PartialDate.on(day) if day else None)

    def wants_next(self) -> bool:
        """Tell whether "n" stands there and waits for an answer."""
        return self._wants_next

    def is_begun(self) -> bool:
        return self._begun(self.text())

    def is_wrong(self) -> bool:
        return self._wrong is not None

    @Slot()
    def settle(self) -> bool:
        """Say below the field what is wrong with what was typed, begun or not; True when nothing is."""
        self.read()
        if self._wrong is not None:
            self.set_error(self._wrong.sentence())
        elif self._when != self._settled:
            self._settled = self._when
            self.settled.emit()
        return self._wrong is None

    @Slot()
    def read_again(self) -> None:
        """Read what stands there anew, when what it is counted from has changed."""
        self.read()

    def read(self) -> None:
        waited, self._wants_next = self._wants_next, self._takes_next and _is_next(self.text())
        self._when, self._wrong = None, None
        if self._wants_next:
            self.set_error(self.error() if waited else None)
            self.set_echo(tr("earliest day"))
            return
        try:
            self._when = self._read(typed, self._counted_from()) if (typed := self.text().strip()) else None
        except InvalidEntryError as error:
            self._wrong = error
            self._refuse(error)
        else:
            self.set_error(None)
            self._echo_it()

    def _counted_from(self) -> date:
        return self._today if isinstance(self._today, date) else self._today.today()

    def _echo_it(self) -> None:
        whole = self._when is not None and self.text().strip() == us_date(self._when.first)
        self.set_echo((weekday_of(self._when.first) if whole else echo_of(self._when)) if self._when else "")

    def shown_echo(self) -> str:
        """Leave the weekday out, then all of it, where what is typed would have no room; it is spoken whole."""
        short = us_date(self._when.first) if self._when and self._when.exact else ""
        room = self.width() - _FRAME - theme.text_width(self.text(), "body")
        return next((each for each in (self.echo(), short) if room_of(each) <= room), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.read()
        (self.next_wanted if self._wants_next else self.changed).emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()


def _is_next(text: str) -> bool:
    """Tell whether that is "n", or a day with an n typed behind it: the cursor stands there when the answer is read."""
    begun = text.strip().casefold()
    return begun in ("n", "next") or (begun.endswith("n") and any(character.isdigit() for character in begun))


def echo_of(when: PartialDate) -> str:
    """Return "Mon 01/12/2026", "some day in 01/2026", "some day in 2026"."""
    return (
        us_date(when.first, weekday=True) if when.exact else tr("some day in {us_partial}", us_partial=us_partial(when))
    )
