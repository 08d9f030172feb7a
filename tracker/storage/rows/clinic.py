"""The clinic itself: providers, sites and settings."""

from __future__ import annotations

from sqlmodel import SQLModel

from tracker.domain.coverage import Biller
from tracker.storage.rows.columns import id_field, one_of, table_of


class ProviderRow(SQLModel, table=True):
    """Who performs; one that is not active stays for what is on file."""

    __tablename__ = "provider"

    id: str = id_field()
    version: int
    name: str
    short: str
    npi: str
    active: bool


class SiteRow(SQLModel, table=True):
    """Where a service is given; one that is not active stays for what is on file."""

    __tablename__ = "site"
    __table_args__ = (one_of("biller", Biller),)

    id: str = id_field()
    version: int
    name: str
    state: str
    place_of_service: str
    facility: str
    hospital_exempt: bool
    biller: str
    npi: str
    active: bool


class SettingRow(SQLModel, table=True):
    """One setting of the clinic; `id` is its name."""

    __tablename__ = "setting"

    id: str = id_field()
    version: int
    content: str


provider = table_of(ProviderRow)
site = table_of(SiteRow)
setting = table_of(SettingRow)
