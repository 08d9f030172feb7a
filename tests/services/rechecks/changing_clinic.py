"""A seeded clinic whose visits lie near every limit, and single changes to it of every kind that may turn answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from sqlalchemy import text

from tests.builders import a_coverage, a_patient, performed
from tests.fakes import FixedClock
from tests.fixtures import TODAY, USER
from tests.rules.histories import a_case
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, Override, OverrideReason
from tracker.domain.errors import TrackerError
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.procedure import Family
from tracker.domain.rule_kinds import MaxCount, Repeat, Requires
from tracker.domain.verdict import Outcome
from tracker.policies import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.services import Services
from tracker.services.answers.charts import Chart, request_of
from tracker.services.answers.judging import judge_request
from tracker.services.answers.standing_words import marks_of, marks_of_error
from tracker.services.changes import Changes, Done, Kind
from tracker.services.rule_library.base_book import BaseBook
from tracker.services.rule_library.rules_in_force import RulesInForce
from tracker.services.transactions import Transactions
from tracker.storage.database import Database
from tracker.storage.identity import new_id
from tracker.storage.records import Act, HistoryEntry, Origin, Provenance

Stands = dict[str, tuple[str, str]]
"""By visit its outcome and what decides it."""
PAYERS = ["medicare", "medicare", "medicare", "aetna", "cigna"]
CODES = (
    "64490", "64491", "64492", "64493", "64494", "64495", "64633", "64634", "64635", "64636", "64479", "64480", "64483",
    "64484", "62321", "62323", "27096", "64451", "64625", "20552",
)  # fmt: skip
LEVELS = ("L3-L4 left", "L4-L5 left", "L4-L5 right", "L5-S1 left", "L5-S1 both")


def fill(transactions: Transactions, random: Random, patients: int) -> None:
    """Write patients with histories, coverages, approvals and one or more coming visits, some of them held."""
    with transactions.writing() as uow:
        site = uow.clinic.list_sites()[0].id
        for number in range(patients):
            person = a_patient(mrn=f"R{number:05}")
            owner = uow.patients.add(person)
            asked = TODAY + timedelta(random.randrange(0, 60))
            case = a_case(random, PAYERS, asked)
            approved = random.random() < 0.5
            for coverage in case.coverages:
                required = approved or random.choice((None, True, False, False))
                uow.patients.add_coverage(owner, replace(coverage, authorization_required=required))
            if approved:
                uow.requests.add(owner, _approval(random, case.coverages[-1].payer), AuthorizationRequest())
            proposed = case.proposal
            planned = Event(
                "", PartialDate.on(asked), proposed.family, EventStatus.BOOKED, proposed.intent, proposed.approach,
                proposed.targets,
            )  # fmt: skip
            history = () if approved and number % 2 else case.history  # nothing but the approval decides
            for event in (*history, planned):
                stored = uow.events.add(HistoryEntry(owner, replace(event, id=""), _PROVENANCE)).event
                if stored.status is EventStatus.BOOKED and stored.when.first >= TODAY:
                    status = random.choice((BookingStatus.BOOKED, BookingStatus.BOOKED, BookingStatus.HELD))
                    asked_elsewhere = random.choice((Elsewhere.NONE, Elsewhere.NONE, *Elsewhere))
                    visit = Booking(
                        new_id(), owner, stored, status, time(9), 30, "", site, "", None, elsewhere=asked_elsewhere
                    )
                    uow.bookings.add(visit)
        uow.commit(Act("make", "clinic"))


_PROVENANCE = Provenance(Origin.ENTRY, USER.name, FixedClock(TODAY).now())


def _approval(random: Random, payer: str) -> Authorization:
    lines = tuple(AuthorizationLine(code, random.choice((2, 4, None)), 0) for code in CODES)
    return Authorization(
        f"A{random.randrange(10_000)}", payer, AuthorizationStatus.APPROVED, AuthorizationKind.PAYER,
        start=TODAY - timedelta(30), end=TODAY + timedelta(random.choice((60, 90))), lines=lines,
    )  # fmt: skip


class ChangingClinic:
    """One open clinic; each method of `CHANGES` makes one change and returns what it touched, None if it could not."""

    def __init__(
        self, services: Services, transactions: Transactions, rules: RulesInForce, database: Database,
        clock: FixedClock, random: Random,
    ) -> None:  # fmt: skip
        self.services, self.transactions, self.rules = services, transactions, rules
        self.database, self.clock, self.random = database, clock, random

    def stands(self) -> Stands:
        """Judge every coming visit by itself from its whole chart: slow, and nothing is left out."""
        with self.transactions.reading() as uow:
            today = self.clock.today()
            visits = uow.bookings.list_between(today, date.max, open_only=True)
            charts = Chart.load_many(uow, {visit.patient_id for visit in visits})
        return {visit.id: self._stands(visit, charts[visit.patient_id]) for visit in visits}

    def _stands(self, visit: Booking, chart: Chart) -> tuple[str, str]:
        try:
            request, today = request_of(visit, chart), self.clock.today()
            verdict = judge_request(self.rules.judge, chart, request, today, leave_out=visit.event.id)
        except TrackerError as error:
            return "unknown", marks_of_error(error)
        return verdict.outcome.value, marks_of(verdict)

    def recorded(self) -> Stands:
        """Return how visits stand by what the re-check wrote."""
        with self.transactions.reading() as uow:
            visits = uow.bookings.list_between(self.clock.today(), date.max, open_only=True)
            found = uow.standings.find_many(visit.id for visit in visits)
        return {visit.id: (found[visit.id].outcome.value, found[visit.id].marks) for visit in visits}

    # One change each

    def event_added(self) -> Changes | None:
        owner, visit = self._visit()
        ago = self.random.choice((1, 10, 20, 60, 200, 360))
        targets = visit.event.targets
        event = replace(
            performed(str(self.clock.today() - timedelta(ago)), visit.event.family),
            targets=targets, intent=visit.event.intent, approach=visit.event.approach,
        )  # fmt: skip
        return self._changes(lambda: self.services.history.add(owner, event))

    def event_struck(self) -> Changes | None:
        owner, entry = self._past_entry()
        if entry is None:
            return None
        return self._changes(lambda: self.services.history.remove(owner, entry.event.id, entry.version, "Not ours."))

    def event_edited(self) -> Changes | None:
        owner, entry = self._past_entry()
        if entry is None:
            return None
        event = entry.event
        day = PartialDate.on(min(event.when.first + timedelta(self.random.choice((-200, -40, 1, 40))), self.clock.day))
        family = self.random.choice((event.family, Family.EPIDURAL, Family.FACET_ABLATION))
        changed = replace(event, when=day, family=family, payer=self.random.choice((None, "aetna", event.payer)))
        return self._changes(lambda: self.services.history.correct(owner, changed, entry.version))

    def relief_recorded(self) -> Changes | None:
        owner, entry = self._past_entry()
        if entry is None:
            return None
        percent, months = self.random.choice((None, 30.0, 49.0, 80.0, 90.0)), self.random.choice((None, 1.0, 3.0, 7.0))
        service = self.services.responses
        known = service.sheet(entry.event.id).blank()
        return self._changes(lambda: service.record(owner, known, percent, months, entry.version))

    def coverage_added(self) -> Changes | None:
        owner, _ = self._visit()
        start = self.clock.today() + timedelta(self.random.choice((-300, -30, 0, 20)))
        coverage = a_coverage(payer=self.random.choice(PAYERS), start=start, order=self.random.choice((1, 2, 0 + 1)))
        return self._changes(lambda: self.services.patients.add_coverage(owner, coverage))

    def coverage_dates_changed(self) -> Changes | None:
        owner, coverages = self._coverages()
        days = [None, *(self.clock.today() + timedelta(step) for step in (-10, 5, 30))]
        changed = replace(self.random.choice(coverages), end=self.random.choice(days))
        return self._changes(lambda: self.services.patients.change_coverage(owner, changed))

    def payer_changed(self) -> Changes | None:
        owner, coverages = self._coverages()
        payer = self.random.choice((*PAYERS, "self-pay", "nobody-knows"))
        required = self.random.choice((None, True, False))
        changed = replace(self.random.choice(coverages), payer=payer, authorization_required=required)
        return self._changes(lambda: self.services.patients.change_coverage(owner, changed))

    def approval_changed(self) -> Changes | None:
        column, value = self.random.choice(
            (
                ("status", "denied"),
                ("status", "approved"),
                ("ends_on", str(self.clock.today() + timedelta(self.random.choice((-1, 5, 15, 60))))),
                ("starts_on", str(self.clock.today() + timedelta(3))),
            )
        )
        return self._approval_updated(f"UPDATE authorization SET {column} = :value WHERE patient_id = :owner", value)

    def units_changed(self) -> Changes | None:
        lines = "(SELECT id FROM authorization WHERE patient_id = :owner)"
        column, value = self.random.choice((("units", 0), ("units", 3), ("used", 1), ("used", 0), ("denied", 1)))
        return self._approval_updated(
            f"UPDATE authorization_line SET {column} = :value WHERE authorization_id IN {lines}", value
        )

    def site_state_changed(self) -> Changes | None:
        state = self.random.choice(("CA", "TX", "FL", "KY", "XX", "NY"))
        with self.database.transaction(write=True) as connection:
            connection.execute(text("UPDATE site SET state = :state"), {"state": state})
        return Changes(frozenset(), frozenset({Kind.DESK, Kind.SETTINGS}))

    def setting_changed(self) -> Changes | None:
        settings = self.services.desk.settings()
        changed = replace(settings, anniversary_day_free=not settings.anniversary_day_free)
        return self._changes(lambda: self.services.desk.change_settings(changed))

    def visit_moved(self) -> Changes | None:
        _, visit = self._visit()
        day = self.clock.today() + timedelta(self.random.choice((3, 20, 45)))
        try:
            seen = self.services.booking.check_move(visit.id, day)
        except TrackerError:
            return None
        override = Override(OverrideReason.URGENT, "Pain", "Dr. Lee") if seen.tone > Outcome.CAUTION else None
        return self._changes(lambda: self.services.booking.move(visit.id, day, time(15), seen.fingerprint, override))

    def visit_closed(self) -> Changes | None:
        _, visit = self._visit()
        return self._changes(lambda: self.services.booking.set_status(visit.id, BookingStatus.CANCELLED))

    def rule_changed(self) -> Changes | None:
        self.rules.use(BaseBook(_with_other_limits(self.rules.base.catalog, self.random)))
        return Changes(frozenset(), frozenset({Kind.RULES}))

    def undone(self) -> Changes | None:
        owner, entry = self._past_entry()
        if entry is None:
            return None
        done = self.services.history.remove(owner, entry.event.id, entry.version, "Not ours.")
        self.services.recheck.patients([owner])
        assert done.undo is not None
        return self.services.undo.undo(done.undo).changes

    # Who and what

    def _changes(self, act: Callable[[], Done[object]]) -> Changes | None:
        try:
            return act().changes
        except TrackerError:
            return None

    def _visit(self) -> tuple[str, Booking]:
        with self.transactions.reading() as uow:
            visits = uow.bookings.list_between(self.clock.today(), date.max, open_only=True)
        visit = self.random.choice(sorted(visits, key=lambda each: each.id))
        return visit.patient_id, visit

    def _past_entry(self) -> tuple[str, HistoryEntry | None]:
        owner, _ = self._visit()
        with self.transactions.reading() as uow:
            entries = [e for e in uow.events.list_for(owner) if e.event.status is not EventStatus.BOOKED]
        return owner, self.random.choice(entries) if entries else None

    def _coverages(self):  # type: ignore[no-untyped-def]
        owner, _ = self._visit()
        with self.transactions.reading() as uow:
            return owner, uow.patients.list_coverages(owner)

    def _approval_updated(self, query: str, value: object) -> Changes | None:
        with self.transactions.reading() as uow:
            visits = uow.bookings.list_between(self.clock.today(), date.max, open_only=True)
            owners = sorted(uow.authorizations.list_for_many({visit.patient_id for visit in visits}))
        owner = self.random.choice(owners)
        with self.database.transaction(write=True) as connection:
            connection.execute(text(query), {"value": value, "owner": owner})
        return Changes.of(owner, Kind.AUTHORIZATIONS)


CHANGES: dict[Kind, tuple[Callable[[ChangingClinic], Changes | None], ...]] = {
    Kind.EVENTS: (
        ChangingClinic.event_added,
        ChangingClinic.event_struck,
        ChangingClinic.event_edited,
        ChangingClinic.relief_recorded,
        ChangingClinic.undone,
    ),
    Kind.COVERAGES: (
        ChangingClinic.coverage_added,
        ChangingClinic.coverage_dates_changed,
        ChangingClinic.payer_changed,
    ),
    Kind.AUTHORIZATIONS: (ChangingClinic.approval_changed, ChangingClinic.units_changed),
    Kind.BOOKINGS: (ChangingClinic.visit_moved, ChangingClinic.visit_closed),
    Kind.SETTINGS: (ChangingClinic.setting_changed, ChangingClinic.site_state_changed),
    Kind.RULES: (ChangingClinic.rule_changed,),
}


def _with_other_limits(catalog: PolicyCatalog, random: Random) -> PolicyCatalog:
    """Return the book with one kind of limit stricter or looser, as a clinic's own rules would make it."""
    strict = random.random() < 0.5

    def changed(rule: object) -> object:
        if isinstance(rule, MaxCount):
            return replace(rule, limit=1 if strict else 9)
        if isinstance(rule, Repeat) and rule.days:
            return replace(rule, days=200 if strict else 1)
        return replace(rule, percent=100 if strict else 0) if isinstance(rule, Requires) else rule

    def relaid(policy: Policy) -> Policy:
        versions = {
            contractor: tuple(replace(v, rules=tuple(map(changed, v.rules))) for v in dated)  # type: ignore[arg-type]
            for contractor, dated in policy.versions.items()
        }
        return replace(policy, versions=versions)

    return replace(catalog, policies=tuple(map(relaid, catalog.policies)))
