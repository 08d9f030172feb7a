"""Opens, sets up and demonstrates clinics: from a folder and a password to services; heavy libraries when asked."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.errors import VaultError, WrongPasswordError
from tracker.domain.language import tr
from tracker.services import ClinicInfo, Services
from tracker.services.clinic_file.vault import (
    DEMO_PASSWORD,
    ClinicFolder,
    DataKey,
    create_clinic,
    find_clinic,
    unlock,
    users_of,
)
from tracker.services.clinic_file.wrong_passwords import FREE_TRIES, WrongPasswords, whose
from tracker.services.opening import open_services

if TYPE_CHECKING:
    from tracker.domain.clock import Clock
    from tracker.domain.coverage import Site
    from tracker.domain.recovery_code import RecoveryCode
    from tracker.policies.catalog import PolicyCatalog
    from tracker.policies.pack_keys import PackKey
    from tracker.services.clinic_file.restoring import BackupChoice, CalledOff, Restored, Tell
    from tracker.storage.keyfile import KdfCosts


class Clinics:
    """The rule files are read once and serve every clinic. Its calls take long: make them off the GUI thread."""

    def __init__(self, resources: Path, clock: Clock, *, costs: KdfCosts | None = None) -> None:
        self.resources = resources
        self._clock = clock
        self._costs = costs
        self._catalog: PolicyCatalog | None = None
        self._reading = threading.Lock()

    def prepare(self) -> None:
        """Load the database library and the rule files ahead of time. Raises PolicyFileError."""
        import tracker.services.assembly
        import tracker.storage.migrations  # noqa: F401  loaded for what it takes, not for what it is

        self.catalog()

    def warm(self) -> None:
        """Load what the first answer takes beside the rules: nobody should wait for it. Raises PolicyFileError."""
        from tracker.services.clinic_days import clinic_days

        clinic_days({}, self._clock.today())
        self.catalog().check_authorization_files()

    def catalog(self) -> PolicyCatalog:
        """Return what the rule files say. Raises PolicyFileError with every mistake; the next call reads them anew."""
        from tracker.policies import load_catalog

        with self._reading:
            if self._catalog is None:
                self._catalog = load_catalog(self.resources)
            return self._catalog

    def keys(self) -> tuple[PackKey, ...]:
        """Return whose rule packs the program itself trusts. Raises PolicyFileError."""
        from tracker.policies.pack_keys import load_keys

        return load_keys(self.resources)

    def open(self, folder: Path, password: str, user: str = "") -> Services:
        """Open the clinic in `folder`, for `user` or whoever has the password.

        Raises WrongPasswordError, VaultError or PolicyFileError.
        """
        clinic = _clinic_in(folder)
        key, wrong = self._unlock(clinic, password, user)
        services = self._open(clinic, key)
        if wrong >= FREE_TRIES:
            services.users.note_wrong_passwords()
        return services

    def open_by_code(self, folder: Path, code: str, user: str, password: str) -> tuple[Services, RecoveryCode]:
        """Open the clinic by its recovery code: `user` has this password from now on; return the next code too.

        Raises InvalidEntryError, `about` naming the field, VaultError or PolicyFileError.
        """
        clinic = _clinic_in(folder)
        from tracker.services.clinic_file.recovery import use_code

        key, fresh = use_code(clinic, code, user, password, self._clock, self._costs)
        return self._open(clinic, key), fresh

    def restore(
        self, choice: BackupChoice, folder: Path, user: str, secret: str, tell: Tell, called_off: CalledOff
    ) -> Restored:
        """Put a backup in the place of the clinic in `folder`, which is set aside. Raises TrackerError."""
        from tracker.services.clinic_file.restoring import restore

        return restore(choice, ClinicFolder(folder), user, secret, self._clock, tell, called_off)

    def open_again(self, services: Services, folder: Path, password: str) -> None:
        """Give closed services their key back. Raises WrongPasswordError, also for another user's password."""
        key, wrong = self._unlock(ClinicFolder(folder), password, services.user.name)
        services.reopen(key)
        services.rights.look_again()
        if wrong >= FREE_TRIES:
            services.users.note_wrong_passwords()

    def _unlock(self, clinic: ClinicFolder, password: str, user: str) -> tuple[DataKey, int]:
        """Return the key, and how many wrong passwords were given before this one."""
        tries = WrongPasswords(clinic.path, whose(users_of(clinic.path), user), self._clock)
        tries.refuse_early()
        try:
            key = unlock(clinic, password, user)
        except WrongPasswordError:
            tries.note()
            raise
        return key, tries.forget()

    def set_up(self, folder: Path, password: str, user: str, first_site: Site) -> Services:
        """Make a clinic with one site, named like it, and open it. Raises VaultError when it cannot be made there."""
        self.catalog()
        key = create_clinic(folder, password, user, costs=self._costs)
        services = self._open(ClinicFolder(folder), key)
        settings = services.desk.settings()
        site = services.desk.add_site(first_site).value
        services.desk.change_settings(replace(settings, name=site.name, state=site.state, default_site=site.id))
        return replace(services, clinic=ClinicInfo(site.name, site.state))

    def open_demo(self, folder: Path) -> Services:
        """Open the demo clinic in `folder`, made anew when it is not of today or does not open."""
        from tracker.services.demo import create_demo_clinic, fresh_demo_clinic

        demo = fresh_demo_clinic(folder, self.catalog(), self._clock, costs=self._costs)
        try:
            return self._open(demo, unlock(demo, DEMO_PASSWORD))
        except VaultError:
            demo = create_demo_clinic(folder, self.catalog(), self._clock, costs=self._costs)
            return self._open(demo, unlock(demo, DEMO_PASSWORD))

    def _open(self, folder: ClinicFolder, key: DataKey) -> Services:
        from tracker.domain.patient import User

        try:
            user = User(key.user)
            return open_services(
                folder, key, catalog=self.catalog(), clock=self._clock, user=user, keys=self.keys(), costs=self._costs
            )
        except BaseException:
            key.wipe()
            raise


def _clinic_in(folder: Path) -> ClinicFolder:
    clinic = find_clinic(folder)
    if clinic is None:
        raise VaultError(tr("There is no clinic in this folder."), f"{folder}.", tr("Choose the folder that holds it."))
    return clinic
