"""Who may open the clinic's file, and where it lies: the people that its key file has a slot for. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.services.transactions import Transactions
from tracker.services.vault import ClinicFolder
from tracker.storage import keyfile


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person who has a password here; `here`: who is signed in at this desk."""

    name: str
    here: bool


class UserService:
    """The key file is the only list of users there is; it knows names and no roles."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    @property
    def folder(self) -> Path:
        """Where the database lies, and the key file beside it."""
        return self._transactions.folder

    def list(self) -> tuple[UserRow, ...]:
        """Return everybody with a password, in the order in which they got it. Raises VaultError."""
        keys = keyfile.read_key_file(ClinicFolder(self._transactions.folder).keys)
        return tuple(UserRow(slot.user, slot.user == self._transactions.user.name) for slot in keys.slots)
