"""The clinic's providers, sites and settings in the file."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from tracker.domain.coverage import Site
from tracker.domain.patient import Provider
from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.mappers import provider_of, provider_values, site_of, site_values
from tracker.storage.rows.clinic import provider, setting, site

_PROVIDERS = select(provider).order_by(provider.c.id)
_SITES = select(site).order_by(site.c.id)
_SETTINGS = select(setting)


class ClinicRepository:
    """Providers and sites in the order of entry; settings by name, each a JSON value."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list_providers(self) -> tuple[Provider, ...]:
        return tuple(provider_of(row) for row in self._ledger.connection.execute(_PROVIDERS))

    def add_provider(self, new: Provider) -> str:
        provider_id = new.id or new_id()
        self._ledger.insert(provider, {"id": provider_id, "version": 1, **provider_values(new)})
        return provider_id

    def change_provider(self, changed: Provider) -> int:
        return self._ledger.update(provider, changed.id, changed.version, provider_values(changed))

    def list_sites(self) -> tuple[Site, ...]:
        return tuple(site_of(row) for row in self._ledger.connection.execute(_SITES))

    def add_site(self, new: Site) -> str:
        site_id = new.id or new_id()
        self._ledger.insert(site, {"id": site_id, "version": 1, **site_values(new)})
        return site_id

    def change_site(self, changed: Site) -> int:
        return self._ledger.update(site, changed.id, changed.version, site_values(changed))

    def settings(self) -> dict[str, Any]:
        return {row.id: json.loads(row.content) for row in self._ledger.connection.execute(_SETTINGS)}

    def set(self, name: str, value: Any) -> None:
        """Write one setting."""
        present = self._ledger.connection.execute(select(setting).where(setting.c.id == name)).one_or_none()
        content = json.dumps(value)
        if present is None:
            self._ledger.insert(setting, {"id": name, "version": 1, "content": content})
        elif present.content != content:
            self._ledger.update(setting, name, present.version, {"content": content})
