"""What would be answered if something differed: another side, day, payer, approach or site. Nothing is ever written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.booking import BookingRequest
from tracker.domain.clock import Clock
from tracker.domain.coverage import Coverage
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import msg, tr
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.verdict import Finding, Outcome, Source, Verdict
from tracker.services.answers.charts import Chart
from tracker.services.answers.complete_requests import completed
from tracker.services.answers.eligibility import next_text
from tracker.services.answers.first_open import first_open
from tracker.services.answers.judging import Judge, judge_request
from tracker.services.answers.suggestions import suggested
from tracker.services.answers.what_if_facts import NEW_COVERAGE, WhatIf, choice_of, sites_for
from tracker.services.answers.what_if_words import asked_text, difference, label
from tracker.services.transactions import Transactions
from tracker.services.words import wording
from tracker.services.words.payers import PayerNames
from tracker.storage.unit_of_work import UnitOfWork

__all__ = ["Alternative", "Alternatives", "WhatIf", "WhatIfService"]

_ONLY_DAY = msg("While a visit is moved only its day can change. Book a new visit for this.")
_TOLERATED = ("coverage", "site")
LAST_ORDER = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """The answer under other facts, beside the present one. `what` is None for what is asked itself.

    `request` is what the form would ask to have it so, None where the form cannot: `obstacle` says why, and what next.
    `missing` is the coverage that would have to be on file. `first`, of what is asked itself, is the first day that is
    allowed and on which the clinic works.
    """

    what: WhatIf | None
    label: str
    verdict: Verdict
    flag: str
    next_text: str
    difference: str
    request: BookingRequest | None
    obstacle: str = ""
    missing: Coverage | None = None
    first: date | None = None

    @property
    def outcome(self) -> Outcome:
        return self.verdict.outcome

    @property
    def headline(self) -> str:
        return wording.headline(self.verdict)

    @property
    def count(self) -> str:
        return wording.count_text(self.verdict)

    @property
    def codes(self) -> str:
        return wording.codes_text(self.verdict.codes)

    @property
    def worst(self) -> Finding | None:
        return self.verdict.worst

    @property
    def source(self) -> Source | None:
        """The document behind what decides, else behind what is counted."""
        tally = wording.deciding_tally(self.verdict)
        return (self.worst.source if self.worst else None) or (tally.source if tally else None)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What is asked, in words too, and what could be asked instead; without `present` the `refusal` says why."""

    present: Alternative | None
    others: tuple[Alternative, ...]
    refusal: InvalidEntryError | None = None
    asked: str = ""


