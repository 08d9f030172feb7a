"""The words that import files may use: payers by every name they go by, codes, and the desk's words for procedures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from tracker.domain.procedure import Approach, Family, Intent
from tracker.exchange.formats import Meaning, Vocabulary, folded


class AliasedPayer(Protocol):
    """A payer of the catalog with the names that import files call it by."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> Iterable[str]: ...


class AliasedProcedure(Protocol):
    """A procedure of the pick list."""

    @property
    def label(self) -> str: ...

    @property
    def short(self) -> str: ...

    @property
    def aliases(self) -> Iterable[str]: ...

    @property
    def family(self) -> Family: ...

    @property
    def intent(self) -> Intent | None: ...

    @property
    def approach(self) -> Approach | None: ...


@dataclass(frozen=True, slots=True)
class ImportWords:
    """Payers, codes and procedure words, folded as the readers look them up."""

    payers: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Meaning] = field(default_factory=dict)
    words: Mapping[str, Meaning] = field(default_factory=dict)

    @classmethod
    def of(
        cls, payers: Iterable[AliasedPayer], procedures: Iterable[AliasedProcedure], codes: Mapping[str, Meaning]
    ) -> ImportWords:
        names = {folded(name): payer.id for payer in payers for name in (*payer.aliases, payer.name, payer.id)}
        words = {
            folded(name): Meaning(choice.family, choice.intent, choice.approach)
            for choice in procedures
            for name in (choice.label, choice.short, *choice.aliases)
        }
        return cls(names, codes, words)

    def vocabulary(self, today: date) -> Vocabulary:
        return Vocabulary(today, self.payers, self.codes, self.words)
