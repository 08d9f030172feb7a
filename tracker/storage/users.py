"""The roles of people in the file."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.roles import Role
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.rows.users import user_role

ENTITY = user_role.name
_ALL = select(user_role).order_by(user_role.c.id)


class UserRepository:
    """Roles by name, in the order in which they were given first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def roles(self) -> dict[str, Role]:
        return {row.name: Role(row.role) for row in self._ledger.connection.execute(_ALL)}

    def give(self, name: str, role: Role) -> None:
        """Write the role of a person, over the one before."""
        row = self._ledger.connection.execute(select(user_role).where(user_role.c.name == name)).one_or_none()
        if row is None:
            self._ledger.insert(user_role, {"id": new_id(), "version": 1, "name": name, "role": role.value})
        elif row.role != role:
            self._ledger.update(user_role, row.id, row.version, {"role": role.value})

    def take(self, name: str) -> None:
        """Take the role of a person away; nothing happens when there is none."""
        found = self._ledger.connection.execute(select(user_role.c.id).where(user_role.c.name == name)).scalar()
        if found is not None:
            self._ledger.delete(user_role, found)
