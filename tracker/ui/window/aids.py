"""What helps to find one's way: the palette, the list of keys, the help, the tour of the keys, the first steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog

from tracker.ui.pages.page import CheckStart, RequestStart

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow


class Aids(QObject):
    """Opens each of them over the window, one at a time of its kind; nothing is imported before it is wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open_palette(self, typed: str = "") -> None:
        """Open the list of patients and commands, with what was typed so far."""
        from tracker.ui.commands.palette import Palette
        from tracker.ui.commands.scrim import Scrim

        window = self._window
        if any(palette.isVisible() for palette in window.findChildren(Palette)):
            return
        window.pages.make_all()
        scrim = Scrim(window.frame)
        recent = window.context.preferences.recent(self._user())
        palette = Palette(window.context, window.registry, recent, window, typed)
        palette.finished.connect(scrim.deleteLater)
        palette.act_wanted.connect(self._do)
        palette.patient_wanted.connect(window.open_patient)
        palette.check_wanted.connect(lambda patient_id: window.open_check(CheckStart(patient_id)))
        palette.request_wanted.connect(lambda patient_id: window.open_request(RequestStart(patient_id)))
        _open(palette)

    def _user(self) -> str:
        return self._window.context.services.user.name

    @Slot(str)
    def _do(self, act_id: str) -> None:
        preferences = self._window.context.preferences
        before = [each for each in preferences.recent(self._user()) if each != act_id]
        preferences.keep_recent(self._user(), (act_id, *before))
        self._window.registry.action(act_id).trigger()

    @Slot()
    def show_keys(self) -> None:
        """Open the list of all keys."""
        from tracker.ui.window.key_list import KeyListDialog, groups_of

        self._window.pages.make_all()
        _open(KeyListDialog(groups_of(self._window.registry), self._window))

    @Slot()
    def help_here(self) -> None:
        """Open the help at the place of the field where the hands are."""
        from tracker.ui.help.help_window import show_help
        from tracker.ui.help.places import place_of

        focus = QApplication.focusWidget()
        page = self._window.current_page()
        show_help(self._window, place_of(focus, page.id if page else ""))

    @Slot()
    def help_contents(self) -> None:
        from tracker.ui.help.help_window import show_help

        show_help(self._window, "index")

    @Slot()
    def start_tour(self) -> None:
        """Lead through the keys, in a strip below the menus; Escape leaves it."""
        from tracker.ui.tour.tour import Tour

        self._window.pages.make_all()
        Tour(self._window)

    @Slot()
    def show_first_steps(self) -> None:
        """Say what is left to do in a new clinic, in a strip below the menus."""
        from tracker.ui.tour.first_steps import FirstSteps

        FirstSteps(self._window).tour_wanted.connect(self.start_tour)

    def welcome(self) -> None:
        """Show the first steps to somebody who has not seen them on this computer."""
        if not self._window.context.preferences.welcomed:
            self.show_first_steps()


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
