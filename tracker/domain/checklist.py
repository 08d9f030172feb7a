"""What must lie beside a request or in the record of a procedure: one item a document, score, result or statement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tracker.domain.authorization_terms import Span
from tracker.domain.verdict import Source


class Proof(StrEnum):
    """By what an item is met."""

    DOCUMENT = "document"
    SCORE = "score"
    DURATION = "duration"
    RESULT = "result"
    FINDING = "finding"
    STATEMENT = "statement"
    COUNT = "count"


class LookedUp(StrEnum):
    """Where the file holds what meets an item; nothing said: a result is the last procedure's of the same kind."""

    BLOCKS = "blocks"
    CARE = "care"
    CARE_NOW = "care-now"


PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class SatisfiedBy:
    """What meets an item: at least so much of the unit, lasting so long, and not older than `within` on the day.

    `of`: a result of diagnostic blocks, or the log of conservative care; `times`: how many of them.
    """

    proof: Proof
    at_least: float | None = None
    unit: str = ""
    lasting: Span | None = None
    within: Span | None = None
    of: LookedUp | None = None
    times: int = 1

    def __post_init__(self) -> None:
        if self.at_least is not None and not self.unit:
            raise ValueError("at_least needs a unit, such as “percent”, “of 10” or “positive tests”.")
        if self.proof is Proof.DURATION and self.lasting is None:
            raise ValueError("a duration needs lasting, such as “3 months”.")
        if self.times < 1:
            raise ValueError("times is 1 or more.")

    @property
    def percent(self) -> float | None:
        """Return the relief that a result must reach, None where no per cent is asked."""
        return self.at_least if self.unit == PERCENT else None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of a checklist, in our words. `only_if` says when it applies, "" for always.

    `stage`: it belongs to the request, or to the record after the procedure.
    """

    id: str
    text: str
    needed: bool
    satisfied_by: SatisfiedBy
    source: Source
    stage: Literal["request", "record"] = "request"
    only_if: str = ""
