"""Who wants an approval for codes at a place on a day: the question and its answers, for screens and for requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_terms import Terms
from tracker.domain.coverage import Site
from tracker.domain.procedure import Approach, Intent
from tracker.domain.verdict import Source


class Standing(StrEnum):
    """What a programme or a plan wants. EXEMPT: nothing may be sent. ASK: nothing is on file. KNOW: a remark."""

    NEEDED = "needed"
    VOLUNTARY = "voluntary"
    NONE = "none"
    EXEMPT = "exempt"
    ASK = "ask"
    KNOW = "know"


@dataclass(frozen=True, slots=True)
class NeedsQuestion:
    """What is asked; intent and approach None where they are open, which leaves in what speaks about any of them.

    `entered` is the clinic's own entry for the patient's plan, None where nobody made one; `plan` is the plan's name.
    """

    payer: str
    codes: tuple[str, ...]
    site: Site
    day: date
    intent: Intent | None = None
    approach: Approach | None = None
    entered: bool | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One answer: who wants what for which codes, and why. `reviewer` decides, "" where it is the payer itself.

    `programme` is None for a remark and where no payer is involved. `terms` are empty unless something is to be asked.
    """

    standing: Standing
    programme: AuthorizationKind | None
    rule: str
    codes: tuple[str, ...]
    why: str
    reviewer: str = ""
    source: Source | None = None
    terms: Terms = field(default=Terms())
