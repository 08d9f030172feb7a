"""Short words for questions to the rules: what was done, what is asked, and what the answer says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationKind, AuthorizationLine, AuthorizationStatus
from tracker.domain.coverage import Coverage, Site
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate
from tracker.domain.procedure import Approach, Family, Intent, parse_sites
from tracker.domain.proposal import Case, ClinicChoices, Proposal
from tracker.domain.verdict import CodeLine, Verdict
from tracker.paths import resource_root
from tracker.policies import PolicyCatalog, load_catalog
from tracker.policies.loader import read_policies
from tracker.policies.procedures import Payer
from tracker.policies.toml_file import Problems
from tracker.rules import evaluate

FACET, ABLATION, EPIDURAL = Family.FACET_INJECTION, Family.FACET_ABLATION, Family.EPIDURAL
DIAGNOSTIC, THERAPEUTIC = Intent.DIAGNOSTIC, Intent.THERAPEUTIC
KINDS: dict[str, tuple[Family, Intent | None, Approach | None]] = {
    "mbb": (FACET, DIAGNOSTIC, Approach.MEDIAL_BRANCH),
    "ia-dx": (FACET, DIAGNOSTIC, Approach.INTRA_ARTICULAR),
    "facet-tx": (FACET, THERAPEUTIC, Approach.INTRA_ARTICULAR),
    "mbb-tx": (FACET, THERAPEUTIC, Approach.MEDIAL_BRANCH),
    "rfa": (ABLATION, None, None),
    "tf": (EPIDURAL, THERAPEUTIC, Approach.TRANSFORAMINAL),
    "il": (EPIDURAL, THERAPEUTIC, Approach.INTERLAMINAR),
    "caudal": (EPIDURAL, THERAPEUTIC, Approach.CAUDAL),
    "root": (EPIDURAL, DIAGNOSTIC, Approach.NERVE_ROOT),
    "si-dx": (Family.SI_INJECTION, DIAGNOSTIC, Approach.INTRA_ARTICULAR),
    "si-tx": (Family.SI_INJECTION, THERAPEUTIC, Approach.INTRA_ARTICULAR),
    "si-rfa": (Family.SI_ABLATION, None, None),
    "tp": (Family.TRIGGER_POINT, THERAPEUTIC, None),
}
MADE_UP = Path(__file__).parent / "made_up"


@cache
def rules() -> PolicyCatalog:
    """Return the shipped rules, and made-up payers that use what no shipped rule uses."""
    shipped, problems = load_catalog(resource_root()), Problems()
    made_up = read_policies(MADE_UP, problems)
    problems.refuse()
    payers = tuple(Payer(policy.id, policy.title, rules=policy.rules) for policy in made_up)
    return replace(shipped, payers=(*shipped.payers, *payers), policies=(*shipped.policies, *made_up))


def done(
    day: str, kind: str, *targets: str, relief: float | None = None, months: float | None = None, **given: Any
) -> Event:
    """Return something performed on a day, in a month or in a year; its id is the day unless another is given."""
    family, intent, approach = KINDS[kind]
    sites = parse_sites(targets, approach)
    base = Event(
        id=given.pop("id", day), when=PartialDate.parse(day), family=family, intent=intent, approach=approach,
        targets=sites.targets, nerves=sites.nerves, payer=given.pop("payer", "medicare"),
        relief_percent=relief, relief_months=months,
    )  # fmt: skip
    return replace(base, **given)


def booked(day: str, kind: str, *targets: str, **given: Any) -> Event:
    return done(day, kind, *targets, status=EventStatus.BOOKED, **given)


def told(event: Event) -> Event:
    return replace(event, evidence=EventEvidence.PATIENT_REPORTED)


def aborted(event: Event) -> Event:
    return replace(event, status=EventStatus.ABORTED)


def proven(*targets: str, first: str = "2024-01-08", second: str = "2024-02-05") -> list[Event]:
    """Return two positive medial branch blocks, long ago."""
    return [done(first, "mbb", *targets, relief=90), done(second, "mbb", *targets, relief=85)]


def question(day: str, kind: str, *targets: str, history: Iterable[Event] = (), **given: Any) -> Case:
    """Return a question to Medicare in Kentucky, asked a week before, unless another payer, state or place is given."""
    family, intent, approach = KINDS[kind]
    sites = parse_sites(targets, approach)
    on = date.fromisoformat(day)
    proposal = Proposal(
        day=on, family=family, intent=intent, approach=approach, targets=sites.targets, nerves=sites.nerves,
        lone_nerves=sites.lone_nerves, provider=given.pop("provider", "provider-1"), codes=given.pop("codes", None),
        technique_changed=given.pop("changed", False),
    )  # fmt: skip
    payer = given.pop("payer", "medicare")
    coverage = Coverage(payer, authorization_required=None if payer == "medicare" else False)
    return Case(
        as_of=date.fromisoformat(given["as_of"]) if "as_of" in given else on - timedelta(7),
        proposal=proposal,
        site=Site(given.get("state", "KY"), **given.get("site", {})),
        coverages=given.get("coverages", (coverage,)),
        history=tuple(history),
        authorizations=tuple(given.get("authorizations", ())),
        choices=ClinicChoices(given.get("anniversary_free", False)),
    )


def ask(day: str, kind: str, *targets: str, history: Iterable[Event] = (), **given: Any) -> Verdict:
    return evaluate(question(day, kind, *targets, history=history, **given), rules())


def approval(*lines: AuthorizationLine, **given: Any) -> Authorization:
    """Return a plan's approval of the lines, good for the year 2026."""
    base = Authorization("A-1", "medicare-advantage", AuthorizationStatus.APPROVED, lines=lines)
    return replace(base, **({"start": date(2026, 1, 1), "end": date(2026, 12, 31)} | given))


def affirmation(*lines: AuthorizationLine, **given: Any) -> Authorization:
    """Return Medicare's affirmation of the lines for a hospital, decided on 2026-10-01."""
    base = Authorization(
        "UTN-1", "medicare", AuthorizationStatus.APPROVED, AuthorizationKind.MEDICARE_OPD,
        decided=date(2026, 10, 1), lines=lines,
    )  # fmt: skip
    return replace(base, **given)


def at(*targets: str) -> tuple[Target, ...]:
    return parse_sites(targets).targets


def codes(verdict: Verdict) -> set[str]:
    """Return the finding codes of an answer."""
    return {finding.code.value for finding in verdict.findings}


def outcome_of(verdict: Verdict, code: str) -> str:
    """Return the outcome of the first finding with this code, "" without one."""
    return next((finding.outcome.value for finding in verdict.findings if finding.code == code), "")


def said(verdict: Verdict) -> str:
    return " ".join(finding.message for finding in verdict.findings)


def lines(verdict: Verdict) -> list[tuple[str, str, int]]:
    """Return the claim lines as (code, "KX 50", units)."""
    return [(line.code, " ".join(line.modifiers), line.units) for line in verdict.codes]


def claim(*written: str) -> tuple[CodeLine, ...]:
    """Read claim lines: "64493 KX 50", "64636 x2"."""
    found = []
    for text in written:
        code, *rest = text.split()
        units = next((int(word[1:]) for word in rest if word.startswith("x")), 1)
        found.append(CodeLine(code, tuple(word for word in rest if not word.startswith("x")), units))
    return tuple(found)
