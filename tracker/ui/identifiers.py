"""By which two identifiers the desk's lists name a patient: in full, or so that a passer-by learns nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date

if TYPE_CHECKING:
    from tracker.domain.patient import Patient
    from tracker.ui.preferences import Preferences


class Identifiers:
    """Name and birth date; in privacy mode initials and record number. Read anew each time, so that both can change."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    @property
    def hidden(self) -> bool:
        return self._preferences.privacy

    def name(self, patient: Patient) -> str:
        if not self.hidden:
            return patient.name
        return " ".join(f"{part[0].upper()}." for part in (patient.first, patient.last) if part)

    def second(self, patient: Patient) -> str:
        return self.number(patient) if self.hidden else us_date(patient.born)

    def number(self, patient: Patient) -> str:
        return patient.mrn or tr("no record number")

    def both(self, patient: Patient) -> str:
        """Return both in one line, as they are read out."""
        if self.hidden:
            return tr("{initials}, record {number}", initials=self.name(patient), number=self.number(patient))
        return tr("{name}, born {day}", name=patient.name, day=us_date(patient.born))

    def short(self, patient: Patient) -> str:
        """Return both as they stand within a sentence."""
        return f"{self.name(patient)} {self.second(patient)}"
