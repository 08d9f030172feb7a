"""Fixtures of the storage tests."""

from tests.fixtures import clinic, clinic_template, clock, data_key, database, transactions

__all__ = ["clinic", "clinic_template", "clock", "data_key", "database", "transactions"]
