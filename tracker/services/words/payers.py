"""Payers as the desk calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr

PAYERS_OFF, OWN_PAYERS = "payers_off", "own_payers"
"""Settings of the clinic: payers that it does not work with, and those that it added."""


class NamedPayer(Protocol):
    """A payer of the catalog, as far as its name goes."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...

    @property
    def generic(self) -> bool: ...

    @property
    def self_pay(self) -> bool: ...


class PayerNames:
    """Names by payer id; an id that the catalog does not know is its own name. `self_pay`: the patient as payer.

    The clinic adds payers of its own and switches others off: those keep their names, and are offered no more.
    """

    def __init__(self, payers: Iterable[NamedPayer]) -> None:
        self._own: tuple[str, ...] = ()
        self._off: frozenset[str] = frozenset()
        self.use(payers)

    def use(self, payers: Iterable[NamedPayer]) -> None:
        """Call payers as this book does from now on."""
        known = list(payers)
        self._names = {payer.id: payer.name for payer in known}
        self._aliases = {payer.id: tuple(payer.aliases) for payer in known}
        self._generic = {payer.id for payer in known if payer.generic}
        self.self_pay = next((payer.id for payer in known if payer.self_pay), "")

    def name(self, payer: str) -> str:
        return self._names.get(payer, payer)

    def aliases(self, payer: str) -> tuple[str, ...]:
        """Return what else a payer is called."""
        return self._aliases.get(payer, ())

    def short(self, payer: str, coverage: Coverage | None) -> str:
        """Return the payer's name, or the plan's where the payer is only a kind."""
        return coverage.plan if coverage and coverage.plan and payer in self._generic else self.name(payer)

    def coverage(self, coverage: Coverage | None) -> str:
        """Return "Medicare Part B", or the plan alone where it names its payer itself or the payer is only a kind."""
        if coverage is None:
            return ""
        name, plan = self.name(coverage.payer), coverage.plan
        if plan and coverage.payer in self._generic:
            return plan
        return plan if plan.casefold().startswith(name.casefold()) else f"{name} {plan}".strip()

    def named(self, text: str) -> frozenset[str]:
        """Return the ids of the payers whose id or name, or a word of it, begins with the text."""
        wanted = text.casefold().replace("-", " ")
        return frozenset(
            payer
            for payer, name in self._names.items()
            if f" {payer.replace('-', ' ')} {name.casefold().replace('-', ' ')}".find(f" {wanted}") >= 0
        )

    def take_choices(self, settings: Mapping[str, Any]) -> None:
        """Offer what the clinic's settings say from now on."""
        self._own, self._off = tuple(settings.get(OWN_PAYERS, ())), frozenset(settings.get(PAYERS_OFF, ()))

    def all(self) -> tuple[tuple[str, str], ...]:
        names = {own: own for own in self._own} | self._names
        return tuple(sorted(names.items(), key=lambda pair: pair[1].casefold()))

    def off_words(self, payer: str) -> str:
        """Return what to know of a payer that the clinic has switched off, and what next; "" of all others."""
        if payer not in self._off:
            return ""
        return tr(
            "{payer} is switched off here: the clinic works with it no more. Ask what pays now and enter that coverage,"
            " or have a manager switch it on again under Settings, Payers and plans.",
            payer=self.name(payer),
        )

    def offered(self) -> tuple[tuple[str, str], ...]:
        """Return those that the clinic works with."""
        return tuple((payer, name) for payer, name in self.all() if payer not in self._off)
