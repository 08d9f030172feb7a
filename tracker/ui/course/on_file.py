"""What the course page reads of a patient: who it is, and the courses that are kept."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.course import Course
from tracker.domain.patient import Patient
from tracker.services import Services


@dataclass(frozen=True, slots=True)
class OnFile:
    """A patient and the courses on file, the newest first."""

    patient: Patient
    kept: tuple[Course, ...]

    @classmethod
    def read(cls, services: Services, patient_id: str) -> OnFile:
        return cls(services.patients.get(patient_id).patient, services.planning.courses(patient_id))
