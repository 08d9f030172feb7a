"""The visits that were booked against a rule, and those whose claims were denied after it had answered."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.rule_library.library_views import Place
from tracker.services.rule_library.rule_visits import RuleVisit
from tracker.services.words.retelling import told_again
from tracker.services.words.wording import event_text
from tracker.ui.dialogs.people_dialog import PeopleDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.rules.rule_words import REASONS

_COLUMNS: tuple[Column[RuleVisit], ...] = (
    Column(tr("Day"), lambda each: each.booking.day, lambda each: us_date(each.booking.day)),
    Column(tr("Patient"), lambda each: each.patient.name, strong=True, fit=170, least=120),
    Column(tr("Born"), lambda each: each.patient.born, lambda each: us_date(each.patient.born), fit=100, below=True),
    Column(tr("Procedure"), lambda each: event_text(each.booking.event), fit=200, least=110, drops=1),
    Column(tr("We had said"), lambda each: _said(each), fit=170, least=110),
    Column(tr("What came of it"), lambda each: came_of(each), fit=260, least=150),
)


def came_of(visit: RuleVisit) -> str:
    """Return why it was booked against the rule, and how its claims were denied."""
    booked = tr("booked against: {reason}", reason=REASONS[visit.reason]) if visit.reason else ""
    denied = [tr("denied {day}, {code}", day=us_date(each.denied_on), code=_code(each)) for each in visit.denials]
    return "; ".join(filter(None, (booked, *denied)))


def visits_dialog(place: Place, lead: str, visits: Iterable[RuleVisit], parent: QWidget) -> PeopleDialog:
    """Return the list of these visits, over the page; `lead` says what they have in common."""
    return PeopleDialog(
        tr("Visits behind the figures"), _COLUMNS, visits, parent,
        beside=place.label, lead=lead, help_place="rules#visits-behind-the-figures",
    )  # fmt: skip


def _code(denial: ClaimDenial) -> str:
    return " ".join(filter(None, (denial.reason_code, denial.remark_code)))


def _said(visit: RuleVisit) -> str:
    return told_again(visit.booking.verdict.headline) if visit.booking.verdict else ""
