"""The jobs of the desk with the keys that each may take, and how many each took: one table at the end of the tests.

`python -m tests.ui.job_counts` drives all of them and prints the table.
"""

from __future__ import annotations

import sys

import pytest

TARGETS = {
    "1  check a procedure for a date": 20,
    "2  book at the earliest day": 18,
    "3  override with a reason and a reference": 31,
    "4  find by birth date, open": 10,
    "4  find by phone, open": 10,
    "5  when can she have it": 7,
    "6  start an authorization from a check": 2,
    "7  record a submission with its reference": 10,
    "8  record an approval": 16,
    "9  follow-up done, next in 3 days": 5,
    "10 print the packet": 2,
    "11 first patient, coverage, visit and slip": 50,
    "+  renew from expirations": 3,
    "+  morning import of the same file": 3,
}
FILES = (
    "tests/ui/check/test_jobs.py",
    "tests/ui/test_find_jobs.py",
    "tests/ui/worklist/test_jobs.py",
    "tests/ui/worklist/test_work_papers.py",
    "tests/ui/pages/test_import_page.py",
)
_TAKEN: dict[str, int] = {}


def count(job: str, keys: int) -> None:
    """Note what a job took, told by its number and first words, and fail where that is more than it may take."""
    name = next(each for each in TARGETS if each.startswith(job))
    _TAKEN[name] = keys
    assert keys <= TARGETS[name], f"{name}: {keys} keys, at most {TARGETS[name]}"


def table() -> list[str]:
    """Return a line for each job that was driven: what it is, keys pressed, keys allowed."""
    return [f"{job:<44}{_TAKEN[job]:>4} of {most:>2}" for job, most in TARGETS.items() if job in _TAKEN]


if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-p", "no:xdist", "-k", "keys", *FILES]))
