"""What is kept of an answer to compare the next one with, and the sentence that says why it came out another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Finding, Outcome, Verdict
from tracker.services.words.act_words import kind_words
from tracker.storage.recent_acts import RecentAct
from tracker.storage.records import Reached, Standing

Kept = tuple[str, str]
"""Outcome and marks."""
CANNOT_CHECK = "cannot check"
_RANK = attrgetter("outcome.rank")
_WRITTEN = {outcome: outcome.value for outcome in Outcome}
_NOTHING: Kept = (Outcome.ALLOWED.value, "")


def marks_of(verdict: Verdict) -> str:
    """Return the findings that decide, each by its rule and the day that clears it."""
    return _marks(verdict.outcome, verdict.findings)


def _marks(outcome: Outcome, findings: Iterable[Finding]) -> str:
    if outcome is Outcome.ALLOWED:
        return ""
    return "\n".join(sorted({_mark(finding) for finding in findings if finding.outcome is outcome}))


def _mark(finding: Finding) -> str:
    return f"{finding.code} {finding.rule} {finding.clears_on or ''}".rstrip()


def marks_of_error(error: TrackerError) -> str:
    """Return what is missing, and not in words: two desks may speak two languages."""
    about = error.about if isinstance(error, InvalidEntryError) else ""
    return f"{CANNOT_CHECK} {type(error).__name__} {about}".strip()


def as_kept(verdict: Verdict) -> Kept:
    """Return what of an answer is compared with the next one, as it is kept."""
    return verdict.outcome.value, marks_of(verdict)


def kept_of(findings: Sequence[Finding]) -> Kept:
    """Return the same of an answer that consists of these findings."""
    worst = [finding for finding in findings if finding.outcome is not Outcome.ALLOWED]
    if not worst:
        return _NOTHING
    if len(worst) > 1:
        outcome = max(worst, key=_RANK).outcome
        worst = [finding for finding in worst if finding.outcome is outcome]
    marks = _mark(worst[0]) if len(worst) == 1 else "\n".join(sorted(set(map(_mark, worst))))
    return _WRITTEN[worst[0].outcome], marks


def because(was: Standing, now: Standing, cause: str) -> str:
    """Return whose act it was and what came or went."""
    return " ".join(part for part in (cause, _what_changed(was, now)) if part)


def _what_changed(was: Standing, now: Standing) -> str:
    if now.outcome is Outcome.ALLOWED or (now.outcome < was.outcome and was.reason):
        return tr("No more: {reason}", reason=was.reason) if was.reason else tr("Nothing stands in the way any more.")
    return now.reason


def cause_of(acts: Iterable[RecentAct], patient_id: str, reached: Reached | None, today: date) -> str:
    """Return "Coverage added by Jo Diaz.", the change of the day, or "" where nothing is known."""
    concerned = [recent.act for recent in acts if recent.concerns(patient_id)]
    if concerned:
        return tr("{act} by {user}.", act=kind_words(concerned[-1].kind), user=concerned[-1].by)
    if reached is not None and reached.day != today:
        return tr("It is {today} now.", today=us_date(today))
    return ""


def own_act(acts: Iterable[RecentAct], patient_id: str, booking_id: str) -> bool:
    """Tell whether the last act was on the visit itself: whoever did it saw the answer."""
    concerned = [recent.act for recent in acts if recent.concerns(patient_id)]
    return bool(concerned) and concerned[-1].entity == "booking" and concerned[-1].entity_id == booking_id
