"""How coming visits stand, told from their records in short where the screen of the rules can tell.

Of everything else, such as a coverage that paid for a part of the history, an approval that may matter or an entry that
cannot be, it says nothing, so that the case is made and judged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.booking import Elsewhere
from tracker.domain.coverage import Coverage
from tracker.domain.errors import TrackerError
from tracker.domain.event import Event, PartialDate
from tracker.policies.catalog import PolicyCatalog
from tracker.rules.event_kind import EventKind, Events
from tracker.rules.screen import Screen, screen_for
from tracker.services.answers.charts import CaseFacts, ClinicFacts, request_of
from tracker.services.answers.judging import NOT_ASKED
from tracker.services.answers.standing_words import Kept, kept_of
from tracker.storage.coming_chart import ComingChart, Kind
from tracker.storage.coming_records import visit_of
from tracker.storage.mappers import event_shape

_ANY_DAY = PartialDate.on(date.min)
_NEVER_ASKED, _HAD_SOME = Elsewhere.NOT_ASKED.value, Elsewhere.YES.value


def worth_keeping(chart: ComingChart) -> bool:
    """Tell whether a screen may tell anything of it at all."""
    return bool(chart.coverages)


class RecheckScreen:
    """Of one book, one clinic and one day on which one asks."""

    def __init__(self, book: PolicyCatalog, clinic: ClinicFacts, today: date) -> None:
        self.book = book
        self._clinic = clinic
        self._today = today
        self._days, self._kinds = _Days(book.changes), _Kinds()
        self._screens: dict[tuple[Any, ...], _Answers] = {}

    def unknown(self, kinds: Iterable[Kind]) -> list[int]:
        """Return the numbers of those of these kinds of which it was not told yet what they are."""
        return [kind for kind in set(kinds).difference(self._kinds) if isinstance(kind, int)]

    def learn(self, kinds: Mapping[int, str]) -> None:
        """Take in what the kinds with these numbers are."""
        self._kinds.columns.update(kinds)

    def as_before(self, chart: ComingChart, stood: Mapping[str, Kept | None]) -> set[str]:
        """Return the visits that surely stand as they stood."""
        events, same = self._events(chart), set[str]()
        for visit in chart.visits:
            was = stood.get(visit[1])
            if was is not None and self._kept(chart, visit, events) == was:
                same.add(visit[1])
        return same

    def told(self, chart: ComingChart) -> Iterator[Kept | None]:
        """Yield of each visit what would be kept of its answer, None where it must be judged."""
        events = self._events(chart)
        return (self._kept(chart, visit, events) for visit in chart.visits)

    def _events(self, chart: ComingChart) -> Events:
        kinds = [*map(self._kinds.__getitem__, chart.kinds)]
        if not chart.spans:
            return Events(chart.days, kinds)
        return Events(
            chart.days, kinds, {place: date.fromisoformat(last).toordinal() for place, last, _ in chart.spans}
        )

    def _kept(self, chart: ComingChart, visit: Sequence[Any], events: Events) -> Kept | None:
        """Return what would be kept of its answer, None where it must be judged as the first time."""
        place, _, _, _, site, named, elsewhere, changed = visit
        first, kind = chart.days[place], events.kinds[place]
        day, written, period = self._days[first]
        if elsewhere == _HAD_SOME or place in events.lasts or written < chart.born:
            return None
        coverages = chart.coverages
        coverage = coverages[0] if len(coverages) == 1 else self._paying(chart, named)
        if coverage is None:
            return None
        payer, plan, start, end, _, required, _ = coverage
        if (start and written < start) or (end and written > end):
            return None
        key = (kind, site, changed, payer, plan, required, period)
        answers = self._screens.get(key)
        if answers is None:
            asked = Coverage(payer, plan, authorization_required=required)
            answers = self._screens[key] = _Answers(self._screen(chart, visit, asked))
        screen = answers.screen
        if screen is None or (screen.needy and chart.approvals):
            return None
        findings = screen.findings(day, events, place)
        if findings is screen.calm:
            return answers.asked_less if elsewhere == _NEVER_ASKED else answers.calm
        if findings is None:
            return None
        return kept_of((*findings, NOT_ASKED) if elsewhere == _NEVER_ASKED else findings)

    def _paying(self, chart: ComingChart, named: str) -> Sequence[Any] | None:
        """Return which of several coverages pays for the visit and the whole history, None where another one may.

        That is the first one where its order tells it from all others, and the visit names no other one.
        """
        if not chart.coverages:
            return None
        first, second = chart.coverages[:2]
        _, _, start, end, rank, _, first_id = first
        if second[4] == rank or (named and named != first_id):
            return None
        oldest, latest = self._days[chart.days[0]][1], self._days[chart.days[-1]][1]
        return None if (start and oldest < start) or (end and latest > end) else first

    def _screen(self, chart: ComingChart, visit: Sequence[Any], coverage: Coverage) -> Screen | None:
        """Return the screen for a visit and all that are like it; None where its case cannot be made."""
        place, visit_id, *columns = visit
        when = PartialDate.on(date.fromordinal(chart.days[place]))
        planned = Event(str(place), when, *event_shape(self._kinds.columns_of(chart.kinds[place])))
        facts = CaseFacts(date.fromisoformat(chart.born), (coverage,), (), (), self._clinic)
        try:
            case = facts.case(request_of(visit_of(planned, visit_id, "", "", *columns), facts), self._today)
        except TrackerError:
            return None
        return screen_for(case, self.book)


class _Answers:
    """A screen, None where there is none, and what is kept where nothing in the history has anything said."""

    __slots__ = ("asked_less", "calm", "screen")

    def __init__(self, screen: Screen | None) -> None:
        self.screen = screen
        said = screen.calm if screen else ()
        self.calm, self.asked_less = kept_of(said), kept_of((*said, NOT_ASKED))


class _Days(dict[int, tuple[date, str, int]]):
    """Days by their ordinals: each as it is written too, and after how many changes of rules it lies."""

    def __init__(self, changes: Sequence[date]) -> None:
        super().__init__()
        self._changes = changes

    def __missing__(self, ordinal: int) -> tuple[date, str, int]:
        day = date.fromordinal(ordinal)
        found = self[ordinal] = day, day.isoformat(), bisect_right(self._changes, day)
        return found


class _Kinds(dict[Kind, EventKind]):
    """Kinds of events by their joined columns and by their numbers, one for each, so that like ones are the same."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[int, str] = {}

    def __missing__(self, kind: Kind) -> EventKind:
        columns = self.columns_of(kind)
        found = self.get(columns) if columns is not kind else None
        if found is None:
            found = self[columns] = EventKind.of(Event("", _ANY_DAY, *event_shape(columns)))
        self[kind] = found
        return found

    def columns_of(self, kind: Kind) -> str:
        return kind if isinstance(kind, str) else self.columns[kind]
