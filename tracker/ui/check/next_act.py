"""What the filled button does now, and what it says: book, look at a day, ask the payer, or why it is off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import FindingCode, Outcome
from tracker.services.answers.answers import Answer


class Kind(Enum):
    """What pressing it does."""

    NONE = auto()
    BOOK = auto()
    BOOK_AHEAD = auto()
    LOOK_AHEAD = auto()
    REQUEST = auto()


@dataclass(frozen=True, slots=True)
class NextAct:
    """`off` is the reason that stands in a disabled button. `reason_wanted`: it can be booked for a reason only.

    `hold_text` stands on the button that books on hold, "" where nothing may be held; `told` is what it rests on.
    """

    kind: Kind
    text: str = ""
    off: str = ""
    reason_wanted: bool = False
    reason_text: str = tr("Override…")
    hold_text: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What is done with the visit, before its day."""

    does: str
    holds: str


BOOKS = Verbs(tr("Book on"), tr("Book on hold"))
MOVES = Verbs(tr("Move to"), tr("Move on hold to"))
SAVES = Verbs(tr("Save for"), tr("Save on hold for"))
PROMISE = tr("Meets the published limit; no promise of payment.")
STAYS_HELD = tr("It stays on hold and waits for its approval.")
REASON_STANDS = tr("The reason that was given for booking it stands.")


_OFF = {
    Outcome.NEEDS_AUTHORIZATION: tr("needs an authorization"),
    Outcome.UNKNOWN: tr("ask first"),
    Outcome.NOT_ALLOWED: tr("no date helps"),
}


def next_act(
    answer: Answer | None,
    ahead: Answer | None,
    today: date,
    *,
    dated: bool,
    pending: bool = False,
    verbs: Verbs = BOOKS,
    missing: str = "",
) -> NextAct:
    """Return what can be done with this answer; `ahead` is the answer on its first open day that is allowed."""
    verb = verbs.does
    if answer is None or not dated:
        return NextAct(Kind.NONE, verb, missing or tr("type the date"))
    if answer.verdict.asked < today:
        return NextAct(Kind.NONE, verb, tr("this day is past"))
    if answer.tone <= Outcome.CAUTION:
        return NextAct(Kind.BOOK, f"{verb} {us_date(answer.verdict.asked, weekday=True)}", told=promise(answer))
    asked = us_date(answer.verdict.asked, weekday=True)
    if answer.stands:
        return NextAct(Kind.BOOK, f"{verb} {asked}", told=STAYS_HELD if answer.hold else REASON_STANDS)
    worst = answer.verdict.worst
    hold = f"{verbs.holds} {asked}" if answer.hold else ""
    no_rule = worst is not None and worst.code is FindingCode.NO_POLICY
    reason = tr("I checked with the payer…") if no_rule else tr("Override…")
    if not answer.is_blocked() and answer.tone is Outcome.NEEDS_AUTHORIZATION and verbs is BOOKS:
        under_way = answer.hold is not None and answer.hold.record_id
        words = tr("Open the request") if under_way else tr("Start authorization")
        return NextAct(Kind.REQUEST, words, "", True, reason, hold)
    if not answer.is_blocked():
        return NextAct(Kind.NONE, verb, _OFF[answer.tone], True, reason, hold)
    if answer.open_day is None:
        return NextAct(Kind.NONE, verb, tr("the clinic is closed then"), True, reason, hold)
    day = us_date(answer.open_day, weekday=True)
    if ahead is not None and ahead.tone <= Outcome.CAUTION:
        return NextAct(Kind.BOOK_AHEAD, f"{verb} {day}", "", True, reason, hold, promise(ahead))
    if pending:
        return NextAct(Kind.BOOK_AHEAD, f"{verb} {day}", "", True, reason, hold)
    return NextAct(Kind.LOOK_AHEAD, tr("Look at {day}", day=day), "", True, reason, hold)


def promise(answer: Answer) -> str:
    """Return what the answer promises: nobody published what this clinic has set for itself."""
    sources = [tally.source for tally in answer.verdict.tallies] + [each.source for each in answer.verdict.findings]
    own = any(source is not None and source.clinic for source in sources)
    return tr("Meets this clinic's own limit; no promise of payment.") if own else PROMISE
