"""Why no rule on file answers, and what to do about it."""

from __future__ import annotations

from datetime import date

from tracker.domain.language import msg, tr
from tracker.domain.policy import NoRules
from tracker.domain.us_dates import us_date
from tracker.policies.loader import Policy
from tracker.policies.procedures import Payer

_ASK_PAYER = msg("Ask the payer for its limits, and book only with its answer on record.")


def unknown_payer(payer_id: str) -> NoRules:
    return _asking(tr("“{payer}” is not among the payers on file.", payer=payer_id))


def nothing_on_file(payer: Payer) -> NoRules:
    """Say that no rule answers; a payer that only names a kind of plan publishes none at all."""
    if payer.generic and not payer.rules:
        return _asking(tr("No published rule is known for a plan of this kind: each plan has limits of its own."))
    return _asking(tr("No rule of {payer} for this procedure is on file.", payer=payer.name))


def not_yet(payer: Payer, policy: Policy, contractor: str, day: date) -> NoRules:
    """Say that the rules on file begin later, or that this contractor has none."""
    versions = policy.versions.get(contractor, ())
    if not versions:
        return _asking(tr("The Medicare contractor for this state has published no rule for this procedure."))
    return _asking(
        tr(
            "The rules of {payer} on file begin {begins}; nothing is known for {day}.",
            payer=payer.name,
            begins=us_date(versions[0].effective_from),
            day=us_date(day),
        )
    )


def no_contractor(state: str) -> NoRules:
    """Say that the site's state is nobody's, or that it has none."""
    why = tr("No Medicare contractor is on file for a place without a state.")
    if state:
        why = tr("No Medicare contractor is on file for state {state}.", state=state)
    return NoRules(why, tr("Correct the state of the site."))


def _asking(why: str) -> NoRules:
    return NoRules(why, tr(_ASK_PAYER))
