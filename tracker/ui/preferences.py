"""What this computer remembers of the window and its look; nothing about the clinic or its patients."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from tracker.domain.language import LANGUAGES
from tracker.ui.theme import Scheme

_SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark")


class Preferences:
    """A typed face of one INI file."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Return the chosen colour scheme; anything unreadable means the system's."""
        stored = self._settings.value("look/scheme", "system")
        return next((scheme for scheme in _SCHEMES if scheme == stored), "system")

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("look/scheme", scheme)

    @property
    def geometry(self) -> QByteArray:
        stored = self._settings.value("window/geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    @property
    def clinic_folder(self) -> str:
        """Return the folder of the clinic that was opened last, "" for the usual one."""
        return str(self._settings.value("clinic/folder", ""))

    @clinic_folder.setter
    def clinic_folder(self, folder: str) -> None:
        self._settings.setValue("clinic/folder", folder)

    @property
    def printer(self) -> str:
        """Return the name of the printer that took the last packet, "" for none yet."""
        return str(self._settings.value("print/printer", ""))

    @printer.setter
    def printer(self, name: str) -> None:
        self._settings.setValue("print/printer", name)

    def levels_as_table(self, user: str) -> bool:
        """Tell whether this user works on a table of levels instead of the picture."""
        return user in self._table_users()

    def set_levels_as_table(self, user: str, table: bool) -> None:
        others = [each for each in self._table_users() if each != user]
        self._settings.setValue("levels/table", [*others, user] if table else others)

    def _table_users(self) -> list[str]:
        stored = self._settings.value("levels/table", [])
        return [str(each) for each in (stored if isinstance(stored, list) else [stored]) if each]

    @property
    def spine_flipped(self) -> bool:
        """Tell whether the patient's right stands at the left of the screen and of the paper."""
        return bool(self._settings.value("levels/flipped", False, type=bool))

    @spine_flipped.setter
    def spine_flipped(self, flipped: bool) -> None:
        self._settings.setValue("levels/flipped", flipped)

    @property
    def upper_cervical(self) -> bool:
        """Tell whether C0-1 and C1-2 have rows in the picture."""
        return bool(self._settings.value("levels/upper", False, type=bool))

    @upper_cervical.setter
    def upper_cervical(self, shown: bool) -> None:
        self._settings.setValue("levels/upper", shown)

    @property
    def slip_language(self) -> str:
        """Return the language of the last slip for a patient."""
        stored = self._settings.value("print/slip-language", "en")
        return stored if stored in LANGUAGES else "en"

    @slip_language.setter
    def slip_language(self, code: str) -> None:
        self._settings.setValue("print/slip-language", code)

    def flush(self) -> None:
        """Write to the disk now."""
        self._settings.sync()
