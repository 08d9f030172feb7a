"""Wrong passwords in a row make the next try wait: a minute after the tenth, twice as long after each one more.

Counted in a small file beside the key file, so that starting anew shortens nothing. It stops hands at the desk; whoever
can change the clinic's folder tries elsewhere, and is slowed by what one guess costs (`storage/key_slots.py`).
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.errors import WrongPasswordError
from tracker.domain.language import tr, tr_n

if TYPE_CHECKING:
    from tracker.domain.clock import Clock

FILE_NAME = "clinic.tries"
FREE_TRIES = 10
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong passwords were given in a row, and when the last."""

    count: int
    last: datetime

    def wait(self, now: datetime) -> timedelta:
        """Return how long the next try has to wait; a clock that was set back makes it no longer than it began."""
        whole = wait_after(self.count)
        return max(min(self.last + whole - now, whole), timedelta())


def wait_after(count: int) -> timedelta:
    """Return how long the try after so many wrong ones waits."""
    if count < FREE_TRIES:
        return timedelta()
    return min(timedelta(minutes=2 ** min(count - FREE_TRIES, 10)), LONGEST)


class WrongPasswords:
    """Those given for one person's sign-in to the clinic in `folder`."""

    def __init__(self, folder: Path, user: str, clock: Clock) -> None:
        self._file = folder / FILE_NAME
        self._user = user
        self._clock = clock

    def refuse_early(self) -> None:
        """Raise WrongPasswordError while the next try has to wait, the right password's too."""
        tries, now = self._all().get(self._user), self._clock.now()
        if tries is not None and (wait := tries.wait(now)):
            raise WrongPasswordError(*_words(wait, now))

    def note(self) -> None:
        """Count one more. Raises WrongPasswordError where the next has to wait."""
        now, tries = self._clock.now(), self._all()
        before = tries.get(self._user)
        tries[self._user] = Tries(before.count + 1 if before else 1, now)
        self._write(tries)
        self.refuse_early()

    def forget(self) -> int:
        """Begin anew after the right one; return how many were wrong before it."""
        tries = self._all()
        before = tries.pop(self._user, None)
        if before is not None:
            self._write(tries)
        return before.count if before else 0

    def _all(self) -> dict[str, Tries]:
        """Return what is counted; a file that is not there or cannot be read counts nothing."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return {user: Tries(int(count), datetime.fromisoformat(last)) for user, (count, last) in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, tries: dict[str, Tries]) -> None:
        from tracker.storage.whole_file import write_whole

        kept = {user: (each.count, each.last.isoformat()) for user, each in tries.items()}
        with suppress(OSError):  # a folder that cannot be written is told of when the clinic is opened
            write_whole(self._file, json.dumps(kept).encode("utf-8"))


def whose(users: tuple[str, ...], user: str) -> str:
    """Return for whom a password is given: the only one there is, where nobody is named."""
    return user or (users[0] if len(users) == 1 else "")


def _words(wait: timedelta, now: datetime) -> tuple[str, str]:
    from tracker.services.words.wording import us_time  # a right password needs no words

    minutes = math.ceil(wait / timedelta(minutes=1))
    until = us_time((now + timedelta(minutes=minutes)).astimezone().time())
    told = tr("Too many wrong passwords in a row.")
    detail = tr_n(
        "The next try is possible in {n} minute, at {until}.",
        "The next try is possible in {n} minutes, at {until}.",
        minutes,
        until=until,
    )
    return told, detail
