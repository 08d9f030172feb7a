"""Fields for levels, day and time as text: each says inside itself what it understood, and below what to mend."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.clock import Clock
from tracker.domain.date_entry import NextWanted, may_become_day, parse_day
from tracker.domain.errors import InvalidEntryError
from tracker.domain.level_entry import may_become_levels, parse_levels, written
from tracker.domain.procedure import ProcedureChoice, Sites, TargetKind
from tracker.domain.time_entry import may_become_time, parse_time
from tracker.domain.us_dates import us_date
from tracker.services.wording import targets_text, us_time
from tracker.ui.widgets.fields import LineField


class TypedField(LineField):
    """`changed` comes when the meaning changes. What is only begun is no mistake while the focus is here.

    `echoes` false: where there is room for the text only, and something else says what was understood.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None, *, name: str, echoes: bool = True) -> None:
        super().__init__(placeholder, parent, name=name)
        self._echoes = echoes
        self.textEdited.connect(self._on_edited)

    def set_echo(self, text: str) -> None:
        super().set_echo(text if self._echoes else "")

    def is_begun(self) -> bool:
        """Tell whether more typing could still make sense of the text; override."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the text anew, and set echo or error; override."""
        raise NotImplementedError

    def is_wrong(self) -> bool:
        """Tell whether there is text without a meaning, begun or mistaken."""
        raise NotImplementedError

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.read()
        self.changed.emit()

    def _refuse(self, error: InvalidEntryError) -> None:
        self.set_echo("")
        self.set_error(None if self.hasFocus() and self.is_begun() else error.sentence())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.read()
        self.left.emit()


class LevelField(TypedField):
    """Where the procedure goes: "l45b", "c56r c67r", "n l3 l4 l5 l"."""

    def __init__(self, parent: QWidget | None = None, *, echoes: bool = True) -> None:
        super().__init__("l45b, c56r c67r", parent, name="Levels", echoes=echoes)
        self._choice: ProcedureChoice | None = None
        self._sites: Sites | None = Sites()

    def set_choice(self, choice: ProcedureChoice | None) -> None:
        """Read the levels as those of this procedure."""
        self._choice = choice
        needless = choice is not None and choice.targets in (TargetKind.NONE, TargetKind.CAUDAL)
        self.setEnabled(not needless)
        self.setPlaceholderText(_EXAMPLES.get(choice.targets if choice else TargetKind.FACET, ""))
        self.read()

    def sites(self) -> Sites | None:
        """Return what was typed, None while it has no meaning."""
        return self._sites

    def set_sites(self, sites: Sites) -> None:
        """Show these levels in the short form that can be typed."""
        self.setText(written(sites))
        self.read()

    def is_begun(self) -> bool:
        return self._choice is not None and may_become_levels(self.text(), self._choice.targets)

    def is_wrong(self) -> bool:
        return self._sites is None

    def read(self) -> None:
        self._sites = Sites()
        if not self.isEnabled() or not self.text().strip() or self._choice is None:
            self.set_echo("")
            self.set_error(None)
            return
        try:
            self._sites = parse_levels(self.text(), self._choice.targets, self._choice.approach)
        except InvalidEntryError as error:
            self._sites = None
            self._refuse(error)
        else:
            self.set_echo(_sites_echo(self._sites))
            self.set_error(None)


_EXAMPLES = {
    TargetKind.FACET: "l45b, c56r c67r",
    TargetKind.FORAMEN: "l45r, s1l",
    TargetKind.INTERSPACE: "l45, c7t1",
    TargetKind.SI: "sil, sir, sib",
    TargetKind.CAUDAL: "no level to name",
    TargetKind.NONE: "no level to name",
}


def _sites_echo(sites: Sites) -> str:
    if sites.targets:
        return targets_text(sites.targets)
    return f"{' '.join(sites.lone_nerves)}, no joint" if sites.lone_nerves else ""


class DayField(TypedField):
    """The day of the visit. `next_wanted` comes when "n" was typed: the caller answers with `set_day`."""

    next_wanted = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None, *, echoes: bool = True) -> None:
        super().__init__("12/3, +14, fri, n", parent, name="Date", echoes=echoes)
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
            self.set_echo("earliest day")
        except InvalidEntryError as error:
            self._wrong = True
            self._refuse(error)
        else:
            whole = self.text().strip() == us_date(self._day)
            self.set_echo(f"{self._day:%a}" if whole else us_date(self._day, weekday=True))
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
        super().__init__("9:30", parent, name="Time")
        self._time: time | None = None
        self._wrong = False

    def moment(self) -> time | None:
        """Return the time that was typed, None when there is none."""
        return self._time

    def set_time(self, moment: time | None) -> None:
        self.setText(us_time(moment) if moment else "")
        self.read()

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
