"""Everything that the shipped files say: payers, procedures, codes, and the rules in force on a day."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.coding import CodeBook
from tracker.domain.procedure import ProcedureChoice
from tracker.policies.procedures import Payer


@dataclass(frozen=True, slots=True)
class PolicyCatalog:
    payers: tuple[Payer, ...]
    procedures: tuple[ProcedureChoice, ...]
    codes: CodeBook
