"""What the detail panel says about a request, line by line; a pair carries its tone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationKind, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest, PeerToPeer, RequestType
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.words.retelling import told_again
from tracker.services.words.wording import event_text, us_time
from tracker.ui.worklist.decision_strips import CALLS
from tracker.ui.worklist.work_words import CHANNELS, TYPES, call_day, days_left

if TYPE_CHECKING:
    from tracker.domain.booking import Booking
    from tracker.services.authorizations.work_rows import WorkRow
    from tracker.services.authorizations.worklist import WorkDetail

Line = str | tuple[str, str]
PROGRAMMES = {
    AuthorizationKind.MEDICARE_OPD: tr("Medicare, hospital outpatient program"),
    AuthorizationKind.WISER: tr("Medicare, WISeR"),
}
MOST_VISITS = 3


def head_lines(row: WorkRow, detail: WorkDetail | None = None) -> list[Line]:
    """Return what was asked, by whom, of whom, under which numbers."""
    answer, request = row.record.authorization, row.record.request
    wanted = _span(tr("wanted"), request.wanted_from, request.wanted_to)
    member = f" {detail.member}" if detail and detail.member else ""
    where = ", ".join(part for part in (detail.provider, detail.site) if part) if detail else ""
    sent = tr(" by {CHANNELS}", CHANNELS=CHANNELS[request.channel].lower()) if request.channel else ""
    kind = TYPES[request.type] if request.type is not RequestType.INITIAL else ""
    replaces = tr("{kind} of {replaces}", kind=kind, replaces=request.replaces) if request.replaces else kind
    programme = PROGRAMMES.get(answer.kind, "")
    numbers = (
        tr("Authorization {number}", number=answer.number) if answer.number else "",
        tr("payer reference {reference}", reference=request.reference) if request.reference else "",
    )
    approved = _span(tr("good"), answer.start, answer.end) if row.record.status.grants else ""
    return [
        (", ".join(part for part in (row.procedure, wanted) if part), "ink"),
        ", ".join(part for part in (where, f"{row.payer}{member}") if part),
        ", ".join(part for part in (replaces, programme, tr("urgent") if request.expedited else "") if part),
        _begun(", ".join(part for part in (*numbers, approved) if part)),
        tr("Sent {submitted}{sent}", submitted=us_date(answer.submitted, weekday=True), sent=sent)
        if answer.submitted
        else "",
        request.note,
    ]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _span(word: str, first: date | None, last: date | None) -> str:
    if first and last:
        return tr("{word} {first} to {last}", word=word, first=us_date(first), last=us_date(last))
    return (
        tr("{word} from {first}", word=word, first=us_date(first))
        if first
        else tr("{word} to {last}", word=word, last=us_date(last))
        if last
        else ""
    )


def denial_lines(row: WorkRow, today: date) -> list[Line]:
    """Return why it was denied and which ways are left until when; nothing when it was not."""
    request = row.record.request
    if row.record.status not in (AuthorizationStatus.DENIED, AuthorizationStatus.APPEALED):
        return []
    appeal, call = request.appeal_by, _call_line(request, today)
    level = (
        tr("Appeal, level {appeal_level}, is under way", appeal_level=request.appeal_level)
        if request.appeal_level
        else ""
    )
    appealed = row.record.status is AuthorizationStatus.APPEALED
    by = (
        tr("Appeal by {appeal}, {days_left}", appeal=us_date(appeal, weekday=True), days_left=days_left(appeal, today))
        if appeal and not appealed
        else ""
    )
    return [
        (" ".join(part for part in (request.denial_code, request.denial_text) if part), "ink"),
        level,
        (by, "no") if appeal and appeal < today else by,
        "" if appealed else call,
    ]


def _call_line(request: AuthorizationRequest, today: date) -> Line:
    """Return what the call between clinicians can do and until when, "" where nothing is known of it."""
    effect, last = request.peer_to_peer, call_day(request)
    if effect is PeerToPeer.NONE:
        return tr("Call between clinicians: not offered")
    what = "" if effect is PeerToPeer.UNKNOWN else f" {CALLS[effect]}"
    if last is None:
        return tr("Call between clinicians{what}", what=what) if what else ""
    told = tr("Call between clinicians{what}, by {day}, {left}",
              what=what, day=us_date(last, weekday=True), left=days_left(last, today))  # fmt: skip
    return (told, "no") if last < today else told


def next_lines(row: WorkRow, today: date) -> list[Line]:
    """Return what is to be done next, and when."""
    request = row.record.request
    if request.next_action is None:
        return []
    when = f"{us_date(request.next_action, weekday=True)}, {days_left(request.next_action, today)}"
    return [(when, "no" if row.late else "ink"), told_again(request.next_step)]


def visit_lines(detail: WorkDetail) -> list[Line]:
    """Return the visits to come of the same procedure."""
    shown = [visit_line(each) for each in detail.visits[:MOST_VISITS]]
    more = len(detail.visits) - len(shown)
    return [*shown, tr("and {more} more", more=more) if more > 0 else ""]


def visit_line(visit: Booking) -> str:
    """Return day, time and procedure of a visit, and whether it is on hold."""
    starts = f" {us_time(visit.starts)}" if visit.starts else ""
    held = tr(", on hold") if visit.status.value == "held" else ""
    return f"{us_date(visit.day, weekday=True)}{starts}  {event_text(visit.event)}{held}"
