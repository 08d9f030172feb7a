"""The kinds of rule about what is billed: who wants an approval for which codes, and what belongs on its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.domain.rule import Rule
from tracker.domain.rule_figures import LONGEST_DAYS, refuse_empty, refuse_outside, refuse_twice


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAuthorization(Rule):
    """Who wants an approval for `codes`; voluntary programmes only warn. `needed` false: the payer asks for none.

    What the clinic entered for the plan stands before programme "payer". `reviewer` decides, "" for the payer itself.
    `valid_days` counts from the decision, which is the first day; None: the dates of the approval hold.
    """

    kind: Literal["needs_authorization"] = "needs_authorization"
    programme: Literal["payer", "medicare-opd", "wiser"]
    codes: tuple[str, ...]
    needed: bool = True
    voluntary: bool = False
    valid_days: int | None = None
    single_use: bool = False
    reviewer: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        super(NeedsAuthorization, self).__post_init__()
        refuse_twice("codes", self.codes)
        if self.voluntary and not self.needed:
            raise ValueError("voluntary says that one may ask, needed = false that nobody does; leave one of them out.")
        if self.valid_days is not None:
            refuse_outside("valid_days", self.valid_days, 1, LONGEST_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier(Rule):
    """A modifier that belongs on every line."""

    kind: Literal["modifier"] = "modifier"
    modifier: str

    def __post_init__(self) -> None:
        super(Modifier, self).__post_init__()
        refuse_empty("modifier", self.modifier, "the modifier, such as KX")
