"""What the timeline and the headline show of a trial: made of its verdict and the injections that were typed."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Tally
from tracker.services.rule_library.rule_trial import Trial
from tracker.services.words import wording
from tracker.ui.check.answer_view import NOTHING, AnswerView, CountedRow, OpenRow, window_text
from tracker.ui.check.lanes import lanes_of
from tracker.ui.theme.status import status_of


def view_of_trial(trial: Trial) -> AnswerView:
    """Return the trial as the timeline of Check and book draws answers."""
    verdict, tally = trial.verdict, wording.deciding_tally(trial.verdict)
    counted = _counted(trial, tally)
    return AnswerView(
        status=status_of(verdict.outcome),
        headline=wording.headline(verdict),
        count=wording.count_text(verdict),
        why=wording.reason_text(verdict) or tr("Nothing here stands in the way."),
        asked=verdict.asked,
        earliest=verdict.earliest,
        counted=counted,
        not_counted=_others(trial, {row.event_id for row in counted}),
        window=tally.window if tally else None,
        window_text=window_text(tally.window) if tally else "",
        lanes=lanes_of(verdict, tally),
    )


def _counted(trial: Trial, tally: Tally | None) -> tuple[CountedRow, ...]:
    events = {event.id: event for event in trial.events}
    marks = sorted(tally.counted, key=lambda mark: mark.day) if tally else []
    earliest = trial.verdict.earliest
    return tuple(
        CountedRow(
            number,
            mark.event_id,
            mark.day,
            us_date(mark.day),
            wording.event_text(events[mark.event_id]),
            wording.place_text(events[mark.event_id]),
            NOTHING,
            us_date(mark.leaves_on, True) if mark.leaves_on else NOTHING,
            frees=mark.leaves_on is not None and mark.leaves_on == earliest != trial.verdict.asked,
        )
        for number, mark in enumerate(marks, 1)
        if mark.event_id in events
    )


def _others(trial: Trial, counted: set[str]) -> tuple[OpenRow, ...]:
    rest = [event for event in trial.events if event.id not in counted]
    return tuple(
        OpenRow(event.id, event.when.first, wording.procedure_word(event.family, event.intent, event.approach),
                f"{us_date(event.when.first)}  {wording.event_text(event)}")
        for event in rest
    )  # fmt: skip
