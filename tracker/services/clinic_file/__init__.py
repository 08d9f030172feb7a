"""The clinic's file: opened with a password, backed up, restored, and what is typed kept in it."""
