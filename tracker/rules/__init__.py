"""Pure functions: a case and the dated rules of its payer give a verdict."""

from __future__ import annotations

from tracker.rules.evaluate import evaluate

__all__ = ["evaluate"]
