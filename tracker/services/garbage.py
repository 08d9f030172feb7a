"""The collector of garbage, held back while thousands of small things are made that soon go again, none in a circle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold it back for a moment, in the whole program; where it is held back already, leave that to whoever did it.

    So of two threads the first to end lets it run again, and never does it stay held back.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
