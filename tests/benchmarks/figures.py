"""What a benchmark finds: one figure with its goal, and how samples become figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number; `goal` is what it should stay under, never a gate."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{'ok  ' if self.value <= self.goal else 'OVER'} (goal {self.goal:g})"
        return f"{self.name:<58} {self.value:>9.2f} {self.unit:<6} {goal:<18} {self.note}".rstrip()


def percentile(samples: Iterable[float], percent: float) -> float:
    """Return the sample below which `percent` of all lie."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def spread(name: str, samples: list[float], goal: float) -> list[Figure]:
    """Return the median and the 99th percentile, in milliseconds, of samples in seconds."""
    note = f"{len(samples)} samples"
    return [
        Figure(f"{name}, p50", percentile(samples, 50) * 1000, "ms"),
        Figure(f"{name}, p99", percentile(samples, 99) * 1000, "ms", goal, note),
    ]


def cpu_seconds(act: Callable[[], object]) -> float:
    """Return the processor time of this process that `act` took; a busy machine does not inflate it much."""
    before = time.process_time()
    act()
    return time.process_time() - before
