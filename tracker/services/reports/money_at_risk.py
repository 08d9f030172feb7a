"""Money at risk: denied claims and doubtful visits in dollars, for comparison only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.domain.fees import ReportedRange
from tracker.domain.language import tr
from tracker.services.desk.money import NOT_FOR_BILLING, UNRELIABLE, Basis, Risk, RiskItem, dollars
from tracker.services.pace import Pace
from tracker.services.reports.shape import Asked, Bar, Cell, Chart, Found, Nothing, Parameter, ReportColumn, Row
from tracker.services.reports.sources import Sources


class MoneyAtRisk:
    """As the file stands today: the claim's own amount before the contract's, that before Medicare's national one."""

    id = "money-at-risk"
    people = False
    parameters: tuple[Parameter, ...] = ()

    def __init__(self) -> None:
        self.title = tr("Money at risk")
        self.about = tr("What denied claims, held visits and visits booked against the answer are worth.")
        self._risks = {
            Risk.DENIED: tr("Claims denied"),
            Risk.HELD: tr("Visits held for an approval"),
            Risk.OVERRIDDEN: tr("Visits against the answer"),
        }
        self._bases = {
            Basis.CLAIM: tr("the claim"),
            Basis.CONTRACT: tr("the clinic's contract"),
            Basis.MEDICARE: tr("Medicare, national"),
            Basis.UNKNOWN: tr("no figure"),
        }

    def make(self, sources: Sources, asked: Asked, pace: Pace) -> Found:
        pace.tell(0, 1)
        items = sources.money.items_at_risk()
        found: dict[tuple[Risk, str, Basis], list[RiskItem]] = {}
        for item in items:
            payer = sources.payers.name(item.payer) or tr("not on record")
            found.setdefault((item.risk, payer, item.worth.basis), []).append(item)
        order = sorted(found, key=lambda key: (list(Risk).index(key[0]), key[1].casefold(), list(Basis).index(key[2])))
        rows = tuple((self._risks[key[0]], key[1], self._bases[key[2]], *_figures(found[key])) for key in order)
        total: Row | None = (tr("Total"), "", "", *_figures(items)) if items else None
        return Found(_columns(), rows, _nothing(), total, self._chart(items), tuple(_notes(sources)))

    def _chart(self, items: Iterable[RiskItem]) -> Chart:
        given = list(items)
        sums = {risk: sum(item.worth.cents for item in given if item.risk is risk) for risk in Risk}
        bars = tuple(Bar(self._risks[risk], (sums[risk] / 100,), dollars(sums[risk])) for risk in Risk)
        return Chart(tr("Dollars at risk"), (tr("dollars"),), bars)


def _figures(items: Iterable[RiskItem]) -> tuple[int, int, int]:
    given = list(items)
    unpriced = sum(item.worth.basis is Basis.UNKNOWN or bool(item.worth.without) for item in given)
    return len(given), sum(item.worth.cents for item in given), unpriced


def _columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(tr("What"), width=2.2, strong=True),
        ReportColumn(tr("Payer"), width=2.2),
        ReportColumn(tr("Figure from"), width=1.8),
        ReportColumn(tr("How many"), Cell.COUNT, 0.9),
        ReportColumn(tr("Amount"), Cell.MONEY, 1.2),
        ReportColumn(tr("Without a figure"), Cell.COUNT, 1.2, drops=1),
    )


def _notes(sources: Sources) -> Iterator[str]:
    yield tr(NOT_FOR_BILLING)
    yield tr("Medicare's figures are national amounts: units times the year's factor, without the locality. Contracted "
             "amounts are used where the clinic has entered them. “Without a figure” counts what has no amount for one "
             "of its codes; it is in no sum, or in part.")  # fmt: skip
    ranges = "; ".join(map(_range_words, sources.money.reported()))
    if ranges:
        yield f"{tr(UNRELIABLE)} {ranges}."


def _range_words(each: ReportedRange) -> str:
    amount = f"${each.low:,}" if each.low == each.high else f"${each.low:,}–{each.high:,}"
    return f"{each.state} {amount} {each.per}".strip()


def _nothing() -> Nothing:
    return Nothing(
        tr("Nothing is at risk: no denied claim, no held visit, no visit against the answer."),
        tr("Denied claims are recorded on the patient's page."),
    )
