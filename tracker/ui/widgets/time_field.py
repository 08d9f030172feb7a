"""A field for a time of day as the desk types it: 9:30, 930, 2p."""

from __future__ import annotations

from datetime import time

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.time_entry import may_become_time, parse_time
from tracker.services.words.wording import us_time
from tracker.ui.widgets.typed_field import TypedField


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
            self._wrong = True
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
