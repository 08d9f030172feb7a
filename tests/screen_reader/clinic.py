"""Makes a clinic of two people, each with a password, for who hears the way in (a folder is its argument)."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fixtures import CHEAP
from tracker.domain.clock import SystemClock
from tracker.domain.patient import User
from tracker.domain.roles import Role
from tracker.paths import resource_root
from tracker.policies import load_catalog
from tracker.services import demo
from tracker.services.clinic_file import vault
from tracker.services.opening import open_services

VIEWER, PASSWORD = "Kim Oh", "seven quiet rivers"


def main() -> int:
    folder, catalog, clock = Path(sys.argv[1]), load_catalog(resource_root()), SystemClock()
    clinic = demo.create_demo_clinic(folder, catalog, clock, costs=CHEAP)
    key = vault.unlock(clinic, vault.DEMO_PASSWORD)
    services = open_services(clinic, key, catalog=catalog, clock=clock, user=User(vault.DEMO_USER))
    try:
        services.users.add(VIEWER, PASSWORD, Role.VIEWER)
    finally:
        services.close()
    (folder / demo.MADE_ON).unlink()  # a clinic like any other
    return 0


if __name__ == "__main__":
    sys.exit(main())
