"""Visits of some patients with what their answers rest on, read in one transaction: in short, whole where need be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from tracker.services.rechecks.recheck_grounds import Grounds
from tracker.services.rechecks.recheck_screen import RecheckScreen, worth_keeping
from tracker.storage.coming_chart import ComingChart, Stood
from tracker.storage.coming_records import ComingRecords
from tracker.storage.records import Upon
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Chunk:
    """`stood`: how visits stood, by patient. `upon`: what the answers about them rest on now.

    `grounds_only`: by basis those, with their revision, of which nothing but the grounds may be others.
    `same`: by patient the visits that surely stand as they stood; `whole`: the records of those who have others.
    `fresh`: records in short that were not kept so yet, with their revision.
    """

    stood: dict[str, Stood]
    upon: list[Upon] = field(default_factory=list)
    grounds_only: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    same: dict[str, set[str]] = field(default_factory=dict)
    whole: dict[str, ComingRecords] = field(default_factory=dict)
    fresh: dict[str, tuple[int, ComingChart]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, uow: UnitOfWork, patient_ids: Iterable[str], today: date, screen: RecheckScreen, grounds: Grounds
    ) -> Chunk:
        chunk = cls(uow.coming.stood(patient_ids, today))
        charts = {owner: stood.chart for owner, stood in chunk.stood.items() if stood.chart is not None}
        screen.learn(uow.coming.kinds(screen.unknown(chain.from_iterable(chart.kinds for chart in charts.values()))))
        for owner, chart in charts.items():
            chunk._look_at(owner, chart, screen, grounds)
        unread = [owner for owner in chunk.stood if owner not in charts]
        records = uow.coming.records([*unread, *chunk.same], today)
        for owner in unread:
            chart = ComingChart.of(records[owner])
            if worth_keeping(chart):
                chunk.fresh[owner] = chunk.stood[owner].revision, chart
            chunk._look_at(owner, chart, screen, grounds)
        chunk.whole = {owner: records[owner] for owner in chunk.same}
        uow.coming.add_authorizations(chunk.whole)
        return chunk

    def _look_at(self, owner: str, chart: ComingChart, screen: RecheckScreen, grounds: Grounds) -> None:
        stood = self.stood[owner]
        if stood.former or grounds.days_matter(chart):
            self.upon += grounds.upon(chart, stood.revision)
        else:
            judged, revision = self.grounds_only[chart.basis], stood.revision
            for visit in stood.visits:
                judged[visit] = revision
        same = screen.as_before(chart, stood.visits)
        if len(same) < len(stood.visits):
            self.same[owner] = same
