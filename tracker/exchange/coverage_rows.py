"""The layout of coverage lists."""

from __future__ import annotations

from tracker.domain.coverage import Coverage
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.exchange.cell_values import parse_day, parse_last_day, parse_yes, shown
from tracker.exchange.columns import Cells, Column, Layout
from tracker.exchange.formats import CoverageRow, Vocabulary, folded
from tracker.exchange.patient_rows import MRN, check_order, read_mrn

_ORDERS = {"1": 1, "primary": 1, "first": 1, "p": 1, "2": 2, "secondary": 2, "second": 2, "s": 2, "3": 3, "tertiary": 3}


def _read(cells: Cells, vocabulary: Vocabulary) -> CoverageRow | None:
    mrn = read_mrn(cells)
    payer = read_payer(cells, vocabulary)
    plan, member = cells.text("plan"), cells.text("member_id")
    start, end = cells.parsed("from", parse_day), cells.parsed("to", parse_last_day)
    check_order(cells, "to", start, end)
    order = cells.parsed("order", _parse_order) or 1
    needed = cells.parsed("authorization_required", parse_yes)
    if cells.refused or payer is None:
        return None
    return CoverageRow(cells.line, mrn, Coverage(payer, plan, start, end, order, needed, member))


def read_payer(cells: Cells, vocabulary: Vocabulary) -> str | None:
    """Return the payer's id; a payer that no rule file knows is kept as written, and told."""
    text = cells.text("payer")
    if not text:
        return None
    known = vocabulary.payers.get(folded(text))
    if known is None:
        cells.remark(
            "payer", tr("{cell} is not among the payers with rules, and was kept as written", cell=shown(text))
        )
    return known or text


def _parse_order(text: str) -> int:
    found = _ORDERS.get(text.casefold())
    if found is None:
        raise InvalidEntryError(
            tr("{cell} is no place in the order.", cell=shown(text)), "", tr("Write 1, 2 or 3."), text
        )
    return found


COVERAGE = Layout(
    "coverage",
    (
        MRN,
        Column("payer", ("payer_name", "insurance", "insurance_company", "carrier", "insurer"), required=True),
        Column("plan", ("plan_name", "product")),
        Column("member_id", ("member", "subscriber_id", "policy_number", "insurance_id", "member_number")),
        Column("from", ("start", "start_date", "effective_date", "effective_from", "effective", "from_date")),
        Column("to", ("end", "end_date", "termination_date", "term_date", "effective_to", "to_date", "terminated")),
        Column("order", ("rank", "priority", "coverage_order", "cob")),
        Column("authorization_required", ("auth_required", "prior_auth", "prior_authorization", "pa_required")),
    ),
    _read,
)
