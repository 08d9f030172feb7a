"""One of the racing desks: books the same last slot, round after round, as soon as the referee says go."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from tests.builders import a_request
from tests.fakes import FixedClock, SessionLimitJudge
from tracker.domain.errors import StaleAnswerError
from tracker.domain.patient import User
from tracker.services.transactions import Transactions
from tracker.services.visits.booking import BookingService
from tracker.services.words.payers import PayerNames
from tracker.storage.database import Database


def main(path: str, secret: str, desk: str) -> None:
    """Read a patient's id and a day a line, answer `ready`, wait for a line, book, and answer what came of it."""
    clock = FixedClock(date(2026, 11, 24))
    transactions = Transactions(Database.open(Path(path), bytearray.fromhex(secret)), clock, User(desk))
    booking = BookingService(transactions, SessionLimitJudge(1), PayerNames([]), clock)
    print("open", flush=True)
    for line in sys.stdin:
        patient_id, day = line.split()
        request = a_request(patient_id, date.fromisoformat(day))
        seen = booking.check(request)
        print(f"ready {seen.tone}", flush=True)
        sys.stdin.readline()
        try:
            booking.book(request, seen.fingerprint)
        except StaleAnswerError:
            print("stale", flush=True)
        else:
            print("booked", flush=True)
    transactions.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
