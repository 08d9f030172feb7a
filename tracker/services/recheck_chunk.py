"""Visits of some patients with what their answers rest on, read in one transaction: in short, whole where need be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.services.recheck_grounds import Grounds
from tracker.services.recheck_screen import RecheckScreen, worth_keeping
from tracker.storage.coming import Stood
from tracker.storage.coming_chart import ComingChart
from tracker.storage.coming_records import ComingRecords
from tracker.storage.records import Upon
from tracker.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Chunk:
    """`charts` of all in short, `fresh` those that were not kept so yet; `whole` of those that must be judged.

    `same`: by patient the visits that surely stand as they stood.
    """

    stood: dict[str, Stood]
    charts: dict[str, ComingChart]
    fresh: dict[str, tuple[int, ComingChart]]
    same: dict[str, set[str]]
    whole: dict[str, ComingRecords]

    @classmethod
    def read(cls, uow: UnitOfWork, patient_ids: Iterable[str], today: date, screen: RecheckScreen) -> Chunk:
        stood = uow.coming.stood(patient_ids, today)
        charts = uow.coming.charts(stood)
        records = uow.coming.records((owner for owner in stood if owner not in charts), today)
        fresh = {owner: ComingChart.of(each) for owner, each in records.items()}
        charts |= fresh
        same = {owner: screen.as_before(chart, stood[owner].visits) for owner, chart in charts.items()}
        others = [owner for owner in stood if len(same[owner]) < len(stood[owner].visits)]
        records |= uow.coming.records((owner for owner in others if owner not in records), today)
        whole = {owner: records[owner] for owner in others}
        uow.coming.add_authorizations(whole)
        kept = {owner: (stood[owner].revision, each) for owner, each in fresh.items() if worth_keeping(each)}
        return cls(stood, charts, kept, same, whole)

    def upon(self, grounds: Grounds) -> Iterator[Upon]:
        """Yield of each visit what its answer rests on now."""
        for owner, chart in self.charts.items():
            yield from grounds.upon(chart, self.stood[owner].revision)
