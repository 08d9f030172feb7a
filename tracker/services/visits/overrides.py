"""The eight reasons for booking against the answer: what each needs, and what the program does next for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.booking import Booking, Override, OverrideReason
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date
from tracker.storage.records import TaskKind

SHORTEST_TEXT = 15


@dataclass(frozen=True, slots=True)
class NextStep:
    """The task that a reason leaves behind; `wait_days` counts business days, None means the day of the visit."""

    kind: TaskKind
    text: str
    wait_days: int | None = 0


_STEPS = {
    OverrideReason.PAYER_EXCEPTION: NextStep(
        TaskKind.ATTACH_EXCEPTION, msg("Attach the payer's exception {reference} to the authorization.")
    ),
    OverrideReason.OTHER_SITE: NextStep(
        TaskKind.CORRECT_SITE, msg("Correct the level or side of the earlier injection that was counted wrongly.")
    ),
    OverrideReason.NOT_PERFORMED: NextStep(
        TaskKind.CORRECT_NOT_PERFORMED, msg("Mark the earlier injection that was not performed.")
    ),
    OverrideReason.OTHER_PAYER: NextStep(
        TaskKind.CORRECT_COVERAGE, msg("Correct the coverage on the day of the earlier injection.")
    ),
    OverrideReason.SELF_PAY: NextStep(TaskKind.FILE_WAIVER, msg("File the signed notice that the patient pays."), None),
    OverrideReason.CLINICIAN_APPEAL: NextStep(TaskKind.APPEAL, msg("Prepare the appeal or the peer-to-peer call."), 1),
    OverrideReason.URGENT: NextStep(
        TaskKind.REVIEW_URGENT, msg("Review the urgent booking that {reference} directed."), 1
    ),
    OverrideReason.OTHER: NextStep(TaskKind.REVIEW_OVERRIDE, msg("Review this booking against the answer: {text}"), 1),
}


def next_step(override: Override) -> NextStep:
    return _STEPS[override.reason]


def task_text(override: Override) -> str:
    whole = tr(next_step(override).text, reference=override.reference, text=override.text)
    return " ".join(whole.split())  # a reference that is not typed yet leaves no gap


def due_day(override: Override, booking: Booking, today: date) -> date:
    """Return when the next step is due: on the day of the visit, today, or so many business days from today."""
    wait = next_step(override).wait_days
    return booking.day if wait is None else business_day_after(today, wait)


def business_day_after(day: date, count: int) -> date:
    """Return the `count`-th business day after `day` (Monday to Friday)."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def next_steps_text(override: Override, today: date) -> str:
    """Say what the program does for this reason when it books."""
    wait = next_step(override).wait_days
    task = task_text(override)
    if wait is None:
        return tr("Adds a task, due on the day of the visit: {task}", task=task)
    return tr("Adds a task, due by {day}: {task}", day=us_date(business_day_after(today, wait), True), task=task)


def checked(override: Override) -> Override:
    """Return the override with its text trimmed. Raises InvalidEntryError when what its reason needs is missing."""
    text, reference = override.text.strip(), override.reference.strip()
    if override.reason is OverrideReason.PAYER_EXCEPTION and not reference:
        raise InvalidEntryError(tr("The payer's reference number is missing."), "", tr("Type it as the payer gave it."))
    if override.reason is OverrideReason.URGENT and not reference:
        raise InvalidEntryError(
            tr("The name of the clinician who calls it urgent is missing."), "", tr("Type the name.")
        )
    if override.reason is OverrideReason.OTHER and len(text) < SHORTEST_TEXT:
        raise InvalidEntryError(
            tr("Say why, in {least} characters or more.", least=SHORTEST_TEXT),
            tr("There are {count} now.", count=len(text)),
        )
    return Override(override.reason, text, reference, override.by, override.at)
