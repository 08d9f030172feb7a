"""The tables, one file per noun. Enumerations and orders that the domain promises are CHECK constraints here."""

from sqlmodel import SQLModel

from tracker.storage.rows import (
    acts,
    authorizations,
    bookings,
    charts,
    clinic,
    clinical,
    courses,
    drafts,
    events,
    patients,
    pins,
    requests,
    rules,
    tasks,
    users,
    work,
)

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "acts",
    "authorizations",
    "bookings",
    "charts",
    "clinic",
    "clinical",
    "courses",
    "drafts",
    "events",
    "patients",
    "pins",
    "requests",
    "rules",
    "tasks",
    "users",
    "work",
]
