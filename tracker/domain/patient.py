"""The people: patients, the clinic's providers, and whoever sits at the desk. Ids are opaque text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.domain.coverage import Coverage

OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient; `last`, `born` and `mrn` identify, two of them are always shown together."""

    last: str
    first: str
    born: date
    mrn: str
    middle: str = ""
    sex: str = ""
    phone: str = ""
    id: str = ""
    version: int = 1

    @property
    def name(self) -> str:
        """Return "Last, First M."."""
        given = " ".join(part for part in (self.first, self.middle) if part)
        return f"{self.last}, {given}" if given else self.last

    def age_on(self, day: date) -> int:
        """Return the age in completed years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


def has_letter(name: str) -> bool:
    """Tell whether a name can be one: a number alone is another field's."""
    return any(char.isalpha() for char in name)


def may_be_born(day: date, today: date) -> bool:
    """Tell whether somebody born on this day can be a patient today; programs write 1900 where they know no day."""
    return day <= today and today.year - day.year <= OLDEST_YEARS


@dataclass(frozen=True, slots=True)
class Holder:
    """A patient with a coverage that holds today or later; `next_visit`: the day of the next open visit, if any."""

    patient: Patient
    coverage: Coverage
    next_visit: date | None


@dataclass(frozen=True, slots=True)
class Provider:
    """Who performs; `short` is the surname for tables. Not `active`: offered no more, but named in what is on file."""

    name: str
    short: str
    npi: str = ""
    id: str = ""
    active: bool = True
    version: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in; everything written carries the name."""

    name: str
