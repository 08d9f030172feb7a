"""Claim denials by rule: what we had said was allowed, and the payer denied."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.services.pace import Pace
from tracker.services.reports.overrides import rule_words
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, ReportColumn, Row, back, span
from tracker.services.reports.sources import Sources
from tracker.services.rule_library.denied_rules import DeniedByRule, rules_by_key


class DeniedClaims:
    """By the day of the denial; of visits that were booked here, whose answer is on record."""

    id = "denied-claims"
    people = False

    def __init__(self) -> None:
        self.title = tr("Claim denials by rule")
        self.about = tr("Claims that were denied, by the rule that had answered: said allowed, was denied.")
        self.parameters = span(back(365))

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        pace.tell(0, 1)
        found = sources.denials.denied_by_rule(asked.first, asked.last)
        policies = sources.rules.catalog.policies
        known, titles = rules_by_key(policies), {policy.id: policy.title for policy in policies}
        order = sorted(found, key=lambda each: (-found[each].said_allowed, -found[each].count, each))
        rows = tuple((rule_words(key, known, titles), *_figures(found[key])) for key in order)
        bars = tuple(
            Bar(rule_words(key, known, titles), (float(found[key].said_allowed), float(found[key].warned)),
                tr("{part} of {whole} had been allowed", part=found[key].said_allowed, whole=found[key].count))
            for key in order
        )  # fmt: skip
        chart = Chart(tr("Denied claims"), (tr("had been allowed"), tr("had been flagged")), bars)
        return Found(_columns(), rows, _nothing(), None, chart, _notes())


def _figures(found: DeniedByRule) -> Row:
    return (
        found.count,
        found.said_allowed,
        found.warned,
        ", ".join(sorted(found.codes)),
        found.cents or None,
        found.last,
    )


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("Rule"), width=4.4, strong=True),
        ReportColumn(tr("Denied"), Cell.COUNT, 0.8),
        ReportColumn(tr("Said allowed"), Cell.COUNT, 0.9),
        ReportColumn(tr("Had flagged"), Cell.COUNT, 0.9),
        ReportColumn(tr("Codes"), width=1.1, drops=3),
        ReportColumn(tr("Amount entered"), Cell.MONEY, 1.2, drops=1),
        ReportColumn(tr("Last"), Cell.DAY, 1.1, drops=2),
    )


def _notes() -> tuple[str, ...]:
    return (
        tr("A denial counts at each rule that had spoken of what it is about, so the rows do not add up to a total. "
           "Amounts are those entered with the denial."),
    )  # fmt: skip


def _nothing() -> Nothing:
    return Nothing(
        tr("No claim of a visit that was booked here was denied in these days."),
        tr("Denied claims are recorded on the patient's page. Or choose an earlier first day."),
    )
