"""What the panel and the timeline show of an answer: rows, marks and sentences, taken from it and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.event import EventStatus
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Counted, Finding, FindingCode, Source, Tally, Verdict
from tracker.domain.windows import Window
from tracker.services.answers.answers import Answer
from tracker.services.answers.entries import EventRow
from tracker.services.words import wording
from tracker.services.words.body_words import body_text
from tracker.ui.check.lanes import Lanes, lanes_of
from tracker.ui.check.left_out import left_out
from tracker.ui.theme.status import Status, status_of

NOTHING = "–"
PLAN_AUTHORIZATION = "authorization"


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A counted event; `number` is the same in the table and on the timeline. `frees`: it opens the earliest day."""

    number: int
    event_id: str
    day: date
    when: str
    procedure: str
    where: str
    relief: str
    leaves: str
    frees: bool = False


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An event that is not counted, with the reason where there is one to tell."""

    event_id: str
    day: date
    short: str
    text: str
    what: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A status and a sentence beside the headline."""

    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything that is shown of one answer."""

    status: Status
    headline: str
    count: str
    why: str
    asked: date
    earliest: date | None
    open_day: date | None = None
    ask: str = ""
    counted: tuple[CountedRow, ...] = ()
    not_counted: tuple[OpenRow, ...] = ()
    looked_at: tuple[OpenRow, ...] = ()
    also: tuple[Remark, ...] = ()
    authorization: tuple[Remark, ...] = ()
    limits: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    codes: str = ""
    levels: str = ""
    window: Window | None = None
    window_text: str = ""
    source: Source | None = None
    source_text: str = ""
    lanes: Lanes = field(default=Lanes())


def view_of(answer: Answer) -> AnswerView:
    """Return what is shown of this answer."""
    verdict, tally, worst = answer.verdict, wording.deciding_tally(answer.verdict), answer.verdict.worst
    source = (worst.source if worst else None) or (tally.source if tally else None)
    rest = [finding for finding in verdict.findings if finding is not worst]
    return AnswerView(
        status=status_of(answer.tone),
        headline=answer.headline,
        count=answer.count,
        why=_why(answer, tally),
        asked=verdict.asked,
        earliest=verdict.earliest,
        open_day=answer.open_day,
        ask=worst.ask if worst else "",
        counted=counted_rows(answer, tally),
        not_counted=_open_rows(answer, tally),
        looked_at=_looked_at(answer, tally),
        also=_also(answer, [each for each in rest if each.code is not FindingCode.AUTHORIZATION]),
        authorization=_authorization(answer),
        limits=tuple(_limit(each) for each in verdict.tallies if each is not tally),
        met=_met(verdict),
        codes=answer.codes_text,
        levels=levels_text(verdict),
        window=tally.window if tally else None,
        window_text=window_text(tally.window) if tally else "",
        source=source,
        source_text=source_text(source),
        lanes=lanes_of(verdict, tally, answer.approvals),
    )


def _also(answer: Answer, rest: list[Finding]) -> tuple[Remark, ...]:
    """Return what else is to know, each sentence once: two rules may say the same."""
    off = [Remark(Status.CAUTION, answer.payer_off)] if answer.payer_off else []
    found = (_remark(each, answer.verdict.worst) for each in rest)
    return tuple(dict.fromkeys((*off, *_closed_days(answer), *found)))


def _met(verdict: Verdict) -> tuple[str, ...]:
    """Return what is met, each sentence once: two rules may say the same."""
    return tuple(dict.fromkeys(m.message for m in verdict.met if PLAN_AUTHORIZATION not in m.rule and m.levels is None))


def _why(answer: Answer, tally: Tally | None) -> str:
    if reason := wording.reason_text(answer.verdict):
        return reason
    if tally is None:
        return tr("Nothing on file stands in the way.")
    return tr("Nothing stands in the way: {limit}.", limit=_limit(tally))


def _closed_days(answer: Answer) -> Iterator[Remark]:
    """Say that the clinic does not work on the day asked, or on the first allowed one, and when it does."""
    if answer.asked_closed and not answer.is_blocked():
        words = tr("On the day asked the clinic does not work: {why}.", why=answer.asked_closed)
        yield Remark(Status.CAUTION, words)
    elif answer.closed and answer.verdict.earliest is not None:
        first = us_date(answer.verdict.earliest, weekday=True)
        words = tr("On {day} the clinic does not work: {why}.", day=first, why=answer.closed)
        if answer.open_day is not None:
            then = us_date(answer.open_day, weekday=True)
            words = tr("{said} The first open day that is allowed is {day}.", said=words, day=then)
        yield Remark(Status.NEUTRAL, words)


def _limit(tally: Tally) -> str:
    where = f", {tally.scope}" if tally.scope else ""
    return tr(
        "{used} of {limit} {unit} used{where}, {window_text}",
        used=tally.used,
        limit=tally.limit,
        unit=tally.unit,
        where=where,
        window_text=window_text(tally.window),
    )


def window_text(window: Window) -> str:
    """Return "11/25/2025 to 11/24/2026", or "up to 11/24/2026" for a lifetime."""
    if window.open_start:
        return tr("up to {end}", end=us_date(window.end))
    return tr("{start} to {end}", start=us_date(window.start), end=us_date(window.end))


def source_text(source: Source | None) -> str:
    """Return title, section and date of the document; the clinic's own rule says in its section since when it is."""
    if source is None:
        return ""
    begun = None if source.clinic else source.effective_from
    since = tr("since {effective_from}", effective_from=us_date(begun)) if begun else ""
    return ", ".join(part for part in (source.name, source.section, since, source.confirmed) if part)


