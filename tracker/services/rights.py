"""Who may do what: every call that writes, with the least role that may make it, and the guard that asks first."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from tracker.domain.errors import NotAllowedError
from tracker.domain.language import tr
from tracker.domain.roles import Role
from tracker.services.transactions import Transactions

_VIEWER = (
    "drafts.save drafts.forget"
    " recheck.all recheck.begin recheck.mark_seen recheck.patients recheck.run recheck.step due_tasks.settle"
    " expiry_holds.settle expiry_holds.step"
    " reports.taken_out users.change_own_password users.note_wrong_passwords backups.make"
)
"""What the program does by itself for whoever sits there, one's own password, and the record that something left."""
_SCHEDULER = (
    "patients.add patients.add_coverage patients.change patients.change_coverage"
    " history.add history.correct history.remove responses.record care.add care.correct care.remove"
    " denials.add denials.correct denials.remove checklists.confirm checklists.withdraw"
    " booking.book booking.change booking.hold booking.move booking.override booking.set_status"
    " planning.book planning.hold planning.keep planning.remove schedule.close_task"
    " pinboard.pin pinboard.pin_visit pinboard.take_off"
    " authorizations.add authorizations.assign authorizations.change authorizations.contact"
    " authorizations.draft_from authorizations.step documents.attach documents.correct documents.remove"
    " imports.run undo.undo"
    " desk.add_provider desk.add_site plan_terms.add_payer plan_terms.name_plans"
    " clinic_settings.close_day clinic_settings.open_day"
)
"""The work of the desk; what a form adds on the way (a provider, a site, a payer) is part of it."""
_MANAGER = (
    "desk.change_provider desk.change_site desk.change_settings"
    " clinic_settings.change_letterhead clinic_settings.change_privacy clinic_settings.change_reminders"
    " plan_terms.change plan_terms.switch money.set_contracted"
    " clinic_rules.add clinic_rules.adopt clinic_rules.confirm clinic_rules.end clinic_rules.replace"
    " clinic_rules.switch_off clinic_rules.withdraw"
    " packs.take_in packs.go_back pack_trust.trust pack_trust.distrust audit.save"
    " users.add users.change_role users.reset_password users.remove users.make_recovery_code backups.change"
)
RIGHTS: Mapping[str, Role] = {
    call: role
    for role, calls in ((Role.VIEWER, _VIEWER), (Role.SCHEDULER, _SCHEDULER), (Role.MANAGER, _MANAGER))
    for call in calls.split()
}


class Rights:
    """What the person who is signed in may do; `role` as it stood on file when it was last looked at."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._managers: tuple[str, ...] = ()
        self.role = Role.VIEWER
        self.look_again()

    def look_again(self) -> None:
        """Read the role anew: it may have been changed at another desk."""
        with self._transactions.reading() as uow:
            roles = uow.users.roles()
        self.role = role_of(self._transactions.user.name, roles)
        self._managers = tuple(sorted(name for name, role in roles.items() if role is Role.MANAGER))

    def refusal(self, call: str) -> str:
        """Return who may make a call, in a sentence; "" when the person who is signed in may."""
        needed = RIGHTS[call]
        if self.role.covers(needed):
            return ""
        ask = tr("Ask {names}.", names=", ".join(self._managers)) if self._managers else ""
        return f"{who_may(needed)} {ask}".strip()

    def off(self, call: str) -> str | None:
        """Return the same in a few words, for a button that is off; None when it may be pressed."""
        if self.role.covers(RIGHTS[call]):
            return None
        return tr("managers only") if RIGHTS[call] is Role.MANAGER else tr("not for viewers")

    def check(self, call: str) -> None:
        """Look again, and refuse what the role does not cover. Raises NotAllowedError."""
        self.look_again()
        if refused := self.refusal(call):
            raise NotAllowedError(refused)

    def guard(self, services: Mapping[str, object]) -> None:
        """Have every call that is named above asked for first."""
        for call in RIGHTS:
            name, _, method = call.partition(".")
            service = services[name]
            setattr(service, method, self._asked_first(call, getattr(service, method)))

    def _asked_first(self, call: str, do: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(do)
        def asked_first(*given: Any, **named: Any) -> Any:
            self.check(call)
            with self._transactions.let_in():
                return do(*given, **named)

        return asked_first


def role_of(name: str, roles: Mapping[str, Role]) -> Role:
    """Return a person's role: while nobody has one, there is one password only, and whoever has it is the manager.

    Later a password without a role (a file put back from an old copy) lets its owner look, and no more.
    """
    return roles.get(name, Role.VIEWER) if roles else Role.MANAGER


def who_may(needed: Role) -> str:
    """Return the sentence that refuses."""
    if needed is Role.MANAGER:
        return tr("Only a manager may do this.")
    return tr("Viewers look and print; a scheduler or a manager may do this.")
