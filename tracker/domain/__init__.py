"""The clinic's words as plain frozen dataclasses: no database, no screen, no clock of its own."""
