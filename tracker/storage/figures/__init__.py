"""What reports count: each query adds up in the file what a report shows, and hands out plain figures."""

from __future__ import annotations

from tracker.storage.figures.decisions import DecisionFigures
from tracker.storage.figures.flags import FlagFigures
from tracker.storage.figures.visits import VisitFigures
from tracker.storage.ledger import Ledger

__all__ = ["Figures"]


class Figures:
    """Every figure, by what it is about."""

    def __init__(self, ledger: Ledger) -> None:
        self.decisions = DecisionFigures(ledger.connection)
        self.flags = FlagFigures(ledger.connection)
        self.visits = VisitFigures(ledger.connection)
