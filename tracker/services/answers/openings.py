"""When could it be: the days of a month for one request, and the next days that meet the limits."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.booking import BookingRequest
from tracker.domain.clinic_days import ClinicDays
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.verdict import Outcome, Source
from tracker.domain.windows import ONE_DAY
from tracker.services.answers.charts import Chart
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.clinic_days import clinic_days, closed_because
from tracker.services.transactions import Transactions
from tracker.services.words import wording

AT_ONCE = 10
"""So many openings are told at once."""
MOST_DAYS = 400
"""Further ahead nobody books."""
MOST_JUDGED = 60


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One day for the request. `closed` says why the clinic does not work, "" on open days; `visits` counts those
    that take the provider's time (of all providers where none was named).

    `outcome` is None for days that are past. A day that cannot be judged is unknown, with the reason.
    """

    day: date
    visits: int
    closed: str = ""
    outcome: Outcome | None = None
    flag: str = ""
    headline: str = ""
    reason: str = ""
    source: Source | None = None
    later: date | None = None

    @property
    def eligible(self) -> bool:
        """Tell whether it could be booked as it is: within the limits and on a day on which the clinic works."""
        return not self.closed and self.outcome is not None and self.outcome <= Outcome.CAUTION

    @property
    def within_limits(self) -> bool:
        """Tell whether no more than an authorization is missing."""
        return not self.closed and self.outcome is not None and self.outcome <= Outcome.NEEDS_AUTHORIZATION


@dataclass(frozen=True, slots=True)
class MonthView:
    """Every day of one month for a request; `first` is the first day from today on that could be booked, or None."""

    request: BookingRequest
    patient: Patient
    procedure: str
    provider: str
    days: tuple[OpenDay, ...]
    first: date | None
    openings: tuple[OpenDay, ...]
    because: str = ""


class OpeningService:
    """Judges days for one request; nothing of it is stored. Working hours of providers are not on file."""

    def __init__(self, transactions: Transactions, judge: Judge, clock: Clock) -> None:
        self._transactions = transactions
        self._judge = judge
        self._clock = clock

    def month(self, request: BookingRequest, month: date, count: int = AT_ONCE) -> MonthView:
        """Return the month that `month` lies in, judged for the provider of the request, and the next openings."""
        first, today = month.replace(day=1), self._clock.today()
        last = first + timedelta(days=monthrange(first.year, first.month)[1] - 1)
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, request.patient_id)
            end = max(last, today + timedelta(days=MOST_DAYS))
            visits = uow.bookings.counts_by_day(min(first, today), end, request.provider_id)
        days = _Days(self._judge, chart, request, today, visits, clinic_days(chart.clinic.settings, today))
        openings, because = days.openings(count)
        return MonthView(
            request=request,
            patient=chart.patient,
            procedure=wording.request_text(request),
            provider=chart.clinic.provider_short(request.provider_id),
            days=tuple(days.at(first + timedelta(days=n)) for n in range((last - first).days + 1)),
            first=next((each.day for each in openings if each.eligible), None),
            openings=openings,
            because=because,
        )


class _Days:
    """The days of one call; each is judged once."""

    def __init__(
        self, judge: Judge, chart: Chart, request: BookingRequest, today: date, visits: Mapping[date, int],
        open_days: ClinicDays,
    ) -> None:  # fmt: skip
        self._judge, self._chart, self._request, self._today = judge, chart, request, today
        self._visits, self._open = visits, open_days
        self._known: dict[date, OpenDay] = {}

    def at(self, day: date) -> OpenDay:
        if day not in self._known:
            self._known[day] = self._look_at(day)
        return self._known[day]

    def _look_at(self, day: date) -> OpenDay:
        plain = OpenDay(day, self._visits.get(day, 0), self._closed(day))
        if day < self._today:
            return plain
        try:
            verdict = judge_request(self._judge, self._chart, replace(self._request, day=day), self._today)
        except InvalidEntryError as error:
            return replace(plain, outcome=Outcome.UNKNOWN, flag=tr("Cannot check"), headline=error.title,
                           reason=" ".join(part for part in (error.detail, error.remedy) if part))  # fmt: skip
        return replace(
            plain,
            outcome=verdict.outcome,
            flag=wording.short_flag(verdict),
            headline=wording.headline(verdict),
            reason=wording.reason_text(verdict),
            source=verdict.worst.source if verdict.worst else None,
            later=verdict.earliest,
        )

    def _closed(self, day: date) -> str:
        return closed_because(self._open, day)

    def openings(self, count: int) -> tuple[tuple[OpenDay, ...], str]:
        """Return the next days within the limits, and where there are none, why."""
        found: list[OpenDay] = []
        last = self._today + timedelta(days=MOST_DAYS)
        day, judged, against, unknown = self._today, 0, "", ""
        while day <= last and len(found) < count and judged < MOST_JUDGED:
            if self._closed(day):
                day += ONE_DAY
                continue
            here = self.at(day)
            judged += 1
            if here.within_limits:
                found.append(here)
            why = " ".join(part for part in (f"{here.headline}.", here.reason) if part)
            against = against or why
            if here.outcome is Outcome.UNKNOWN:
                unknown = unknown or why
            if not here.within_limits and here.later is None and not self._may_open(here):
                break
            day = here.later if not here.within_limits and here.later and here.later > day else day + ONE_DAY
        return tuple(found), "" if found else unknown or against

    def _may_open(self, here: OpenDay) -> bool:
        """Tell whether another day may be better although none is known: coverage may begin later."""
        return here.outcome is Outcome.UNKNOWN
