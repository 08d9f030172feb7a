"""A clinic with people of every role, each with services of their own over the same file."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes import FixedClock
from tests.fixtures import CHEAP
from tracker.domain.patient import User
from tracker.domain.roles import Role
from tracker.policies import PolicyCatalog
from tracker.services import Services
from tracker.services.assembly import assemble
from tracker.services.clinic_file.vault import DataKey
from tracker.services.transactions import Transactions
from tracker.storage.database import Database

NAMES = {Role.MANAGER: "Jo Diaz", Role.SCHEDULER: "Kim Oh", Role.VIEWER: "Vic Roe"}
PASSWORDS = {name: f"a long sentence of {name}" for name in NAMES.values()}

SignIn = Callable[[str], Services]


def signing_in(database: Database, key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> SignIn:
    """Return what gives somebody's services over the file."""

    def sign_in(name: str) -> Services:
        return assemble(Transactions(database, clock, User(name)), key, catalog, clock, demo=False, costs=CHEAP)

    return sign_in


def add_people(manager: Services) -> None:
    """Add a scheduler and a viewer to the one who is there."""
    for role in (Role.SCHEDULER, Role.VIEWER):
        manager.users.add(NAMES[role], PASSWORDS[NAMES[role]], role)
