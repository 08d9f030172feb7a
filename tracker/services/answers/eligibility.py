"""When can this patient have what: one row per procedure family, and per side where the history tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.anatomy import LEVELS, Region, Side, Target
from tracker.domain.booking import BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventStatus
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.proposal import Case
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import FindingCode, Outcome, Verdict
from tracker.services.answers.charts import CaseFacts, Chart
from tracker.services.answers.judging import Judge, Judges
from tracker.services.answers.patient_file import PatientFile
from tracker.services.transactions import Transactions
from tracker.services.words import wording

NEVER = "–"


@dataclass(slots=True)
class Words:
    """An answer with its words, by the rules that answered the row: put together once, where somebody asks."""

    _judge: Judge
    _case: Case
    told: Verdict | None = None

    def verdict(self) -> Verdict:
        if self.told is None:
            self.told = self._judge(self._case)
        return self.told


@dataclass(frozen=True, slots=True)
class EligibleRow:
    """One line of the table; `to_check` opens Check and book with it, `verdict` proves it.

    `assumed`: the levels of `request` are an example, because the history names none. `answer` is without its words.
    """

    label: str
    codes: str
    used: int | None
    limit: int | None
    outcome: Outcome
    flag: str
    next_text: str
    answer: Verdict
    request: BookingRequest
    assumed: bool = False
    words: Words = field(kw_only=True, repr=False, compare=False)

    @property
    def verdict(self) -> Verdict:
        """The answer with its words: they are put together when they are first asked for."""
        return self.words.verdict()

    @property
    def to_check(self) -> BookingRequest:
        """Return what the desk goes on with: levels that nobody named are for somebody to name."""
        return replace(self.request, targets=()) if self.assumed else self.request


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure to ask for, and the levels to ask with where the history names none."""

    label: str
    family: Family
    intent: Intent | None
    approach: Approach | None
    region: Region | None
    targets: tuple[Target, ...]
    by_side: bool = False


def _target(level: str, side: Side) -> Target:
    return Target(LEVELS[level], side)


_LUMBAR, _CERVICAL = Region.LUMBAR_SACRAL, Region.CERVICAL_THORACIC
_L45, _C56, _SI = _target("L4-L5", Side.LEFT), _target("C5-C6", Side.LEFT), _target("SI", Side.LEFT)
_DX, _TX, _MBB = Intent.DIAGNOSTIC, Intent.THERAPEUTIC, Approach.MEDIAL_BRANCH

LINES = (
    Line(msg("Facet diagnostic, lumbar"), Family.FACET_INJECTION, _DX, _MBB, _LUMBAR, (_L45,)),
    Line(msg("Facet ablation, lumbar"), Family.FACET_ABLATION, None, None, _LUMBAR, (_L45,), by_side=True),
    Line(msg("Facet diagnostic, cerv./thor."), Family.FACET_INJECTION, _DX, _MBB, _CERVICAL, (_C56,)),
    Line(msg("Facet ablation, cerv./thor."), Family.FACET_ABLATION, None, None, _CERVICAL, (_C56,), by_side=True),
    Line(
        msg("Epidural, lumbar / sacral"),
        Family.EPIDURAL,
        _TX,
        Approach.INTERLAMINAR,
        _LUMBAR,
        (_target("L4-L5", Side.MIDLINE),),
    ),
    Line(
        msg("Epidural, cerv./thor."),
        Family.EPIDURAL,
        _TX,
        Approach.INTERLAMINAR,
        _CERVICAL,
        (_target("C7-T1", Side.MIDLINE),),
    ),
    Line(msg("SI joint, diagnostic"), Family.SI_INJECTION, _DX, Approach.INTRA_ARTICULAR, None, (_SI,)),
    Line(msg("SI joint, therapeutic"), Family.SI_INJECTION, _TX, Approach.INTRA_ARTICULAR, None, (_SI,), by_side=True),
    Line(msg("Trigger points"), Family.TRIGGER_POINT, _TX, None, None, ()),
)


