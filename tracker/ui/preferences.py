"""What this computer remembers of the window and its look; nothing about the clinic or its patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from tracker.domain.language import ENGLISH, LANGUAGES
from tracker.ui.theme import LARGEST, SMALLEST, USUAL_PERCENT, Density, Scheme

_SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark", "contrast")
_DENSITIES: tuple[Density, ...] = ("comfortable", "compact")
_MOST_RECENT = 8


class Preferences:
    """A typed face of one INI file; whatever cannot be read there means the usual."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Return the chosen colour scheme."""
        stored = self._text("look/scheme")
        return next((scheme for scheme in _SCHEMES if scheme == stored), "system")

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._settings.setValue("look/scheme", scheme)

    @property
    def density(self) -> Density:
        """Return how closely rows stand."""
        stored = self._text("look/density")
        return next((density for density in _DENSITIES if density == stored), "comfortable")

    @density.setter
    def density(self, density: Density) -> None:
        self._settings.setValue("look/density", density)

    @property
    def text_size(self) -> int:
        """Return the size of text in per cent of the usual, from 90 to 150."""
        stored = self._text("look/text_size")
        percent = int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 4 else USUAL_PERCENT
        return percent if SMALLEST <= percent <= LARGEST else USUAL_PERCENT

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._settings.setValue("look/text_size", max(SMALLEST, min(LARGEST, percent)))

    @property
    def language(self) -> str:
        """Return the code of the language of the screens; it holds from the next start on."""
        stored = self._text("look/language")
        return stored if stored in LANGUAGES else ENGLISH

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("look/language", code)

    @property
    def privacy(self) -> bool:
        """Tell whether names are hidden where others may look on."""
        return self._text("look/privacy") == "true"

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
        return self._text("clinic/folder")

    @clinic_folder.setter
    def clinic_folder(self, folder: str) -> None:
        self._settings.setValue("clinic/folder", folder)

    @property
    def last_user(self) -> str:
        """Return who signed in last, "" when nobody did."""
        return self._text("clinic/user")

    @last_user.setter
    def last_user(self, name: str) -> None:
        self._settings.setValue("clinic/user", name)

    @property
    def printer(self) -> str:
        """Return the name of the printer that took the last packet, "" for none yet."""
        return self._text("print/printer")

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
    def report(self) -> str:
        """Return the id of the report that was shown last, "" for none yet."""
        return str(self._settings.value("reports/last", ""))

    @report.setter
    def report(self, report_id: str) -> None:
        self._settings.setValue("reports/last", report_id)

    def report_parameters(self, report_id: str) -> dict[str, str]:
        """Return what was typed above a report last, as it was typed: "-30" stays thirty days ago."""
        stored = self._settings.value(f"reports/{report_id}", "")
        pairs = (part.partition("=") for part in str(stored).split(";") if part)
        return {name: typed for name, _sign, typed in pairs}

    def set_report_parameters(self, report_id: str, typed: Mapping[str, str]) -> None:
        words = ";".join(f"{name}={text.strip()}" for name, text in typed.items() if ";" not in text)
        self._settings.setValue(f"reports/{report_id}", words)

    @property
    def slip_language(self) -> str:
        """Return the language of the last slip for a patient."""
        stored = self._settings.value("print/slip-language", "en")
        return stored if stored in LANGUAGES else "en"

    @slip_language.setter
    def slip_language(self, code: str) -> None:
        self._settings.setValue("print/slip-language", code)

    @property
    def import_file(self) -> str:
        """Return the path of the file that was imported last."""
        return self._text("import/file")

    @import_file.setter
    def import_file(self, path: str) -> None:
        self._settings.setValue("import/file", path)

    @property
    def welcomed(self) -> bool:
        """Tell whether the first steps were shown, done or skipped on this computer."""
        return self._text("window/welcomed") == "yes"

    @welcomed.setter
    def welcomed(self, done: bool) -> None:
        self._settings.setValue("window/welcomed", "yes" if done else "no")

    def kept(self, user: str, what: str) -> str:
        """Return what `keep` kept for a user, "" for nothing."""
        return self._text(f"{_group_of(user)}/{what}")

    def keep(self, user: str, what: str, text: str) -> None:
        """Keep a choice of a user: which section, which filter; never anything that was typed about a patient."""
        self._settings.setValue(f"{_group_of(user)}/{what}", text)

    def recent(self, user: str) -> tuple[str, ...]:
        """Return the ids of the acts that a user did last from the palette, the newest first."""
        return tuple(each for each in self.kept(user, "recent").split("\n") if each)[:_MOST_RECENT]

    def keep_recent(self, user: str, acts: Iterable[str]) -> None:
        self.keep(user, "recent", "\n".join(tuple(acts)[:_MOST_RECENT]))

    def flush(self) -> None:
        """Write to the disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        stored = self._settings.value(key, "")
        return str(stored) if isinstance(stored, str | int) else ""


def _group_of(user: str) -> str:
    """Return a name that does not tell who works here."""
    import hashlib  # not before the first window

    return "user-" + hashlib.sha256(user.encode()).hexdigest()[:12]