class WhatIfService:
    """Judges on charts that are changed in memory only, read in units of work that cannot commit."""

    def __init__(
        self,
        transactions: Transactions,
        judge: Judge,
        payers: PayerNames,
        choices: tuple[ProcedureChoice, ...],
        clock: Clock,
    ) -> None:
        self._transactions = transactions
        self._judge = judge
        self._payers = payers
        self._choices = choices
        self._clock = clock

    def ask(self, request: BookingRequest, what: WhatIf, moving: str = "", *, whole: bool = False) -> Alternative:
        """Answer the request with these facts changed; `moving` is the id of a visit that is being moved.

        `whole`: everything of that visit may be changed, not its day only.

        Raises InvalidEntryError where it cannot be: no coverage that day, a level that the procedure cannot have.
        """
        with self._transactions.reading() as uow:
            chart, leave_out = self._load(uow, request, moving)
        present = self._present(chart, request, leave_out)
        before = present.verdict if isinstance(present, Alternative) else None
        told = self._alternative(chart, request, what, before, leave_out)
        return told if whole else _only_day(told, leave_out)

    def suggestions(self, request: BookingRequest, moving: str = "", *, whole: bool = False) -> Alternatives:
        """Answer the request and the alternatives that one would think of; those that cannot be are left out.

        Raises InvalidEntryError when the request is incomplete; without a coverage or a site others may help.
        """
        with self._transactions.reading() as uow:
            chart, leave_out = self._load(uow, request, moving)
        present = self._present(chart, request, leave_out)
        before = present.verdict if isinstance(present, Alternative) else None
        first = self._first(chart, request, before, leave_out)
        if isinstance(present, Alternative):
            present = replace(present, first=first)
        others = []
        for what in suggested(request, chart, self._choices, before, first, self._payers.self_pay):
            try:
                told = self._alternative(chart, request, what, before, leave_out)
                others.append(told if whole else _only_day(told, leave_out))
            except InvalidEntryError:
                continue
        words = asked_text(request, chart, self._payers, paid=before is not None)
        if isinstance(present, Alternative):
            return Alternatives(present, tuple(others), None, words)
        return Alternatives(None, tuple(others), present, words)

    def _load(self, uow: UnitOfWork, request: BookingRequest, moving: str) -> tuple[Chart, str]:
        """Return the chart, and the event of the visit that is being moved: it does not count against itself."""
        return Chart.load(uow, request.patient_id), uow.bookings.get(moving).event.id if moving else ""

    def _first(self, chart: Chart, request: BookingRequest, verdict: Verdict | None, leave_out: str) -> date | None:
        if verdict is None:
            return None
        return first_open(self._judge, chart, completed(request), verdict, self._clock.today(), leave_out)

    def _present(self, chart: Chart, request: BookingRequest, leave_out: str) -> Alternative | InvalidEntryError:
        try:
            verdict = self._judged(chart, request, leave_out)
        except InvalidEntryError as error:
            if error.about not in _TOLERATED:
                raise
            return error
        return self._told(None, tr("As asked"), verdict, request)

    def _alternative(
        self, chart: Chart, request: BookingRequest, what: WhatIf, before: Verdict | None, leave_out: str
    ) -> Alternative:
        asked = self._changed(request, what)
        missing = self._missing(chart, asked, what)
        if missing is not None:
            chart = replace(chart, coverages=(*chart.coverages, missing))
        asked = replace(asked, coverage_id=self._coverage_id(chart, asked, what))
        verdict = self._judged(chart, asked, leave_out)
        told = self._told(
            what, label(what, asked, chart, self._payers), verdict, asked, difference(before, verdict, what)
        )
        if missing is not None:
            obstacle = tr(
                "{coverage} is not on file for this day. Add the coverage to have it so.",
                coverage=self._payers.coverage(missing),
            )
            return replace(told, request=None, obstacle=obstacle, missing=replace(missing, id=""))
        return told

    def _told(
        self, what: WhatIf | None, words: str, verdict: Verdict, asked: BookingRequest, differs: str = ""
    ) -> Alternative:
        flag, day = wording.short_flag(verdict), next_text(verdict, self._clock.today())
        return Alternative(what, words, verdict, flag, day, differs, asked)

    def _judged(self, chart: Chart, request: BookingRequest, leave_out: str) -> Verdict:
        return judge_request(self._judge, chart, completed(request), self._clock.today(), leave_out)

    def _changed(self, request: BookingRequest, what: WhatIf) -> BookingRequest:
        """Return the request with all that stands in a request itself."""
        choice = choice_of(request, what, self._choices)
        sites = sites_for(request, what, choice)
        return replace(
            request,
            day=what.day or request.day,
            intent=choice.intent if choice else request.intent,
            approach=choice.approach if choice else request.approach,
            targets=sites.targets,
            nerves=sites.nerves,
            lone_nerves=sites.lone_nerves,
            body_regions=sites.body_regions,
            site_id=what.site_id or request.site_id,
        )

    def _coverage_id(self, chart: Chart, request: BookingRequest, what: WhatIf) -> str:
        """Return the coverage that is to pay, as asked where the what-if names none."""
        if what.coverage_id:
            if what.coverage_id not in {each.id for each in chart.coverages}:
                raise InvalidEntryError(
                    tr("This coverage is not on file."), "", tr("Choose another one."), about="coverage"
                )
            return what.coverage_id
        payer = self._payer(what)
        mine = _on_file(chart, payer, what.plan, request.day) if payer else None
        return mine.id if mine else request.coverage_id

    def _missing(self, chart: Chart, request: BookingRequest, what: WhatIf) -> Coverage | None:
        """Return a coverage by the payer wanted where none is on file that day: it begins then, and pays last."""
        payer = self._payer(what)
        if not payer or _on_file(chart, payer, what.plan, request.day) is not None:
            return None
        last = max((each.order for each in chart.coverages if each.in_force(request.day)), default=0)
        return Coverage(payer, what.plan, start=request.day, order=min(last + 1, LAST_ORDER), id=NEW_COVERAGE)

    def _payer(self, what: WhatIf) -> str:
        return self._payers.self_pay if what.self_pay else what.payer


def _only_day(told: Alternative, leave_out: str) -> Alternative:
    """Return it as nothing that can be taken over where a visit is moved and more than its day would change."""
    what = told.what
    moved = what is None or what == WhatIf(day=what.day)
    return replace(told, request=None, missing=None, obstacle=tr(_ONLY_DAY)) if leave_out and not moved else told


def _on_file(chart: Chart, payer: str, plan: str, day: date) -> Coverage | None:
    """Return the patient's own coverage by this payer on that day; any plan of it where none was named."""
    mine = (each for each in chart.coverages if each.payer == payer and each.in_force(day))
    return next((each for each in mine if not plan or each.plan.casefold() == plan.casefold()), None)
