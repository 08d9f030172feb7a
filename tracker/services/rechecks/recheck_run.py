"""One re-check under way, and what it found."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.policies.catalog import PolicyCatalog
from tracker.services.answers.charts import ClinicFacts
from tracker.services.rechecks.recheck_grounds import Grounds
from tracker.services.rechecks.recheck_scope import EVERYBODY, RecheckScope
from tracker.services.rechecks.recheck_screen import RecheckScreen
from tracker.storage.coming_records import JudgedUpon
from tracker.storage.records import Reached, Standing

Progress = Callable[[int, int], None]
"""Hears how many visits are judged, and of how many."""
Cancelled = Callable[[], bool]
GiveWay = Callable[[], None]
"""Waits, between two patients and never while the file is held, for whom somebody waits."""


def unheard(_judged: int, _total: int) -> None:
    """Nobody listens."""


def alone() -> None:
    """Nobody else is about."""


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Flip:
    """A visit whose answer came out another; `was` is None where it was judged for the first time."""

    patient_id: str
    was: Standing | None
    now: Standing

    def after(self, earlier: Flip) -> Flip:
        """Return both in one: from what the visit was before the earlier one."""
        return Flip(self.patient_id, earlier.was or self.was, self.now)

    @property
    def turned(self) -> bool:
        """Tell whether the visit had an answer before, and has another one now."""
        return self.was is not None and (self.was.outcome, self.was.marks) != (self.now.outcome, self.now.marks)


def joined(earlier: Iterable[Flip], later: Iterable[Flip]) -> tuple[Flip, ...]:
    """Return one flip a visit of two re-checks, each from what the visit was before the first to what it is now."""
    found = {flip.now.booking_id: flip for flip in earlier}
    for flip in later:
        before = found.get(flip.now.booking_id)
        found[flip.now.booking_id] = flip.after(before) if before else flip
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class RecheckReport:
    """What a re-check of a scope found.

    `seen`: of how many the change was acted upon; `complete` false: it was cancelled.
    """

    judged: int
    flips: tuple[Flip, ...]
    seen: int
    complete: bool
    scope: RecheckScope = EVERYBODY

    @property
    def news(self) -> tuple[Flip, ...]:
        """Return the flips that somebody should see."""
        return tuple(flip for flip in self.flips if flip.now.news)

    @property
    def turned(self) -> tuple[Flip, ...]:
        """Return the flips of visits that had an answer before; of others nothing turned."""
        return tuple(flip for flip in self.flips if flip.turned)

    def with_earlier(self, earlier: Iterable[Flip]) -> RecheckReport:
        """Return it with what re-checks that were broken off had found before it."""
        return replace(self, flips=joined(earlier, self.flips))

    @property
    def turned_anything(self) -> bool:
        """Tell whether a screen that shows how visits stand should look again."""
        return bool(self.flips or self.seen)


@dataclass(slots=True)
class RecheckRun:
    """A chunk of patients a step, so that others get their turn between the steps.

    `counts`: visits by patient. `waiting`: the patients of whom anything may have turned; the others' are judged.
    `known`: of how many visits it is on file how they stood; `others_on_file`: of others too, closed or past by now.
    """

    scope: RecheckScope
    today: date
    clinic: ClinicFacts
    latest_act: str
    reached: Reached | None
    counts: dict[str, int] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)
    total: int = 0
    judged: int = 0
    known: int = 0
    others_on_file: bool = False
    seen: int = 0
    finished: bool = False
    flips: list[Flip] = field(default_factory=list)
    _screen: RecheckScreen | None = None
    _grounds: Grounds | None = None

    def look_at(self, judged: Iterable[JudgedUpon], book: PolicyCatalog) -> None:
        """Take in what coming visits were last judged upon, of each patient one after the other."""
        counts, hold, changed, new = self.counts, self.grounds_of(book).hold, dict[str, None](), 0
        for each in judged:
            owner = each[0]
            counts[owner] = counts.get(owner, 0) + 1
            new += each[2] is None
            if owner not in changed and not hold(each):
                changed[owner] = None
        self.total = sum(counts.values())  # once: every step asks for it
        self.known = self.total - new
        self.waiting.extend(changed)
        self.judged = self.total - sum(counts[owner] for owner in changed)

    def grounds_of(self, book: PolicyCatalog) -> Grounds:
        """Return the grounds by this book, the same ones as long as the book is."""
        if self._grounds is None or self._grounds.book is not book:
            self._grounds = Grounds(book, self.clinic, self.today)
        return self._grounds

    def screen_of(self, book: PolicyCatalog) -> RecheckScreen:
        """Return the screen by this book, the same one as long as the book is."""
        if self._screen is None or self._screen.book is not book:
            self._screen = RecheckScreen(book, self.clinic, self.today)
        return self._screen

    def report(self) -> RecheckReport:
        return RecheckReport(self.judged, tuple(self.flips), self.seen, self.finished, self.scope)
