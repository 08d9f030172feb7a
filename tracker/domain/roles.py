"""What a person may do here, from the least to the most; whoever may do more may do all that is less."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Viewer: looks and prints. Scheduler: works for patients. Manager: users, rules, settings, backups too."""

    VIEWER = "viewer"
    SCHEDULER = "scheduler"
    MANAGER = "manager"

    def covers(self, needed: Role) -> bool:
        """Tell whether this role may do what `needed` is asked for."""
        order = tuple(Role)
        return order.index(self) >= order.index(needed)
