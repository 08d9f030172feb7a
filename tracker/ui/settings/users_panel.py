"""Who can sign in here and what they may do: added, changed and removed by whoever manages the clinic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.clinic_file.users import UserRow
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.list_panel import ListPanel
from tracker.ui.settings.recovery_dialog import RecoveryDialog
from tracker.ui.settings.user_dialogs import (
    NewUserDialog,
    PasswordDialog,
    RemoveUserDialog,
    RoleDialog,
    role_words,
)
from tracker.ui.theme.status import Status
from tracker.ui.widgets.marked_line import MarkedLine

Found = tuple[tuple[UserRow, ...], date | None]


class UsersPanel(ListPanel):
    """What the role of whoever is signed in does not cover is off, and says so."""

    id = "users"
    title = tr("Users")
    help_place = "settings#users"
    add_words = tr("Add user…")
    add_call = call = "users.add"
    columns = (
        Column(tr("Name"), lambda row: row.name, strong=True, fit=300),
        Column(tr("Role"), lambda row: role_words(row.role), fit=120),
        Column(tr("At this desk"), lambda row: tr("Signed in") if row.here else ""),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Each person has a password of their own. Whatever is written carries the name.")
        super().__init__(context, parent, lead=lead, identity=lambda row: row.name)
        self._made: date | None = None
        self.recovery = MarkedLine(self)
        self.top.addWidget(self.recovery)
        self.offer(tr("Role…"), "Enter", self.change, call="users.change_role")
        self.offer(tr("New password…"), "P", self.change_password)
        self.offer(tr("Remove…"), "Del", self.remove, call="users.remove")
        self.offer(tr("Recovery code…"), "R", lambda _row: self.make_code(), call="users.make_recovery_code")
        self.end_bar()

    def read(self) -> Found:
        users = self.context.services.users
        return users.list(), users.recovery_made()

    def show_rows(self, rows: Iterable[Any]) -> None:
        people, self._made = rows
        told = tr("The recovery code in the envelope was made on {day}.", day=us_date(self._made)) if self._made else ""
        if told:
            self.recovery.show_line(told, None)
        else:
            lost = tr("There is no recovery code: when all passwords are forgotten, all is lost.")
            self.recovery.show_line(lost, Status.CAUTION.glyph, Status.CAUTION)
        super().show_rows(people)

    def primary(self) -> None:
        if self.may("users.add"):
            self.open(NewUserDialog(self.context, self))

    def change(self, row: UserRow) -> None:
        if self.may("users.change_role"):
            self.open(RoleDialog(self.context, row, self))

    def change_password(self, row: UserRow) -> None:
        """Change one's own password, or give somebody else a new one."""
        if self.may("users.change_own_password" if row.here else "users.reset_password"):
            self.open(PasswordDialog(self.context, row, self))

    def remove(self, row: UserRow) -> None:
        """Take the password away, once it was said what that means."""
        if row.here:
            self.notice.show_sentence(Status.NEUTRAL, tr("You cannot remove yourself. Let another manager do it."))
        elif self.may("users.remove"):
            self.open(RemoveUserDialog(self.context, row, self))

    def make_code(self) -> None:
        """Make a recovery code, and show it once."""
        if not self.may("users.make_recovery_code"):
            return
        self.notice.clear()
        dialog = RecoveryDialog(self.context, self, self._made)
        dialog.acted.connect(self.acted)
        dialog.finished.connect(self.enter)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
