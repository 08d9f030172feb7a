"""A request in words: where it stands, when it is due, what its clock says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationStatus as At
from tracker.domain.authorization_moves import WORDS
from tracker.domain.authorization_request import (
    OVERTURNS_NOTHING,
    AuthorizationRequest,
    Channel,
    LogEntry,
    LogKind,
    PeerToPeer,
    RequestType,
)
from tracker.domain.language import tr, tr_for, tr_n
from tracker.domain.us_dates import us_date, weekday_of
from tracker.services.words.retelling import told_again
from tracker.services.words.wording import us_time
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status

if TYPE_CHECKING:
    from tracker.services.authorizations.work_rows import WorkRow

STATUS: dict[At, tuple[Status, Glyph]] = {
    At.DRAFT: (Status.NEUTRAL, Glyph.PENCIL),
    At.SUBMITTED: (Status.AUTH, Glyph.ARROW),
    At.PENDED: (Status.AUTH, Glyph.QUARTER),
    At.MORE_WANTED: (Status.CAUTION, Glyph.TRIANGLE),
    At.APPROVED: (Status.OK, Glyph.TICK_DISC),
    At.PARTIALLY_APPROVED: (Status.CAUTION, Glyph.HALF),
    At.MODIFIED: (Status.CAUTION, Glyph.HALF),
    At.DENIED: (Status.NO, Glyph.OCTAGON),
    At.APPEALED: (Status.AUTH, Glyph.TURN),
    At.CANCELLED: (Status.NEUTRAL, Glyph.DASH),
    At.WITHDRAWN: (Status.NEUTRAL, Glyph.DASH),
    At.NOT_REQUIRED: (Status.OK, Glyph.TICK),
}
SHORT = {
    At.MORE_WANTED: tr("Wants more"),
    At.PARTIALLY_APPROVED: tr("Partial"),
    At.MODIFIED: tr_for("requests", "Changed"),
    At.NOT_REQUIRED: tr("Not needed"),
}
EXPIRED = (tr("Expired"), Status.NO, Glyph.HOURGLASS)
CHANNELS: dict[Channel, str] = {
    Channel.PORTAL: tr("Portal"),
    Channel.FAX: tr("Fax"),
    Channel.PHONE: tr("Telephone"),
    Channel.MAIL: tr("Mail"),
    Channel.EMAIL: tr("E-mail"),
    Channel.VISIT: tr("In person"),
}
TYPES: dict[RequestType, str] = {
    RequestType.INITIAL: tr("First request"),
    RequestType.EXTENSION: tr("Extension"),
    RequestType.RETRO: tr("After the fact"),
    RequestType.TRANSITION: tr("Carried over from the old plan"),
}


def status_word(row: WorkRow) -> str:
    """Return one or two words for where the request stands."""
    return EXPIRED[0] if row.expired else SHORT.get(row.record.status, tr(WORDS[row.record.status]))


def status_of_row(row: WorkRow) -> Status:
    return EXPIRED[1] if row.expired else STATUS[row.record.status][0]


def glyph_of_row(row: WorkRow) -> Glyph:
    return EXPIRED[2] if row.expired else STATUS[row.record.status][1]


def due_text(row: WorkRow) -> str:
    """Return "11/20 Fri", or a dash when there is no day on which it wants a hand."""
    return f"{row.due:%m/%d} {weekday_of(row.due)}" if row.due else "–"


def owner_text(owner: str) -> str:
    """Return the initials, as the desk signs."""
    return "".join(word[0] for word in owner.split())[:3].upper()


def clock_text(row: WorkRow, today: date) -> str:
    """Return "day 4 of 7", "3 d late", "not sent", "appeal by 04/26", "ends 12/01"."""
    answer, request = row.record.authorization, row.record.request
    if row.clock is not None:
        clock = row.clock
        if clock.late:
            return tr("{late} d late", late=clock.late)
        return (
            tr("late today")
            if row.overdue
            else tr("day {min} of {days}", min=min(clock.passed, clock.days), days=clock.days)
        )
    if row.record.status is At.DRAFT:
        return tr("not sent")
    if row.record.status is At.DENIED:
        return _denied_text(request, today)
    if row.record.status.grants:
        if answer.end is None:
            return tr("no end given")
        day = f"{answer.end:%m/%d}"
        return tr("ended {day}", day=day) if row.expired else tr("ends {day}", day=day)
    if row.age is None:
        return ""
    return (
        tr("level {appeal_level}, day {age}", appeal_level=request.appeal_level, age=row.age)
        if request.appeal_level
        else tr("day {age}", age=row.age)
    )


def _denied_text(request: AuthorizationRequest, today: date) -> str:
    """Return the next way to fight a denial: the call between clinicians where its term ends first and it can help."""
    call = None if request.peer_to_peer in OVERTURNS_NOTHING else request.peer_to_peer_by
    appeal = request.appeal_by
    if call is not None and call >= today and (appeal is None or appeal < today or call <= appeal):
        day = f"{call:%m/%d}"
        return tr("call by {day}", day=day)
    return _appeal_text(appeal, today)


def call_day(request: AuthorizationRequest) -> date | None:
    """Return the last day for the call between clinicians, None where it is not offered."""
    return None if request.peer_to_peer is PeerToPeer.NONE else request.peer_to_peer_by


def _appeal_text(appeal_by: date | None, today: date) -> str:
    if appeal_by is None:
        return tr("appeal day not known")
    return (
        tr("appeal by {appeal_by:%m/%d}", appeal_by=appeal_by)
        if appeal_by >= today
        else tr("appeal ended {appeal_by:%m/%d}", appeal_by=appeal_by)
    )


def days_left(day: date, today: date) -> str:
    """Return "in 12 days", "today", "3 days ago"."""
    left = (day - today).days
    if left == 0:
        return tr("today")
    count = tr_n("{n} day", "{n} days", abs(left))
    return tr("in {count}", count=count) if left > 0 else tr("{count} ago", count=count)


def entry_head(entry: LogEntry) -> str:
    """Return what happened, in one line."""
    channel = CHANNELS[entry.channel] if entry.channel else ""
    if entry.kind is LogKind.MOVE and entry.after is not None:
        return f"{tr(WORDS[entry.after])}, {channel.lower()}" if channel else tr(WORDS[entry.after])
    return entry.text or channel or tr("Looked at")


def entry_rest(entry: LogEntry) -> str:
    """Return what else is known about it: the text of a move, who was spoken with, the reference."""
    text = entry.text if entry.kind is LogKind.MOVE else ""
    channel = CHANNELS[entry.channel] if entry.channel and entry.kind is not LogKind.MOVE and entry.text else ""
    who = tr("spoke with {spoke_with}", spoke_with=entry.spoke_with) if entry.spoke_with else ""
    reference = tr("ref. {reference}", reference=entry.reference) if entry.reference else ""
    return ", ".join(part for part in (text, channel, who, reference) if part)


def entry_when(entry: LogEntry) -> str:
    at = entry.at.astimezone()
    return f"{at:%m/%d} {us_time(at.time())}"


def request_text(row: WorkRow) -> str:
    """Return the request as plain lines for the clipboard."""
    record, patient = row.record, row.patient
    answer, request = record.authorization, record.request
    lines = (
        tr("{name}, born {born}, {mrn}", name=patient.name, born=us_date(patient.born), mrn=patient.mrn),
        f"{row.procedure}, {row.payer}",
        status_word(row)
        + (tr(", authorization {number}", number=answer.number) if answer.number else "")
        + (tr(", payer reference {reference}", reference=request.reference) if request.reference else ""),
        tr(
            "Next: {next_action} {next_step}",
            next_action=us_date(request.next_action, weekday=True),
            next_step=told_again(request.next_step),
        )
        if request.next_action
        else "",
    )
    return "\n".join(line.strip() for line in lines if line)
