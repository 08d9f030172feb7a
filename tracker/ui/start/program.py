"""Joins the gate to the open clinic, and ends both: one run of the program, whatever window is in front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from tracker.services.clinic_file.vault import demo_folder, usual_folder
from tracker.services.clinics import Clinics
from tracker.ui.preferences import Preferences
from tracker.ui.start.gate import Gate, Places
from tracker.ui.start.single_seat import Seat
from tracker.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from tracker.domain.recovery_code import RecoveryCode
    from tracker.services import Services
    from tracker.ui.start.session import Session


class Program(QObject):
    """Holds the gate until a clinic is open, and its session from then on.

    `settled` comes when every page of it is made, `vacated` when it was left for another person.
    """

    settled = Signal()
    vacated = Signal()

    def __init__(
        self, clinics: Clinics, preferences: Preferences, base: Path, given: Path | None = None, demo: bool = False
    ) -> None:
        super().__init__()
        self._clinics = clinics
        self._preferences = preferences
        self._usual = usual_folder(base).path
        self._given = given
        self._demo = demo
        self._door = TaskRunner(self)
        self._seat = Seat(self)
        self.gate = Gate(clinics, self._door, self._seat, self._places(base), self)
        self.session: Session | None = None
        self._seat.called.connect(self._on_called)
        self.gate.opened.connect(self._on_opened)
        self.gate.recovered.connect(self._on_recovered)
        self.gate.left.connect(QApplication.quit)

    @Slot()
    def begin(self) -> None:
        """Show the first window."""
        if self._demo:
            self.gate.open_demo()
        else:
            self.gate.open()

    def _places(self, base: Path) -> Places:
        remembered = Path(self._preferences.clinic_folder) if self._preferences.clinic_folder else None
        clinic = self._given or remembered or self._usual
        demo = self._given if self._demo and self._given else demo_folder(base).path
        known = self._given is None and remembered is not None
        return Places(clinic, demo, usual=clinic == self._usual, known=known, user=self._preferences.last_user)

    @Slot(object, object)
    def _on_opened(self, services: Services, folder: Path) -> None:
        from tracker.ui.pages import PAGES  # the pages wait until the first window is painted
        from tracker.ui.start.session import Session

        self.session = Session(services, folder, self._clinics, self._door, self._preferences, PAGES, self)
        self.session.ended.connect(QApplication.quit)
        self.session.settled.connect(self.settled, Qt.ConnectionType.SingleShotConnection)
        self.session.left.connect(self._on_session_left)
        self.session.start()
        self.gate.close()
        if not services.clinic.demo and folder != self._given:
            self._preferences.clinic_folder = "" if folder == self._usual else str(folder)
        if not services.clinic.demo:
            self._preferences.last_user = services.user.name

    @Slot()
    def _on_session_left(self) -> None:
        """Another person signs in where one had locked."""
        session, self.session = self.session, None
        self.gate.open()
        if session is not None:
            session.forget()
        self.vacated.emit()

    @Slot(object)
    def _on_recovered(self, code: RecoveryCode) -> None:
        """Show the next recovery code, once, where the one before was used to get in."""
        from tracker.ui.settings.recovery_dialog import show_next_code

        if self.session is not None:
            show_next_code(self.session.window, code)

    def wanted_again(self) -> bool:
        """Tell whether the program is to be started anew now that it has ended."""
        return self.session is not None and self.session.again

    @Slot()
    def _on_called(self) -> None:
        if self.session is not None:
            self.session.call()
        elif self.gate.window is not None:
            self.gate.window.raise_()
            self.gate.window.activateWindow()

    def end(self) -> None:
        """Let nothing run on: calls, the lock of the folder, the preferences."""
        self._door.shutdown()
        self._seat.leave()
        self._preferences.flush()
