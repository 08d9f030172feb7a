"""Whether an answer may be booked: as it was seen, allowed, or against it with a reason that somebody signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tracker.domain.booking import Override
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.verdict import Outcome
from tracker.services.answers.answers import Answer, AnswerChangedError


def permitted(answer: Answer, seen: str, override: Override | None, by: str, at: datetime) -> Override | None:
    """Return the override, signed; None when the answer allows it. Raises when not as seen or not allowed."""
    if answer.fingerprint != seen:
        raise AnswerChangedError(answer)
    allowed = answer.tone <= Outcome.CAUTION
    if allowed and override is None:
        return None
    if allowed:
        raise InvalidEntryError(tr("Nothing stands in the way here, so no reason is needed."), "", tr("Book it."))
    if override is None:
        raise InvalidEntryError(
            tr("{headline}, so it is not booked without a reason.", headline=answer.headline),
            "",
            tr("Choose another date, or override it."),
        )
    return replace(override, by=by, at=at)
