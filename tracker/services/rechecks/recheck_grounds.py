"""Whose answers may have changed: those of patients of whom anything was written since they were last judged.

An answer depends on the records of its patient, the clinic's facts, the rules of the payers on file, and the day on
which one asks. Of that day it sees little: whether an approval ends soon, and by when that was done whose day is not
known exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from tracker import __version__
from tracker.domain.procedure import Family
from tracker.domain.windows import ONE_DAY
from tracker.policies.catalog import PolicyCatalog
from tracker.rules.authorizations import next_soon
from tracker.services.answers.charts import DEFAULT_SITE, ClinicFacts
from tracker.storage.coming_chart import ComingChart, basis_parts
from tracker.storage.coming_records import JudgedUpon
from tracker.storage.records import Upon

_BYTES = 16
_FAMILIES = {family.value: family for family in Family}


class Grounds:
    """Of one book, one clinic and one day on which one asks: what answers rest on beside their patient's records."""

    def __init__(self, book: PolicyCatalog, clinic: ClinicFacts, today: date) -> None:
        self.book = book
        self._today = today
        self._written = today.isoformat()
        self._common = blake2b(_common(clinic).encode(), digest_size=_BYTES)
        self._known: dict[str | None, str] = {}

    def hold(self, judged: JudgedUpon) -> bool:
        """Tell whether all that the answer of then rested on is as it was."""
        _, revision, chart, basis, grounds, since, until = judged
        if not revision or chart != revision or grounds != self.of(basis or ""):
            return False
        return (since is None or since <= self._written) and (until is None or self._written < until)

    def of(self, basis: str) -> str:
        """Return what stays the same until the clinic's facts or the rules of these payers and families change."""
        known = self._known.get(basis)
        if known is None:
            known = self._known[basis] = self._digest(basis)
        return known

    def days_matter(self, chart: ComingChart) -> bool:
        """Tell whether the day on which one asks may make a difference."""
        return bool(chart.approvals or chart.spans)

    def upon(self, chart: ComingChart, revision: int) -> Iterator[Upon]:
        """Yield of each coming visit what its answer of today rests on."""
        grounds, (since, until) = self.of(chart.basis), self._days(chart)
        for visit in chart.visits:
            yield Upon(revision, chart.basis, grounds, since, until, visit[1])

    def _digest(self, basis: str) -> str:
        payers, families = basis_parts(basis)
        rules = [self.book.fingerprints.of(payer, _FAMILIES[family]) for payer in payers for family in families]
        upon = self._common.copy()
        upon.update(f"{rules}{sorted(self.book.fingerprints.validities)}".encode())
        return upon.hexdigest()

    def _days(self, chart: ComingChart) -> tuple[str | None, str | None]:
        """Return from when until before when the answers hold; None where no day makes a difference."""
        if not self.days_matter(chart):
            return None, None
        validities, today = self.book.fingerprints.validities, self._today
        days = [next_soon(_day(ends), _day(decided), validities, today) for ends, decided in chart.approvals]
        if chart.open_after(self._written):
            days.append(self._today + ONE_DAY)
        return self._written, min((day.isoformat() for day in days if day is not None), default=None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _common(clinic: ClinicFacts) -> str:
    """Return what every answer rests on; another version of the program may judge otherwise."""
    default = clinic.settings.get(DEFAULT_SITE)
    return repr((__version__, list(clinic.sites.items()), list(clinic.providers.items()), default, clinic.choices))