def counted_rows(answer: Answer, tally: Tally | None) -> tuple[CountedRow, ...]:
    """Return what the deciding limit counts, by day: as many rows as its figure says."""
    marks = sorted(tally.counted, key=lambda mark: mark.day) if tally else []
    known = [mark for mark in marks if mark.event_id in answer.case_events]
    return tuple(_counted_row(number, mark, answer) for number, mark in enumerate(known, start=1))


def _looked_at(answer: Answer, tally: Tally | None) -> tuple[OpenRow, ...]:
    """Return the events that the answer hangs on and that no limit counts: an earlier result, a visit too near."""
    worst = answer.verdict.worst
    counted = {mark.event_id for mark in tally.counted} if tally else set()
    wanted = [each for each in worst.counted if each not in counted] if worst else []
    return tuple(_open_row(answer.case_events[each], "") for each in wanted if each in answer.case_events)


def _counted_row(number: int, mark: Counted, answer: Answer) -> CountedRow:
    row, earliest = answer.case_events[mark.event_id], answer.verdict.earliest
    event = row.event
    return CountedRow(
        number=number,
        event_id=mark.event_id,
        day=mark.day,
        when=wording.us_partial(event.when),
        procedure=wording.procedure_word(event.family, event.intent, event.approach) + _booked(row),
        where=wording.targets_text(event.targets) or body_text(event.body_regions),
        relief=NOTHING if event.relief_percent is None else f"{event.relief_percent:g}%",
        leaves=us_date(mark.leaves_on, weekday=True) if mark.leaves_on else NOTHING,
        frees=mark.leaves_on is not None and mark.leaves_on == earliest != answer.verdict.asked,
    )


def _booked(row: EventRow) -> str:
    status = row.event.status
    return "" if status is EventStatus.PERFORMED else f", {tr(wording.STATUS_WORDS.get(status, status.value))}"


def _open_rows(answer: Answer, tally: Tally | None) -> tuple[OpenRow, ...]:
    marks = (*(tally.not_counted if tally else ()), *left_out(answer, tally))
    events = answer.case_events
    return tuple(_open_row(events[mark.event_id], mark.reason) for mark in marks if mark.event_id in events)


def _open_row(row: EventRow, reason: str) -> OpenRow:
    event = row.event
    short = wording.procedure_word(event.family, event.intent, event.approach)
    relief = (
        "" if event.relief_percent is None else tr(", {relief_percent:g}% relief", relief_percent=event.relief_percent)
    )
    text = f"{wording.us_partial(event.when)}  {wording.event_text(event)}{relief}"
    what = wording.event_text(event)
    return OpenRow(event.id, event.when.first, short, f"{text}: {reason}" if reason else text, what, reason)


def _remark(finding: Finding, worst: Finding | None) -> Remark:
    """Return the finding as a sentence; what is asked already for the worst one is not asked again."""
    ask = finding.ask if worst is None or finding.ask != worst.ask else ""
    day = us_date(finding.clears_on, weekday=True) if finding.clears_on else ""
    clears = "" if day in finding.message else tr("Clears on {clears_on}.", clears_on=day)
    return Remark(status_of(finding.outcome), " ".join(part for part in (finding.message, ask, clears) if part))


def levels_text(verdict: Verdict) -> str:
    """Return how many levels the session has, of how many where the payer limits them."""
    if limits := [each.levels for each in verdict.met if each.levels is not None]:
        used, limit = min(limits, key=lambda pair: pair[1] - pair[0])
        return tr_n("{used} of {n} level in one session", "{used} of {n} levels in one session", limit, used=used)
    count = verdict.levels
    return tr_n("{n} level in one session", "{n} levels in one session", count) if count else ""


def _authorization(answer: Answer) -> tuple[Remark, ...]:
    """Return what is said about authorizations; not the sentence that stands as the reason already."""
    findings = [each for each in answer.verdict.findings if each.code is FindingCode.AUTHORIZATION]
    worst = answer.verdict.worst
    said = [_remark(each, worst) for each in findings if each is not worst]
    if (hold := answer.hold) is not None:
        said.append(Remark(Status.AUTH, f"{hold.safe_text} {hold.reason if hold.record_id else ''}"))
    met = [Remark(Status.OK, each.message) for each in answer.verdict.met if PLAN_AUTHORIZATION in each.rule]
    return tuple(said) if findings else tuple(met)
