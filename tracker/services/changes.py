"""What a writing call touched, so that every screen knows whether to look again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


class Kind(StrEnum):
    """Kinds of record."""

    PATIENTS = "patients"
    COVERAGES = "coverages"
    EVENTS = "events"
    BOOKINGS = "bookings"
    AUTHORIZATIONS = "authorizations"
    DOCUMENTS = "documents"
    CLINICAL = "clinical"
    COURSES = "courses"
    RULES = "rules"
    SETTINGS = "settings"
    DESK = "desk"
    PINS = "pins"
    USERS = "users"


@dataclass(frozen=True, slots=True)
class Changes:
    """Which kinds of record of which patients changed; no patients named: it may be any."""

    patients: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        named = self.patients and other.patients
        return Changes(self.patients | other.patients if named else frozenset(), self.kinds | other.kinds)

    @classmethod
    def of(cls, patient_id: str, *kinds: Kind) -> Changes:
        return cls(frozenset({patient_id}), frozenset(kinds))

    @classmethod
    def everything(cls) -> Changes:
        return cls(frozenset(), frozenset(Kind))

    def concern(self, patient_id: str, *kinds: Kind) -> bool:
        """Tell whether a screen that shows these kinds of record of this patient should look again."""
        touched = not kinds or not self.kinds.isdisjoint(kinds)
        return touched and (not self.patients or patient_id in self.patients)


@dataclass(frozen=True, slots=True)
class UndoToken:
    """Names the act that can be taken back.

    `again`: it took another one back, so that does it again; `earlier`: acts before it that go back with it, the newest
    first.
    """

    act_id: str
    sentence: str = ""
    again: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done(Generic[Value_co]):
    """What every writing call returns: its result, what it changed, and the line that says so."""

    value: Value_co
    changes: Changes
    sentence: str
    undo: UndoToken | None = None
