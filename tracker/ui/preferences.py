"""What this computer remembers of the window and its look; nothing about the clinic or its patients."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSettings

from tracker.domain.language import ENGLISH, LANGUAGES
from tracker.ui.theme import Scheme

Density = Literal["comfortable", "compact"]

USUAL_PERCENT, SMALLEST, LARGEST = 100, 90, 150
_SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark")
_DENSITIES: tuple[Density, ...] = ("comfortable", "compact")


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
    def density(self) -> Density:
        """Return how closely rows stand."""
        stored = self._settings.value("look/density", "")
        return next((density for density in _DENSITIES if density == stored), "comfortable")

    @density.setter
    def density(self, density: Density) -> None:
        self._settings.setValue("look/density", density)

    @property
    def text_size(self) -> int:
        """Return the size of text in per cent of the usual, from 90 to 150."""
        stored = str(self._settings.value("look/text_size", ""))
        percent = int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 4 else USUAL_PERCENT
        return percent if SMALLEST <= percent <= LARGEST else USUAL_PERCENT

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._settings.setValue("look/text_size", max(SMALLEST, min(LARGEST, percent)))

    @property
    def language(self) -> str:
        """Return the code of the language of the screens; it holds from the next start on."""
        stored = str(self._settings.value("look/language", ""))
        return stored if stored in LANGUAGES else ENGLISH

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("look/language", code)

    @property
    def privacy(self) -> bool:
        """Tell whether names are hidden where others may look on."""
        return str(self._settings.value("look/privacy", "false")) == "true"

    @privacy.setter
    def privacy(self, hidden: bool) -> None:
        self._settings.setValue("look/privacy", "true" if hidden else "false")

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
