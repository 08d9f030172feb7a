"""Adds a person, gives another role or password, and takes a password away with what that means said first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.roles import Role
from tracker.services.changes import Done
from tracker.services.clinic_file.users import UserRow
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField, SecretField
from tracker.ui.widgets.new_password import NewPassword

ROLES: dict[Role, tuple[str, str]] = {
    Role.MANAGER: (tr("Manager"), tr("also users, rules, settings, backups")),
    Role.SCHEDULER: (tr("Scheduler"), tr("books, and works for patients")),
    Role.VIEWER: (tr("Viewer"), tr("looks and prints")),
}
_OLD_COPIES = tr(
    "From now on the password opens nothing here. But whoever kept an older copy of the key file (an old backup holds"
    " one) can still use that password with it, and so open the clinic's database, also a newer one: the data key stays"
    " the same in this version. Keep the folder and the backups out of their reach, and delete backups that you do not"
    " need. What the person did stays on record under the name."
)
_OTHERS_PASSWORD = tr("Tell it to the person, who then changes it under “New password…”.")


def role_words(role: Role) -> str:
    return ROLES[role][0]


def role_field(role: Role, parent: QWidget) -> ChoiceField:
    """Return a list of the roles, this one chosen."""
    field = ChoiceField([Choice(each, *words) for each, words in ROLES.items()], parent, name=tr("Role"))
    field.set_value(role)
    return field


class _UserDialog(SavingDialog):
    """Errors stand below the field that they are about; `fields` names them."""

    help_place = "settings#users"

    fields: dict[str, LineField | ChoiceField]

    def place(self, error: TrackerError) -> bool:
        field = self.fields.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None


class NewUserDialog(_UserDialog):
    """Name, role, and a first password typed twice."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, tr("New user"), tr("Add user"), parent)
        self.name = LineField(tr("as it stands beside what is booked"), self)
        self.role = role_field(Role.SCHEDULER, self)
        self.new = NewPassword(self)
        self.form.add(tr("&Name"), self.name)
        self.form.add(tr("&Role"), self.role)
        self.form.add(tr("&Password"), self.new.password)
        self.form.add(tr("Again"), self.new.again)
        self.form.add_below(self.new.strength)
        self.fields = {"name": self.name, "password": self.new.password}
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        name, password = self.name.text().strip(), self.new.read()
        if not name:
            self.name.set_error(tr("Write the name; it stands beside what the person books."))
        if not name or password is None:
            return None
        add, role = self.context.services.users.add, Role(str(self.role.value()))
        return lambda: add(name, password, role)


class RoleDialog(_UserDialog):
    """What a person may do; it holds from the next act on."""

    def __init__(self, context: PageContext, row: UserRow, parent: QWidget) -> None:
        super().__init__(context, tr("Role"), tr("Save"), parent, beside=row.name)
        self._name = row.name
        self.role = role_field(row.role, self)
        self.form.add(tr("&Role"), self.role)
        self.fields = {"role": self.role}
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        change, name, role = self.context.services.users.change_role, self._name, Role(str(self.role.value()))
        return lambda: change(name, role)


class PasswordDialog(_UserDialog):
    """One's own password is changed with the one before; a manager gives others a new one."""

    def __init__(self, context: PageContext, row: UserRow, parent: QWidget) -> None:
        title = tr("My password") if row.here else tr("New password")
        super().__init__(context, title, tr("Change it"), parent, beside=row.name)
        self._row = row
        self.old = SecretField(self, name=tr("Password until now"))
        self.new = NewPassword(self)
        self.fields = {"old": self.old, "password": self.new.password}
        if row.here:
            self.form.add(tr("&Until now"), self.old)
        else:
            self.say(_OTHERS_PASSWORD)
            self.old.hide()
        self.form.add(tr("&Password"), self.new.password)
        self.form.add(tr("Again"), self.new.again)
        self.form.add_below(self.new.strength)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        new, old = self.new.read(), self.old.text()
        if self._row.here and not old:
            self.old.set_error(tr("Type your password first."))
            return None
        if new is None:
            return None
        users, name = self.context.services.users, self._row.name
        if self._row.here:
            return lambda: users.change_own_password(old, new)
        return lambda: users.reset_password(name, new)


class RemoveUserDialog(_UserDialog):
    """Asks for the name once more: this is not taken back by undo."""

    def __init__(self, context: PageContext, row: UserRow, parent: QWidget) -> None:
        super().__init__(context, tr("Remove user"), tr("Remove"), parent, beside=row.name)
        self._name = row.name
        self.say(tr("{name} will not be able to sign in any more.", name=row.name), _OLD_COPIES)
        self.name = LineField(row.name, self)
        self.form.add(tr("&Name again"), self.name)
        self.fields = {"role": self.name}
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        if self.name.text().strip().casefold() != self._name.casefold():
            self.name.set_error(tr("Type the name of the person to remove."))
            return None
        remove, name = self.context.services.users.remove, self._name
        return lambda: remove(name)
