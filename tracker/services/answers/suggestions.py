"""The alternatives to a request that one would think of at the desk, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.domain.anatomy import Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.coverage import Coverage
from tracker.domain.procedure import ProcedureChoice, Sites
from tracker.domain.verdict import Verdict
from tracker.services.answers.charts import Chart
from tracker.services.answers.what_if_facts import WhatIf, choice_of

_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def suggested(
    request: BookingRequest,
    chart: Chart,
    choices: tuple[ProcedureChoice, ...],
    present: Verdict | None,
    first: date | None,
    self_pay: str,
) -> Iterator[WhatIf]:
    """Yield the first day, the other side, other payers, other approaches and other sites of the clinic.

    `present` is the answer as asked, None where there is none; `first` the first day that can be offered under it;
    `self_pay` the payer that stands for the patient.
    """
    if first is not None and first > request.day:
        yield WhatIf(day=first)
    yield from _sides(request)
    yield from _payers(request, chart, chart.coverage(request) if present else None, self_pay)
    yield from _approaches(request, choices)
    usual = request.site_id or _usual_site(chart)
    yield from (WhatIf(site_id=site) for site in chart.clinic.sites if site != usual)


def _sides(request: BookingRequest) -> Iterator[WhatIf]:
    sides = {target.side for target in request.targets}
    if sides == {Side.BOTH}:
        yield from (WhatIf(side=Side.LEFT), WhatIf(side=Side.RIGHT))
    elif len(sides) == 1 and sides <= _OTHER.keys():
        yield from (WhatIf(side=_OTHER[sides.pop()]), WhatIf(side=Side.BOTH))
    elif sides & _OTHER.keys():
        swapped = tuple(Target(each.level, _OTHER.get(each.side, each.side)) for each in request.targets)
        yield WhatIf(sites=Sites(swapped))


def _payers(request: BookingRequest, chart: Chart, present: Coverage | None, self_pay: str) -> Iterator[WhatIf]:
    """Yield the patient's other coverages of that day, and the patient as payer where none of them is that."""
    in_force = [each for each in chart.coverages if each.in_force(request.day)]
    yield from (WhatIf(coverage_id=each.id) for each in in_force if each != present)
    if not any(each.payer == self_pay for each in in_force):
        yield WhatIf(self_pay=True)


def _approaches(request: BookingRequest, choices: tuple[ProcedureChoice, ...]) -> Iterator[WhatIf]:
    """Yield other ways to do the same for the same reason; where those need a side and none is known, each side."""
    present = choice_of(request, WhatIf(), choices)
    for choice in choices:
        same = (choice.family, choice.intent) == (request.family, request.intent)
        if not same or choice.approach in (None, request.approach):
            continue
        if choice.targets.sided and present is not None and not present.targets.sided:
            yield from (WhatIf(approach=choice.approach, side=side) for side in _OTHER)
        else:
            yield WhatIf(approach=choice.approach)


def _usual_site(chart: Chart) -> str:
    return chart.clinic.site("").id if chart.clinic.sites else ""
