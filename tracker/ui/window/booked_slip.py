"""The slip of the visit that was booked last, from wherever one is: the patient is still at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tracker.domain.booking import Booking
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.actions import Act

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow

_ID = "slip of last booked"


class BookedSlip(QObject):
    """Off until something was booked or moved here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._booking_id = ""
        act = Act(_ID, tr("Slip of the visit booked last…"), tr("&Patient"), help="printing")
        self._action = window.registry.add(act, self.open, off=tr("nothing was booked just now"))
        self._action.setEnabled(False)

    @Slot(object)
    def note(self, done: Done[object]) -> None:
        """Remember the visit that was booked or moved."""
        if isinstance(done.value, Booking) and done.value.status.open:
            self._booking_id = done.value.id
            self._action.setEnabled(True)

    def open(self) -> None:
        from tracker.ui.paper import handouts

        page = self._window.current_page()
        if page is not None:
            handouts.open_slip(self._window.context, page, self._booking_id)
