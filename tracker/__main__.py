"""Lets `python -m tracker` do what the `injection-tracker` command does."""

from tracker.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
