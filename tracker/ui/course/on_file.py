"""What the course page reads of a patient: who it is, and the courses that are kept."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.course import Course
from tracker.domain.patient import Patient, Provider
from tracker.services import Services


@dataclass(frozen=True, slots=True)
class OnFile:
    """A patient, the courses on file, the newest first, and who may do their steps."""

    patient: Patient
    kept: tuple[Course, ...]
    providers: tuple[Provider, ...] = ()

    @classmethod
    def read(cls, services: Services, patient_id: str) -> OnFile:
        patient, kept = services.patients.get(patient_id).patient, services.planning.courses(patient_id)
        return cls(patient, kept, services.desk.providers())
