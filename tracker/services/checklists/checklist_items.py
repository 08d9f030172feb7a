"""Lines of a checklist that the history does not answer: care, papers, the request's own fields, a person's word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.domain.care_span import begins, care_days, days_of, longest_care
from tracker.domain.checklist import ChecklistItem, LookedUp, Proof
from tracker.domain.checklist_state import ChecklistRow, ItemState, Origin
from tracker.domain.clinical_record import ChecklistMark, ConservativeCare, Document, DocumentKind
from tracker.domain.event import EventStatus
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.domain.windows import rolling_months
from tracker.services.authorizations.request_facts import provider_of, site_of
from tracker.services.checklists.checklist_facts import ChecklistFacts
from tracker.services.checklists.checklist_labels import label_of
from tracker.services.checklists.checklist_results import result_rows
from tracker.services.patients.conservative_care import care_text

DAYS_A_WEEK = 7
IN_REQUEST = ("procedure-named", "diagnosis", "provider-and-site", "planned-dates")
"""Items that the request's own fields meet; without a request there is nothing to look at."""

KINDS = {
    "visit-note": DocumentKind.VISIT_NOTE,
    "procedure-note": DocumentKind.PROCEDURE_NOTE,
    "imaging-report": DocumentKind.IMAGING,
    "other-causes-imaging": DocumentKind.IMAGING,
}
"""Papers that meet an item by what they are, whatever they are attached as."""

OF_EACH_PAGE = "identifiers"
"""Met by a packet by itself; on other ways somebody has to look."""

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def rows_of(item: ChecklistItem, facts: ChecklistFacts) -> tuple[ChecklistRow, ...]:
    """Return the lines of one item; none where it is about a request that does not exist yet."""
    asked = item.satisfied_by
    if item.id in IN_REQUEST:
        return (_in_request(item, facts),) if facts.record else ()
    if asked.of in (LookedUp.CARE, LookedUp.CARE_NOW):
        return _or_paper(item, facts, (_care(item, facts),))
    if asked.proof is Proof.RESULT:
        return _or_paper(item, facts, result_rows(item, facts))
    if asked.proof is Proof.COUNT:
        return (_count(item, facts),)
    return (_paper_or_word(item, facts),)


# What the request itself says


