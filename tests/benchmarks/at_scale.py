"""Fetch of a patient and all rules, earliest date included, in a clinic of 100,000 patients and a million events."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.figures import Figure, cpu_seconds, spread
from tests.benchmarks.large_clinic import TODAY, USER, StandingClock, write_clinic
from tests.builders import a_request
from tracker.domain.booking import BookingRequest
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services.opening import open_services

PATIENTS = {"small": 1_000, "full": 100_000}
SAMPLES = 1_000
GOAL_MS = 5.0
WHAT_IF_SAMPLES, WHAT_IF_GOAL_MS = 200, 50.0
TABLE_GOAL_MS = 10.0
NONE: frozenset[Family] = frozenset()


def measure(scale: str) -> list[Figure]:
    patients = PATIENTS[scale]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        began = time.perf_counter()
        clinic, key, ids = write_clinic(Path(folder) / "clinic", patients)
        written = Figure(f"writing {patients:,} patients, {patients * 10:,} events", time.perf_counter() - began, "s")
        services = open_services(clinic, key, catalog=load_catalog(resource_root()), clock=StandingClock(), user=USER)
        try:
            chance = random.Random(1)
            requests = [a_question(chance, chance.choice(ids)) for _ in range(SAMPLES)]
            services.booking.check(requests[0])  # the first opens the connection
            samples = [cpu_seconds(lambda request=request: services.booking.check(request)) for request in requests]
            asked = requests[:WHAT_IF_SAMPLES]
            what_ifs = [cpu_seconds(lambda request=request: services.what_if.suggestions(request)) for request in asked]
            shown = [request.patient_id for request in asked]
            tables = [cpu_seconds(lambda each=each: services.eligibility.table(each, TODAY)) for each in shown]
            fetched = [
                cpu_seconds(lambda each=each: services.eligibility.table(each, TODAY, families=NONE)) for each in shown
            ]
        finally:
            services.close()
    return [
        written,
        *spread(f"fetch and all rules, {patients:,} patients (processor)", samples, GOAL_MS),
        *spread("what if: the answer and its alternatives (processor)", what_ifs, WHAT_IF_GOAL_MS),
        *spread("next-eligible table, all its lines (processor)", tables, TABLE_GOAL_MS),
        *spread("of that, reading the patient (processor)", fetched, TABLE_GOAL_MS),
    ]


def a_question(chance: random.Random, patient_id: str) -> BookingRequest:
    day = TODAY + timedelta(days=chance.randrange(1, 60))
    site = parse_sites((chance.choice(("L4-L5 left", "L5-S1 right", "C5-C6 left")),))
    family = chance.choice((Family.FACET_INJECTION, Family.FACET_ABLATION, Family.EPIDURAL))
    intent = {Family.FACET_INJECTION: Intent.DIAGNOSTIC, Family.EPIDURAL: Intent.THERAPEUTIC}.get(family)
    approach = {Family.FACET_INJECTION: Approach.MEDIAL_BRANCH, Family.EPIDURAL: Approach.TRANSFORAMINAL}.get(family)
    return a_request(patient_id, day, family=family, intent=intent, approach=approach, targets=site.targets)
