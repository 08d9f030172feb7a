"""Whom a change of the clinic is for."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a change is for: who follows `rules`, only one `payer` of them ("" all), some plans as plan_aim.py
    reads them ("" all). `also`: the other payers that are meant, each with a change of its own in the same act.
    """

    rules: str
    payer: str = ""
    plan: str = ""
    also: tuple[Aim, ...] = ()

    @property
    def each(self) -> tuple[Aim, ...]:
        return (replace(self, also=()), *self.also)
