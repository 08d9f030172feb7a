"""The collector of garbage comes back, whatever happens meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tracker.services.garbage import uncollected


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    before = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if before else gc.disable)()


def test_that_it_is_held_back_and_runs_again() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_that_it_runs_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        _ = 1 / 0
    assert gc.isenabled()


def test_that_who_held_it_back_before_lets_it_run_again() -> None:
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()


def test_that_of_two_that_overlap_neither_leaves_it_held_back() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()
