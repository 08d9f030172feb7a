"""The rules in force: read, tried, proved, confirmed, changed by the clinic, and taken in as packs."""
