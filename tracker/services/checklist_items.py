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
from tracker.domain.us_dates import us_date
from tracker.domain.windows import rolling_months
from tracker.services.checklist_facts import ChecklistFacts
from tracker.services.checklist_labels import label_of
from tracker.services.checklist_results import result_rows
from tracker.services.conservative_care import care_text

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

_OF_EACH_PAGE = "identifiers"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def rows_of(item: ChecklistItem, facts: ChecklistFacts) -> tuple[ChecklistRow, ...]:
    """Return the lines of one item; none where it is about a request that does not exist yet."""
    asked = item.satisfied_by
    if item.id in IN_REQUEST:
        return (_in_request(item, facts),) if facts.record else ()
    if asked.of in (LookedUp.CARE, LookedUp.CARE_NOW):
        return (_care(item, facts),)
    if asked.proof is Proof.RESULT:
        return result_rows(item, facts)
    if asked.proof is Proof.COUNT:
        return (_count(item, facts),)
    return (_paper_or_word(item, facts),)


# What the request itself says


def _in_request(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    found = _FIELDS[item.id](facts)
    if not found:
        return ChecklistRow(item, label_of(item), ItemState.MISSING, "not in the request")
    return ChecklistRow(item, label_of(item), ItemState.PRESENT, found, Origin.REQUEST)


def _codes(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    return " ".join(line.code for line in request.asked) if request and (request.targets or request.asked) else ""


def _diagnoses(facts: ChecklistFacts) -> str:
    return " ".join(facts.record.request.diagnoses) if facts.record else ""


def _who_and_where(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    if request is None or not request.rendering_provider_id or request.site_id not in facts.chart.clinic.sites:
        return ""
    site = facts.chart.clinic.sites[request.site_id]
    return f"{facts.chart.clinic.provider_short(request.rendering_provider_id)}, {site.name}"


def _days(facts: ChecklistFacts) -> str:
    request = facts.record.request if facts.record else None
    if request is None:
        return ""
    if request.wanted_from and request.wanted_to:
        return f"{us_date(request.wanted_from)} to {us_date(request.wanted_to)}"
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
    detail = f"{len(days)} since {us_date(window.start)}"
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
        return ChecklistRow(item, label_of(item), ItemState.MISSING, "none in the care log")
    detail, state = _care_state(item, facts, care, last)
    return ChecklistRow(item, label_of(item), state, detail, Origin.CARE, last.end or last.start)


def _care_state(
    item: ChecklistItem, facts: ChecklistFacts, care: list[ConservativeCare], last: ConservativeCare
) -> tuple[str, ItemState]:
    day, lasting = facts.ask.day, item.satisfied_by.lasting
    days = care_days(care, day)
    told = f"{care_text(last)}, {days // DAYS_A_WEEK} weeks in all" if len(care) > 1 else care_text(last)
    if lasting is not None and days < days_of(lasting, day):
        return f"{days // DAYS_A_WEEK} weeks on file, {lasting.text} are asked", ItemState.SHORT
    if not any(each.result for each in care):
        return f"{told}, no result noted", ItemState.SHORT
    return told, ItemState.PRESENT


# Papers, and what only a person can tell


def _paper_or_word(item: ChecklistItem, facts: ChecklistFacts) -> ChecklistRow:
    text, mark, paper = label_of(item), facts.marks.get(item.id), _paper(item, facts)
    if paper is not None and not _too_old(item, facts, paper):
        detail = f"{paper.title}, {us_date(_day_of(paper))}"
        return ChecklistRow(item, text, ItemState.PRESENT, detail, Origin.DOCUMENT, _day_of(paper), tickable=True)
    if mark is not None:
        return _marked(item, text, mark)
    if paper is not None and item.satisfied_by.within is not None:
        detail = f"of {us_date(_day_of(paper))}, older than {item.satisfied_by.within.text}"
        return ChecklistRow(item, text, ItemState.SHORT, detail, Origin.DOCUMENT, _day_of(paper), tickable=True)
    wanted = item.satisfied_by.proof is Proof.DOCUMENT and item.id != _OF_EACH_PAGE and not item.only_if
    return ChecklistRow(item, text, ItemState.MISSING if wanted else ItemState.TICK, tickable=True)


def _marked(item: ChecklistItem, text: str, mark: ChecklistMark) -> ChecklistRow:
    detail = ", ".join(part for part in (mark.note, us_date(mark.dated) if mark.dated else "") if part)
    figure, least = _FIGURE.search(mark.note), item.satisfied_by.at_least
    state = ItemState.PRESENT
    if item.satisfied_by.proof is Proof.SCORE and least is not None and figure and float(figure[0]) < least:
        state, detail = ItemState.SHORT, f"{detail}, {least:g} {item.satisfied_by.unit} or more is asked"
    by = detail or f"by {mark.marked_by}"
    return ChecklistRow(item, text, state, by, Origin.PERSON, mark.dated, mark_id=mark.id, tickable=True)


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