class EligibilityService:
    """Judges every line of the table for one patient and day; nothing of it is stored."""

    def __init__(self, transactions: Transactions, judges: Callable[[], Judges], clock: Clock) -> None:
        """`judges` gives those of the book that is in force."""
        self._transactions = transactions
        self._judges = judges
        self._clock = clock

    def table(
        self, patient_id: str, on: date, site_id: str = "", families: frozenset[Family] = frozenset(Family)
    ) -> tuple[EligibleRow, ...]:
        """Return the table for the day, of some families alone where only they are asked about.

        Raises InvalidEntryError when the patient has no coverage that day.
        """
        with self._transactions.reading() as uow:
            chart = Chart.load(uow, patient_id)
        return self._table(chart, on, site_id, families)

    def table_in(self, file: PatientFile, on: date) -> tuple[EligibleRow, ...]:
        """Return the table for the day as this file has it. Raises InvalidEntryError as `table` does."""
        return self._table(file.chart, on, "", frozenset(Family))

    def tables(self, wanted: Mapping[str, frozenset[Family]], on: date) -> dict[str, tuple[EligibleRow, ...] | None]:
        """Return the tables of many patients, each of some families; None for who has no coverage that day."""
        with self._transactions.reading() as uow:
            charts = Chart.load_many(uow, wanted)
        found: dict[str, tuple[EligibleRow, ...] | None] = {}
        for patient_id, chart in charts.items():
            try:
                found[patient_id] = self._table(chart, on, "", wanted[patient_id])
            except InvalidEntryError:
                found[patient_id] = None
        return found

    def _table(self, chart: Chart, on: date, site_id: str, families: frozenset[Family]) -> tuple[EligibleRow, ...]:
        facts, judges = chart.facts, self._judges()
        return tuple(
            self._row(facts, judges, label, request, assumed)
            for line in LINES
            if line.family in families
            for label, request, assumed in _requests(line, facts.events, chart.patient.id, on, site_id)
        )

    def as_text(self, rows: Iterable[EligibleRow]) -> str:
        """Return the table as plain lines for the clipboard."""
        return "\n".join(_line(row) for row in rows)

    def _row(self, facts: CaseFacts, judges: Judges, label: str, request: BookingRequest, assumed: bool) -> EligibleRow:
        case = facts.case(request, self._clock.today())
        verdict = judges.wordless(case)
        tally = wording.deciding_tally(verdict)
        return EligibleRow(
            label=label,
            codes=" ".join(dict.fromkeys(line.code for line in verdict.codes)),
            used=tally.used if tally else None,
            limit=tally.limit if tally else None,
            outcome=verdict.outcome,
            flag=wording.short_flag(verdict),
            next_text=next_text(verdict, self._clock.today()),
            answer=verdict,
            request=request,
            assumed=assumed,
            words=Words(judges.whole, case),
        )


def next_text(verdict: Verdict, today: date) -> str:
    """Return "today", a date, what it waits for, or "–" when no date helps."""
    if verdict.earliest is None:
        worst = verdict.worst
        return tr("needs a result") if worst and worst.code is FindingCode.PREREQUISITE else NEVER
    if verdict.outcome is Outcome.UNKNOWN:
        return tr("ask first")
    return tr("today") if verdict.earliest == today else us_date(verdict.earliest, weekday=True)


def _requests(
    line: Line, events: Sequence[Event], patient_id: str, on: date, site_id: str
) -> Iterator[tuple[str, BookingRequest, bool]]:
    for label, known in _places(line, events):
        targets = known or line.targets
        request = BookingRequest(patient_id, line.family, on, line.intent, line.approach, targets, site_id=site_id)
        yield label, request, not known


def _places(line: Line, events: Sequence[Event]) -> Iterator[tuple[str, tuple[Target, ...]]]:
    """Ask with the levels that the history is about; per side where results decide and both sides have some."""
    if not line.by_side:
        yield tr(line.label), _latest_targets(line, events, line.intent)
        return
    sides = [(side, _latest_targets(line, events, None, side)) for side in (Side.LEFT, Side.RIGHT)]
    known = [(side, targets) for side, targets in sides if targets]
    for side, targets in known:
        yield f"{tr(line.label)} {side.label}", targets
    if not known:
        yield tr(line.label), ()


_RELATED = {
    Family.FACET_ABLATION: (Family.FACET_ABLATION, Family.FACET_INJECTION),
    Family.SI_INJECTION: (Family.SI_INJECTION,),
}


def _latest_targets(
    line: Line, events: Sequence[Event], intent: Intent | None, side: Side | None = None
) -> tuple[Target, ...]:
    """Return where the last related procedure went, cut to one side if asked, only sites that this line can go to."""
    families = _RELATED.get(line.family, (line.family,))
    for event in reversed(events):
        if event.family not in families or event.status is not EventStatus.PERFORMED:
            continue
        if (intent and event.intent is not intent) or (
            line.family is Family.EPIDURAL and event.approach is not line.approach
        ):
            continue
        targets = tuple(_cut(target, side) for target in event.targets if _fits(target, line, side))
        if targets:
            return targets
    return ()


def _fits(target: Target, line: Line, side: Side | None) -> bool:
    in_region = line.region is None or target.level.region is line.region
    sided = line.family is Family.EPIDURAL or bool(target.side.single_sides)
    return in_region and sided and (side is None or side in target.side.single_sides)


def _cut(target: Target, side: Side | None) -> Target:
    return Target(target.level, side) if side else target


def _line(row: EligibleRow) -> str:
    """Return one row of the table as plain text."""
    said = {"label": row.label, "flag": row.flag, "next": row.next_text}
    if row.limit is None:
        return tr("{label}: {flag}, next {next}", **said)
    return tr("{label}: {used} of {limit} used, {flag}, next {next}", used=row.used, limit=row.limit, **said)
