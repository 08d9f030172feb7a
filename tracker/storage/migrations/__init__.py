"""Brings a clinic's file to the newest schema, inside the transaction that it is given."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tracker.domain.errors import VaultError
from tracker.domain.language import tr


def migrate(connection: Connection, before_upgrade: Callable[[], object]) -> None:
    """Upgrade to the newest schema; does nothing when it is there. Raises VaultError for a newer schema than ours.

    `before_upgrade` is called for a file that holds a clinic already.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    present = MigrationContext.configure(connection).get_current_revision()
    if present == script.get_current_head():
        return
    if present is not None and present not in {revision.revision for revision in script.walk_revisions()}:
        raise VaultError(
            tr("This clinic's file was written by a newer version of the program."),
            tr(
                "Its schema is {present}, this program knows up to {known}.",
                present=present,
                known=script.get_current_head(),
            ),
            tr("Install the newest version here."),
        )
    if present is not None:
        before_upgrade()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(str(resources.files(__name__)))).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
