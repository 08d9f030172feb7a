"""Two desks book the same patient's last slot at the same moment: exactly one gets it, the other is told why not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_coverage, a_patient
from tracker.services.clinic_file.vault import ClinicFolder, DataKey
from tracker.services.patients.patients import PatientService

ROUNDS = int(os.environ.get("RACE_ROUNDS", "30"))
Desk = subprocess.Popen[str]


@pytest.fixture
def desks(clinic: ClinicFolder, data_key: DataKey) -> Iterator[list[Desk]]:
    started = [_start(clinic, data_key, name) for name in ("desk 1", "desk 2")]
    for desk in started:
        assert _answer(desk) == "open"
    yield started
    for desk in started:
        assert desk.stdin is not None
        desk.stdin.close()
        assert desk.wait(30) == 0
        if desk.stdout is not None:
            desk.stdout.close()


def test_that_the_last_slot_is_never_booked_twice(patients: PatientService, desks: list[Desk]) -> None:
    results = []
    for _ in range(ROUNDS):
        patient = patients.add(a_patient()).value
        patients.add_coverage(patient.id, a_coverage())
        for desk in desks:
            _tell(desk, f"{patient.id} 2026-12-03")
        assert [_answer(desk) for desk in desks] == ["ready caution"] * 2
        for desk in desks:
            _tell(desk, "go")
        results.append(sorted(_answer(desk) for desk in desks))
        assert len(patients.get(patient.id).bookings) == 1
    assert results == [["booked", "stale"]] * ROUNDS


def _start(clinic: ClinicFolder, key: DataKey, name: str) -> Desk:
    command = [sys.executable, "-m", "tests.services.visits.race_worker", str(clinic.database), key.secret.hex(), name]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)


def _tell(desk: Desk, line: str) -> None:
    assert desk.stdin is not None
    desk.stdin.write(line + "\n")
    desk.stdin.flush()


def _answer(desk: Desk) -> str:
    assert desk.stdout is not None
    return desk.stdout.readline().strip()
