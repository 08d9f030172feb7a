"""Why no rule on file answers, and what to do about it."""

from __future__ import annotations

from datetime import date

from tracker.domain.policy import NoRules
from tracker.domain.us_dates import us_date
from tracker.policies.loader import Policy
from tracker.policies.procedures import Payer

_ASK_PAYER = "Ask the payer for its limits, and book only with its answer on record."


def unknown_payer(payer_id: str) -> NoRules:
    return NoRules(f"“{payer_id}” is not among the payers on file.", _ASK_PAYER)


def nothing_on_file(payer: Payer) -> NoRules:
    """Say that no rule answers; a payer that only names a kind of plan publishes none at all."""
    if payer.generic and not payer.rules:
        why = "No published rule is known for a plan of this kind: each plan has limits of its own."
        return NoRules(why, _ASK_PAYER)
    return NoRules(f"No rule of {payer.name} for this procedure is on file.", _ASK_PAYER)


def not_yet(payer: Payer, policy: Policy, contractor: str, day: date) -> NoRules:
    """Say that the rules on file begin later, or that this contractor has none."""
    versions = policy.versions.get(contractor, ())
    if not versions:
        why = "The Medicare contractor for this state has published no rule for this procedure."
        return NoRules(why, _ASK_PAYER)
    begins = us_date(versions[0].effective_from)
    return NoRules(
        f"The rules of {payer.name} on file begin {begins}; nothing is known for {us_date(day)}.", _ASK_PAYER
    )
