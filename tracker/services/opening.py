"""Opens a clinic: its file, and every service over it. Loads the database library when it is called, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.services import Services
from tracker.services.clinic_file.vault import ClinicFolder, DataKey

if TYPE_CHECKING:
    from tracker.domain.clock import Clock
    from tracker.domain.patient import User
    from tracker.policies.catalog import PolicyCatalog
    from tracker.policies.pack_keys import PackKey
    from tracker.storage.keyfile import KdfCosts


def open_services(
    folder: ClinicFolder,
    key: DataKey,
    *,
    catalog: PolicyCatalog,
    clock: Clock,
    user: User,
    keys: tuple[PackKey, ...] = (),
    costs: KdfCosts | None = None,
) -> Services:
    """Open and migrate the clinic's file. Raises VaultError when it is damaged, another's, or of a newer program."""
    from tracker.services.assembly import assemble
    from tracker.services.clinic_file.upgrading import open_database
    from tracker.services.demo import made_on
    from tracker.services.transactions import Transactions

    transactions = Transactions(open_database(folder, key, clock), clock, user)
    demo = made_on(folder.path) is not None
    return assemble(transactions, key, catalog, clock, demo=demo, keys=keys, costs=costs)
