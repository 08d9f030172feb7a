"""For which plans something holds, as one types it: "Gold; Silver" those two, "all but Gold" the others, "" all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.language import tr, tr_n
from tracker.domain.rule import plan_key

_ALL_BUT, _PARTED = "all but ", "; "


@dataclass(frozen=True, slots=True)
class PlanAim:
    """The plans that are meant, or those that are left out; at most one of the lists has names, none means all."""

    plans: tuple[str, ...] = ()
    not_plans: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        return self.plans or self.not_plans

    @property
    def written(self) -> str:
        """Return what `plan_aim` reads back, in whatever language it was typed."""
        return (_ALL_BUT if self.not_plans else "") + _PARTED.join(self.named)

    @property
    def words(self) -> str:
        """Return what is said behind the payer's name: ", plan “Gold”"; "" where all plans are meant."""
        quoted = ", ".join(f"“{plan}”" for plan in self.named)
        if self.not_plans:
            return tr(", all plans but {plans}", plans=quoted)
        return tr_n(", plan {plans}", ", plans {plans}", len(self.plans), plans=quoted) if self.plans else ""

    @property
    def key(self) -> tuple[bool, frozenset[str]]:
        """Return what two aims at the same plans have in common."""
        return bool(self.not_plans), frozenset(map(plan_key, self.named))


def plan_aim(text: str) -> PlanAim:
    """Read what was typed; a name that is given twice counts once."""
    clean = " ".join(text.split())
    in_words = tr("all but")
    for words in (_ALL_BUT, f"{in_words} "):
        if clean.casefold().startswith(words.casefold()):
            return PlanAim(not_plans=_names(clean[len(words) :].split(";")))
    return PlanAim(_names(clean.split(";")))


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    names = [part.strip() for part in parts if part.strip()]
    return tuple({plan_key(name): name for name in reversed(names)}.values())[::-1]
