"""Puts the demo clinic together: the star, today's list, the situations, the work panel's people, and the crowd."""

from __future__ import annotations

import random
from datetime import date

from tracker.services.demo_clinic.crowd import crowd
from tracker.services.demo_clinic.house import NAME, PROVIDERS, SITES, STATE, House
from tracker.services.demo_clinic.looking_back import with_past_visits
from tracker.services.demo_clinic.pending import pending
from tracker.services.demo_clinic.pinned import pinned
from tracker.services.demo_clinic.records import DemoClinic
from tracker.services.demo_clinic.situations import situations
from tracker.services.demo_clinic.star import star
from tracker.services.demo_clinic.today import todays_list
from tracker.services.demo_clinic.work import work
from tracker.services.demo_clinic.wrong_counts import STORIES, wrong_counts

SEED = 20261124
PATIENTS = 400
VISITS = 120


def build_demo(today: date, seed: int = SEED) -> DemoClinic:
    """Return the demo clinic as of `today`: the same for the same day and seed."""
    house = House(today, random.Random(seed))
    scripted = [star(house), *todays_list(house), *situations(house), *work(house), *pending(house)]
    visits = sum(booking.day >= today for each in scripted for booking in each.bookings)
    rest = crowd(house, PATIENTS - len(scripted) - len(STORIES), VISITS - visits)
    patients = (*scripted, *with_past_visits(house, rest), *wrong_counts(house))
    return DemoClinic(today, NAME, STATE, PROVIDERS, SITES, patients, pinned(house, scripted))
