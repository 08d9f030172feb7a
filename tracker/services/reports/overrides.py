"""Overrides: visits booked against the answer, by reason, rule and person, and which of them were denied later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.domain.booking import BookingStatus, OverrideReason
from tracker.domain.language import tr
from tracker.domain.rule import Rule
from tracker.rules.sentences import sentence
from tracker.services.days import moments
from tracker.services.pace import Pace
from tracker.services.reports.shape import (
    Asked,
    Bar,
    Cell,
    Chart,
    Found,
    Nothing,
    ReportColumn,
    Row,
    Value,
    back,
    share,
    span,
)
from tracker.services.reports.sources import Sources
from tracker.services.rule_library.denied_rules import Key, rules_by_key
from tracker.services.rule_library.library_views import WRONG_COUNT, Overridden
from tracker.services.rule_library.override_figures import rules_against
from tracker.storage.figures.visits import OverriddenVisit


class Overrides:
    """Counts visits as they stand: one that was moved to a day that fits is no override any more."""

    id = "overrides"
    people = False

    def __init__(self) -> None:
        self.title = tr("Overrides")
        self.about = tr("Visits booked against the answer, by reason, rule and person, and what came of them.")
        self.parameters = span(back(90))
        self._reasons = {
            OverrideReason.PAYER_EXCEPTION: tr("1  Payer approved an exception"),
            OverrideReason.OTHER_SITE: tr("2  Earlier one was elsewhere: count is wrong"),
            OverrideReason.NOT_PERFORMED: tr("3  Earlier one was not performed"),
            OverrideReason.OTHER_PAYER: tr("4  Another payer on that date"),
            OverrideReason.SELF_PAY: tr("5  Patient pays, notice signed"),
            OverrideReason.CLINICIAN_APPEAL: tr("6  Clinician directs, will appeal"),
            OverrideReason.URGENT: tr("7  Urgent, per clinician"),
            OverrideReason.OTHER: tr("8  Other"),
        }

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        pace.tell(0, 1)
        with sources.transactions.reading() as uow:
            visits = uow.figures.visits.overridden(*moments(asked.first, asked.last))
        rows = [*self._by_reason(visits), *self._by_rule(visits, sources), *self._by_person(visits)]
        reasons = [(self._reasons[each], sum(visit.reason is each for visit in visits)) for each in OverrideReason]
        bars = tuple(Bar(label, (count,), f"{count:,}") for label, count in reasons if count)
        total: Row = (tr("Total"), "", *_figures(visits), "")
        return Found(
            self._columns(),
            tuple(rows),
            self._nothing(),
            total,
            Chart(tr("By reason"), (tr("visits"),), bars),
            _notes(),
        )

    def _by_reason(self, visits: Iterable[OverriddenVisit]) -> Iterator[Row]:
        given = list(visits)
        for reason in OverrideReason:
            mine = [visit for visit in given if visit.reason is reason]
            if mine:
                yield tr("Reason"), self._reasons[reason], *_figures(mine), ""

    def _by_rule(self, visits: Iterable[OverriddenVisit], sources: Sources) -> Iterator[Row]:
        known = rules_by_key(sources.rules.catalog.policies)
        found: dict[Key, list[OverriddenVisit]] = {}
        titles: dict[str, str] = {}
        for visit in visits:
            if visit.answer is not None:
                titles |= {ref.id: ref.title for ref in visit.answer.record.policies}
                for key in _named(rules_against(visit.answer), known):
                    found.setdefault(key, []).append(visit)
        for key in sorted(found, key=lambda each: (-len(found[each]), each)):
            yield tr("Rule"), rule_words(key, known, titles), *_figures(found[key]), _doubt(found[key])

    def _by_person(self, visits: Iterable[OverriddenVisit]) -> Iterator[Row]:
        found: dict[str, list[OverriddenVisit]] = {}
        for visit in visits:
            found.setdefault(visit.by, []).append(visit)
        for name in sorted(found, key=lambda each: (-len(found[each]), each)):
            yield tr("Person"), name or tr("not on record"), *_figures(found[name]), ""

    def _columns(self) -> tuple[ReportColumn, ...]:
        return (
            ReportColumn(tr("By"), width=0.7),
            ReportColumn(tr("Which"), width=4.2, strong=True),
            ReportColumn(tr("Overrides"), Cell.COUNT, 0.9),
            ReportColumn(tr("Done since"), Cell.COUNT, 0.9, drops=1),
            ReportColumn(tr("Denied"), Cell.COUNT, 0.8),
            ReportColumn(tr("Denied of done"), Cell.SHARE, 0.9, drops=2),
            ReportColumn(tr("Reasons 2–4"), Cell.SHARE, 0.9, drops=3),
            ReportColumn(tr("Look at"), width=1.4),
        )

    def _nothing(self) -> Nothing:
        return Nothing(tr("No visit was booked against the answer in these days."), tr("Choose an earlier first day."))


def _named(keys: set[Key], known: dict[Key, Rule]) -> set[Key]:
    """Return the rules that stood in the way: a record names rules and policies, and each rule is of one of them."""
    there = {key for key in keys if key in known}
    spoken = {rule for _policy, rule in there}
    return there | {("", rule) for _policy, rule in keys if rule not in spoken}


def rule_words(key: Key, known: dict[Key, Rule], titles: dict[str, str]) -> str:
    """Return "Policy: the rule as a sentence"; a rule that is gone since by its own name."""
    policy, rule = key
    title = titles.get(policy, policy)
    if not rule:
        return tr("{policy}: none of its rules spoke of it", policy=title)
    if key in known:
        return f"{title}: {sentence(known[key])}"
    return tr("{rule}, a rule that is gone since", rule=rule)


def _figures(visits: Iterable[OverriddenVisit]) -> tuple[Value, ...]:
    given = list(visits)
    done = sum(visit.status is BookingStatus.DONE for visit in given)
    denied = sum(visit.denied for visit in given)
    wrong = sum(visit.reason in WRONG_COUNT for visit in given)
    return len(given), done, denied, share(denied, done), share(wrong, len(given))


def _doubt(visits: Iterable[OverriddenVisit]) -> str:
    reasons = [visit.reason for visit in visits]
    counted = Overridden({reason: reasons.count(reason) for reason in set(reasons)})
    return tr("Rule or data is wrong") if counted.suspect else ""


def _notes() -> tuple[str, ...]:
    return (
        tr("One override may go against several rules; it is counted at each of them, once at its reason and person."),
        tr("“Rule or data is wrong”: booked against it twice or more, and more than half of the reasons say so (2–4)."),
    )