def _in_request(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    found = _FIELDS[item.id](facts)
    if not found:
        return ChecklistRow(item, label_of(item), ItemState.MISSING, wanted=tr("not in the request"))
    return ChecklistRow(item, label_of(item), ItemState.PRESENT, found, Origin.REQUEST)


def _codes(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    return " ".join(line.code for line in request.asked) if request and (request.targets or request.asked) else ""


def _diagnoses(facts: ChecklistFacts) -> str:
    return " ".join(facts.record.request.diagnoses) if facts.record else ""


def _who_and_where(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    if request is None:
        return ""
    who = provider_of(facts.chart, request.rendering_provider_id, request.rendering_outside)
    site = site_of(facts.chart, request)
    return f"{who.short}, {site.name}" if who and site else ""


def _days(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    if request is None:
        return ""
    if request.wanted_from and request.wanted_to:
        return tr("{first} to {last}", first=us_date(request.wanted_from), last=us_date(request.wanted_to))
    day = request.planned_for or request.wanted_from
    return us_date(day) if day else ""


_FIELDS: dict[str, Callable[[ChecklistFacts], str]] = dict(
    zip(IN_REQUEST, (_codes, _diagnoses, _who_and_where, _days), strict=True)
)

# What the logs say


def _count(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    """The sessions of the family in the twelve months before; the payer's own window stands in the answer."""
    window = rolling_months(facts.ask.day, 12)
    days = {
        entry.event.when.first
        for entry in facts.chart.entries
        if entry.event.family is facts.ask.family
        and entry.event.status is EventStatus.PERFORMED
        and entry.event.when.last in window
    }
    detail = tr("{count} since {day}", count=len(days), day=us_date(window.start))
    return ChecklistRow(item, label_of(item), ItemState.PRESENT, detail, Origin.HISTORY)


def _care(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    asked, day = item.satisfied_by, facts.ask.day
    care = [each for each in facts.care if each.start < day]
    if asked.of is LookedUp.CARE_NOW:
        care = [each for each in care if each.end is None or each.end >= day]
    if asked.within is not None:
        first = begins(asked.within, day)
        care = [replace(each, start=max(each.start, first)) for each in care if each.end is None or each.end >= first]
    last = longest_care(care, day)
    if last is None:
        return ChecklistRow(item, label_of(item), ItemState.MISSING, wanted=tr("none in the care log"))
    days = care_days(care, day)
    told = _care_told(care_text(last), days // DAYS_A_WEEK, len(care) > 1, asked.lasting is not None)
    wanted = _care_lacks(item, facts, care, days)
    state = ItemState.SHORT if wanted else ItemState.PRESENT
    return ChecklistRow(item, label_of(item), state, told, Origin.CARE, last.end or last.start, wanted=wanted)


def _care_told(last: str, weeks: int, several: bool, lasting_asked: bool) -> str:
    """Return the last treatment and for how many weeks care went on, where that says more than its days."""
    if several:
        return tr_n("{care}, {n} week in all", "{care}, {n} weeks in all", weeks, care=last)
    return tr_n("{care}, {n} week", "{care}, {n} weeks", weeks, care=last) if lasting_asked else last


def _care_lacks(item: ChecklistItem, facts: ChecklistFacts, care: list[ConservativeCare], days: int) -> str:
    lasting = item.satisfied_by.lasting
    if lasting is not None and days < days_of(lasting, facts.ask.day):
        return tr("{span} are asked", span=lasting.words)
    return "" if any(each.result for each in care) else tr("no result noted")


# Papers, and what only a person can tell


def _paper_or_word(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    text, mark, paper = label_of(item), facts.marks.get(item.id), _paper(item, facts)
    if paper is not None and not _too_old(item, facts, paper):
        detail = f"{paper.title}, {us_date(_day_of(paper))}"
        return ChecklistRow(item, text, ItemState.PRESENT, detail, Origin.DOCUMENT, _day_of(paper), tickable=True)
    if mark is not None:
        return _marked(item, text, mark)
    if paper is not None and item.satisfied_by.within is not None:
        detail = tr("of {day}", day=us_date(_day_of(paper)))
        wanted = tr("older than {span}", span=item.satisfied_by.within.words)
        day = _day_of(paper)
        return ChecklistRow(item, text, ItemState.SHORT, detail, Origin.DOCUMENT, day, tickable=True, wanted=wanted)
    is_paper = item.satisfied_by.proof is Proof.DOCUMENT and item.id != OF_EACH_PAGE and not item.only_if
    return ChecklistRow(item, text, ItemState.MISSING if is_paper else ItemState.TICK, tickable=True)


def _or_paper(item: ChecklistItem, facts: ChecklistFacts, rows: tuple[ChecklistRow, ...]) -> tuple[ChecklistRow, ...]:
    """Let a paper that was attached to the item say what is missing in the file."""
    paper = _paper(item, facts)
    if paper is None or all(row.state is not ItemState.MISSING for row in rows):
        return rows
    detail = f"{paper.title}, {us_date(_day_of(paper))}"
    answer = ChecklistRow(item, label_of(item), ItemState.PRESENT, detail, Origin.DOCUMENT, _day_of(paper))
    return (*(row for row in rows if row.state is not ItemState.MISSING), answer)


def _marked(item: ChecklistItem, text: str, mark: ChecklistMark) -> ChecklistRow:
    said = ", ".join(part for part in (mark.note, us_date(mark.dated) if mark.dated else "") if part)
    detail, wanted = said or tr("by {user}", user=mark.marked_by), ""
    figure, least = _FIGURE.search(mark.note), item.satisfied_by.at_least
    if item.satisfied_by.proof is Proof.SCORE and least is not None and figure and float(figure[0]) < least:
        wanted = tr("{least:g} {unit} or more is asked", least=least, unit=item.satisfied_by.unit)
    state = ItemState.SHORT if wanted else ItemState.PRESENT
    return ChecklistRow(
        item, text, state, detail, Origin.PERSON, mark.dated, mark_id=mark.id, tickable=True, wanted=wanted
    )


def _paper(item: ChecklistItem, facts: ChecklistFacts) -> Document | None:
    """Return the newest paper that meets the item, of this request or of none."""
    mine = ("", facts.record.id) if facts.record else ("",)
    fitting = [
        paper
        for paper in facts.papers
        if paper.authorization_id in mine
        and (paper.item == item.id or (not paper.item and item.id in KINDS and paper.kind is KINDS[item.id]))
    ]
    return max(fitting, key=lambda paper: (_day_of(paper), paper.id), default=None)


def _too_old(item: ChecklistItem, facts: ChecklistFacts, paper: Document) -> bool:
    within = item.satisfied_by.within
    return within is not None and _day_of(paper) < begins(within, facts.ask.day)


def _day_of(paper: Document) -> date:
    """Return the paper's own day, or the one on which it came."""
    return paper.dated or (paper.added_at.date() if paper.added_at else date.min)
