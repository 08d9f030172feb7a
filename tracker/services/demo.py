"""Writes the demo clinic into a folder of its own: encrypted like a real one, its password known to the program.

Loads the database library when a clinic is made, not before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.errors import VaultError, WrongPasswordError
from tracker.domain.verdict import Outcome
from tracker.services.clinic_file.vault import DEMO_PASSWORD, DEMO_USER, ClinicFolder, create_clinic, unlock
from tracker.services.demo_clinic import DemoClinic, DemoPatient, build_demo

if TYPE_CHECKING:
    from tracker.policies.catalog import PolicyCatalog
    from tracker.services.answers.judging import Judge
    from tracker.services.words.payers import PayerNames
    from tracker.storage.keyfile import KdfCosts
    from tracker.storage.unit_of_work import UnitOfWork

MADE_ON = "demo.day"
MADE_BEFORE_DAYS, STATION = 100, "Front 1"
"""So long ago, and at this desk, stands on record that the clinic began: what it did since comes after."""
BOOKED_BEFORE_DAYS = 6
_OURS = ("clinic.db", "clinic.db-wal", "clinic.db-shm", "clinic.db.new", "clinic.keys", MADE_ON)


def create_demo_clinic(
    folder: Path, catalog: PolicyCatalog, clock: Clock, *, costs: KdfCosts | None = None
) -> ClinicFolder:
    """Make the demo clinic in `folder`, in place of an older one. It is there whole, or not at all.

    Raises VaultError when the folder holds a clinic that is not the demo, or cannot be written.
    """
    from tracker.rules import evaluate
    from tracker.services.words.payers import PayerNames

    return write_demo(folder, lambda case: evaluate(case, catalog), PayerNames(catalog.payers), clock, costs=costs)


def fresh_demo_clinic(
    folder: Path, catalog: PolicyCatalog, clock: Clock, *, costs: KdfCosts | None = None
) -> ClinicFolder:
    """Return the demo clinic in `folder`, made anew when there is none or it was made on another day.

    Its list of today would be empty tomorrow; what was tried in it is lost then, as in every demonstration.
    """
    if made_on(folder) == clock.today() and ClinicFolder(folder).exists:
        return ClinicFolder(folder)
    return create_demo_clinic(folder, catalog, clock, costs=costs)


def made_on(folder: Path) -> date | None:
    """Return the day on which the demo clinic in `folder` was made, None when there is none."""
    try:
        return date.fromisoformat((Path(folder) / MADE_ON).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def write_demo(
    folder: Path, judge: Judge, payers: PayerNames, clock: Clock, *, costs: KdfCosts | None = None
) -> ClinicFolder:
    """Build the demo clinic beside `folder`, then put it there."""
    target = ClinicFolder(Path(folder))
    _check_replaceable(target)
    beside = ClinicFolder(target.path.with_name(f"{target.path.name}.making"))
    _clear(beside)
    clinic = build_demo(clock.today())
    key = create_clinic(beside.path, DEMO_PASSWORD, DEMO_USER, costs=costs)
    try:
        _fill(beside, key.secret, judged(clinic, judge, payers, clock), clock)
    finally:
        key.wipe()
    (beside.path / MADE_ON).write_text(clinic.today.isoformat(), encoding="ascii")
    _clear(target)
    _move(beside, target)
    return target


def judged(clinic: DemoClinic, judge: Judge, payers: PayerNames, clock: Clock) -> DemoClinic:
    """Put the answer that each coming visit was booked under on record."""
    from tracker.services.answers.answers import answer_for, record_of
    from tracker.services.answers.charts import Chart, ClinicFacts, request_of
    from tracker.services.demo_clinic.looking_back import DONE_DAYS, overridden

    providers = {provider.id: provider for provider in clinic.providers}
    long_ago, numbers = clinic.today - timedelta(days=DONE_DAYS), count()
    facts = ClinicFacts(providers, {site.id: site for site in clinic.sites}, {})

    def answered(each: DemoPatient) -> DemoPatient:
        chart = Chart(each.patient, each.coverages, each.entries, each.authorizations, facts)

        def recorded(booking: Booking) -> Booking:
            if booking.day < clinic.today:
                return booking if booking.day < long_ago else remembered(booking)
            request = request_of(booking, chart)
            answer = answer_for(judge, chart, request, clinic.today, payers, {}, booking.event.id)
            return replace(booking, verdict=record_of(answer, clock.now() - timedelta(days=BOOKED_BEFORE_DAYS)))

        def remembered(booking: Booking) -> Booking:
            """Return a done visit with the answer of its own day, and with a reason where that was against it."""
            answer = answer_for(judge, chart, request_of(booking, chart), booking.day, payers, {}, booking.event.id)
            known = replace(booking, verdict=record_of(answer, clock.now()))
            if booking.override is not None or answer.tone <= Outcome.CAUTION:
                return known
            return overridden(known, next(numbers))

        return replace(each, bookings=tuple(map(recorded, each.bookings)))

    return replace(clinic, patients=tuple(map(answered, clinic.patients)))


def _fill(folder: ClinicFolder, secret: bytearray, clinic: DemoClinic, clock: Clock) -> None:
    from tracker.services.demo_clinic.looking_back import look_back, turned
    from tracker.storage.acts import Stamp
    from tracker.storage.database import Database
    from tracker.storage.records import Act
    from tracker.storage.unit_of_work import UnitOfWork

    database = Database.open(folder.database, secret)
    again = {each.booking.id: each.booking.event.id for each in turned(clinic)}

    def work(at: datetime, by: str) -> UnitOfWork:
        return UnitOfWork(database, lambda: Stamp(by, STATION, at))

    try:
        with work(clock.now() - timedelta(days=MADE_BEFORE_DAYS), DEMO_USER) as uow:
            _add_house(uow, clinic)
            uow.bulk.add_patients((each.patient for each in clinic.patients), noted=False)
            uow.bulk.add_coverages(((p.patient.id, c) for p in clinic.patients for c in p.coverages), noted=False)
            uow.bulk.add_entries((e for e in clinic.entries if e.event.id not in again.values()), noted=False)
            uow.bulk.add_bookings((b for b in clinic.bookings if b.id not in again), noted=False)
            uow.bulk.add_requests((record for p in clinic.patients for record in p.requests), noted=False)
            for booking in clinic.upcoming:
                _add_next_step(uow, booking)
            for pin in clinic.pins:
                uow.pins.add(pin)
            uow.commit(Act("make demo clinic", "clinic"))
        look_back(clinic, work, clinic.entries)
    finally:
        database.close()


def _add_house(uow: UnitOfWork, clinic: DemoClinic) -> None:
    from tracker.services.answers.charts import DEFAULT_SITE
    from tracker.services.desk.desk import DEFAULT_PROVIDER, NAME, STATE

    for provider in clinic.providers:
        uow.clinic.add_provider(provider)
    for site in clinic.sites:
        uow.clinic.add_site(site)
    chosen = {NAME: clinic.name, STATE: clinic.state, DEFAULT_SITE: clinic.sites[0].id}
    for name, value in (chosen | {DEFAULT_PROVIDER: clinic.providers[0].id}).items():
        uow.clinic.set(name, value)


def _add_next_step(uow: UnitOfWork, booking: Booking) -> None:
    """Add the task that booking with this reason would have left behind."""
    from tracker.services.visits import overrides
    from tracker.storage.records import Task

    why = booking.override
    if why is not None and why.at is not None:
        due = overrides.due_day(why, booking, why.at.date())
        kind, text = overrides.next_step(why).kind, overrides.task_text(why)
        uow.tasks.add(Task(kind, booking.patient_id, text, due, why.by, why.at, booking.id))


def _check_replaceable(folder: ClinicFolder) -> None:
    if not folder.exists:
        return
    try:
        unlock(folder, DEMO_PASSWORD).wipe()
    except WrongPasswordError:
        raise VaultError(
            "This folder holds a clinic that is not the demo, so nothing was touched.", str(folder.path),
            "Choose another folder for the demo.") from None  # fmt: skip
    except VaultError:
        if made_on(folder.path) is None:
            raise


def _clear(folder: ClinicFolder) -> None:
    """Remove the files of a demo clinic, and nothing else."""

    def clear() -> None:
        for name in _OURS:
            (folder.path / name).unlink(missing_ok=True)

    _changing(folder, clear)


def _move(source: ClinicFolder, target: ClinicFolder) -> None:
    def move() -> None:
        target.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in reversed(_OURS):  # the database last: without it there is no clinic
            if (source.path / name).exists():
                os.replace(source.path / name, target.path / name)
        source.path.rmdir()

    _changing(target, move)


def _changing(folder: ClinicFolder, change: Callable[[], object]) -> None:
    try:
        change()
    except OSError as error:
        raise VaultError("The demo clinic cannot be set up here.", f"{folder.path}: {error.strerror}.",
                         "Close the program everywhere, or choose another folder.") from None  # fmt: skip
