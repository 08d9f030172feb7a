"""Item models: rows are dataclasses, columns are a list."""
