"""Counts wrong passwords beside the key file: after ten in a row each further try has to wait, longer every time."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.errors import TooManyTriesError, WrongPasswordError
from tracker.domain.language import tr, tr_n
from tracker.services.vault import ClinicFolder, DataKey, unlock

if TYPE_CHECKING:
    from tracker.domain.clock import Clock

TRIES_FILE = "clinic.tries"
FREE_TRIES = 10
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
"""So long that guessing at a desk leads nowhere, and so short that whoever forgot Caps Lock can work today."""


@dataclass(frozen=True, slots=True)
class WrongTries:
    """So many wrong passwords in a row, the last of them at `last`."""

    count: int = 0
    last: datetime = datetime.min.replace(tzinfo=UTC)

    @property
    def waits(self) -> bool:
        return self.count >= FREE_TRIES

    def left(self, now: datetime) -> timedelta:
        """Return how long the next try has to wait; a clock that was set back makes it no longer."""
        if not self.waits:
            return timedelta()
        wait = min(_FIRST_WAIT * 2 ** min(self.count - FREE_TRIES, 10), _LONGEST_WAIT)
        return max(timedelta(), min(wait, self.last + wait - now))


def unlock_patiently(clinic: ClinicFolder, password: str, user: str, clock: Clock) -> tuple[DataKey, WrongTries]:
    """Return the clinic's key, and which wrong passwords came before this right one; `forget` them when that is noted.

    Raises TooManyTriesError while one has to wait, also with the right password; WrongPasswordError and VaultError
    as `unlock` does.
    """
    tries = _read(clinic)
    if left := tries.left(clock.now()):
        minutes = -(-left // timedelta(minutes=1))
        told = tr_n("{n} password in a row was wrong.", "{n} passwords in a row were wrong.", tries.count)
        remedy = tr_n("Try again in a minute.", "Try again in {n} minutes.", minutes)
        raise TooManyTriesError(told, "", remedy)
    try:
        key = unlock(clinic, password, user)
    except WrongPasswordError:
        _write(clinic, WrongTries(tries.count + 1, clock.now()))
        raise
    return key, tries


def forget(clinic: ClinicFolder) -> None:
    """Begin to count anew."""
    with suppress(OSError):
        _file(clinic).unlink(missing_ok=True)


def _file(clinic: ClinicFolder) -> Path:
    return clinic.path / TRIES_FILE


def _read(clinic: ClinicFolder) -> WrongTries:
    """Return what was counted; a file that says nothing sensible counts nothing."""
    try:
        found = json.loads(_file(clinic).read_bytes())
        return WrongTries(max(0, int(found["wrong"])), datetime.fromisoformat(found["last"]).astimezone(UTC))
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return WrongTries()


def _write(clinic: ClinicFolder, tries: WrongTries) -> None:
    """Keep the count for the next start; a folder that takes no file keeps none."""
    from tracker.storage.whole_file import write_whole

    content = {"wrong": tries.count, "last": tries.last.isoformat()}
    with suppress(OSError):
        write_whole(_file(clinic), json.dumps(content).encode())
