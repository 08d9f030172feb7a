"""The words of the desk: dates, procedures, codes and answers as short text. Says only what an answer holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import groupby

from tracker.domain.anatomy import Side, Target
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import BookingRequest
from tracker.domain.coverage import Site
from tracker.domain.event import Event, EventStatus, PartialDate
from tracker.domain.language import msg, tr
from tracker.domain.procedure import Approach, Family, Intent, Sites
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CodeLine, Finding, FindingCode, Outcome, Tally, Verdict
from tracker.services.words.body_words import body_text

FAMILY_WORDS = {
    Family.FACET_INJECTION: msg("Facet injection"),
    Family.FACET_ABLATION: "RFA",
    Family.EPIDURAL: msg("Epidural"),
    Family.SI_INJECTION: msg("SI joint"),
    Family.SI_ABLATION: msg("SI ablation"),
    Family.TRIGGER_POINT: msg("Trigger points"),
    Family.BASIVERTEBRAL_ABLATION: msg("Basivertebral ablation"),
    Family.GENICULAR_BLOCK: msg("Genicular block"),
    Family.GENICULAR_ABLATION: msg("Genicular ablation"),
    Family.OCCIPITAL_BLOCK: msg("Occipital block"),
    Family.SCS_TRIAL: msg("SCS trial"),
}
EPIDURAL_WORDS = {
    Approach.INTERLAMINAR: msg("IL epidural"),
    Approach.TRANSFORAMINAL: msg("TF epidural"),
    Approach.CAUDAL: msg("Caudal epidural"),
    Approach.NERVE_ROOT: msg("Nerve root block"),
}
STATUS_WORDS = {
    EventStatus.BOOKED: msg("booked"),
    EventStatus.CANCELLED: msg("cancelled"),
    EventStatus.NO_SHOW: msg("no-show"),
    EventStatus.ABORTED: msg("aborted"),
}
"""What became of an injection; of one that was done nothing is said."""


def us_time(starts: time) -> str:
    return f"{starts.hour % 12 or 12}:{starts.minute:02} {'AM' if starts.hour < 12 else 'PM'}"


def us_moment(at: datetime) -> str:
    """Return a moment as this computer's clock shows it: "11/20/2026 2:20 PM"."""
    here = at.astimezone()
    return f"{us_date(here.date())} {us_time(here.time())}"


def site_text(site: Site) -> str:
    """Return the site's name with its place of service, which payers decide by: "Surgery center (24)"."""
    name, place = site.name or site.facility, f"({site.place_of_service})"
    return name if place in name else f"{name} {place}"


def us_partial(when: PartialDate) -> str:
    """Return "01/12/2026", "01/2026" or "2026", or both ends of another span."""
    text = str(when)
    if when.exact:
        return us_date(when.first)
    if PartialDate.parse(text) != when:
        return tr("{first} to {last}", first=us_date(when.first), last=us_date(when.last))
    return f"{text[5:]}/{text[:4]}" if len(text) == 7 else text


def targets_text(targets: Sequence[Target]) -> str:
    """Return "L4-5 L5-S1 left" or "L4-5 left, L5-S1 right": levels of one side share it."""
    parts = []
    for side, group in groupby(
        sorted(targets, key=lambda t: (_first_level(targets, t.side), t.side, t.level)), lambda t: t.side
    ):
        levels = " ".join(target.level.label for target in group)
        parts.append(levels if side is Side.MIDLINE else f"{levels} {side.label}")
    return ", ".join(parts)


def sites_text(sites: Sites) -> str:
    """Return the targets as `targets_text` does, regions of the body, or the nerves where they complete no joint."""
    return (
        targets_text(sites.targets)
        or body_text(sites.body_regions)
        or (tr("nerves {names}", names=" ".join(sites.lone_nerves)) if sites.lone_nerves else "")
    )


def place_text(event: Event) -> str:
    """Return where an event went: its levels and sides, its nerves, or the region that is all one knows."""
    if event.body_regions:
        return body_text(event.body_regions)
    if event.targets:
        return targets_text(event.targets)
    if event.nerves:
        return tr("nerves {names}", names=" ".join(event.nerves))
    return tr("{label}, level not known", label=event.region.label) if event.region else ""


def _first_level(targets: Sequence[Target], side: Side) -> int:
    return min(target.level.order for target in targets if target.side is side)


def procedure_text(
    family: Family,
    intent: Intent | None = None,
    approach: Approach | None = None,
    targets: Sequence[Target] = (),
    body: Sequence[BodyRegion] = (),
) -> str:
    """Return "RFA L4-5 L5-S1 left", "MBB C5-6 right", "Caudal epidural", "Trigger points neck"."""
    where = targets_text([target for target in targets if target.level.name not in ("caudal", "SI")])
    sides = targets_text([target for target in targets if target.level.name == "SI"]).removeprefix("SI").strip()
    return " ".join(part for part in (procedure_word(family, intent, approach), where, sides, body_text(body)) if part)


def procedure_word(family: Family, intent: Intent | None = None, approach: Approach | None = None) -> str:
    """Return the procedure's short name without its levels."""
    if family is Family.EPIDURAL:
        return tr(EPIDURAL_WORDS.get(approach, "Epidural")) if approach else tr("Epidural")
    if family is Family.FACET_INJECTION:
        if approach is Approach.CYST:
            return tr("Facet cyst")
        technique = "MBB" if approach is not Approach.INTRA_ARTICULAR else tr("Facet IA")
        return tr("{technique} therapeutic", technique=technique) if intent is Intent.THERAPEUTIC else technique
    if family is Family.SI_INJECTION and approach is Approach.LATERAL_BRANCH:
        return tr("Lateral branch therapeutic") if intent is Intent.THERAPEUTIC else tr("Lateral branch")
    if family is Family.SI_INJECTION and intent is Intent.DIAGNOSTIC:
        return tr("SI joint diagnostic")
    return tr(FAMILY_WORDS[family])


def event_text(event: Event) -> str:
    return procedure_text(event.family, event.intent, event.approach, event.targets, event.body_regions)


def request_text(request: BookingRequest) -> str:
    """Return what is asked for, and where, as `procedure_text` does."""
    return procedure_text(request.family, request.intent, request.approach, request.targets, request.body_regions)


def codes_text(codes: Iterable[CodeLine]) -> str:
    """Return "64493 KX RT ×1   64494 KX RT ×1"."""
    return "   ".join(" ".join((line.code, *line.modifiers, f"×{line.units}")) for line in codes)


def last_in_window(verdict: Verdict) -> bool:
    """Tell whether this one would use up a limit."""
    return any(finding.code is FindingCode.ADVICE and finding.limit is not None for finding in verdict.findings)


def headline(verdict: Verdict) -> str:
    """Return the answer in one line, as it is read out on the phone."""
    asked, worst = us_date(verdict.asked, weekday=True), verdict.worst
    match verdict.outcome:
        case Outcome.ALLOWED:
            return tr("Allowed on {asked}", asked=asked)
        case Outcome.CAUTION:
            return (
                tr("Allowed, last one in the window")
                if last_in_window(verdict)
                else tr("Allowed on {asked}, with a caution", asked=asked)
            )
        case Outcome.NEEDS_AUTHORIZATION:
            return tr("Needs authorization")
        case Outcome.UNKNOWN:
            no_rule = worst is not None and worst.code is FindingCode.NO_POLICY
            return tr("Cannot tell: no rule on file") if no_rule else tr("Cannot tell for {asked}", asked=asked)
        case Outcome.NOT_ALLOWED:
            return _refusal(verdict, asked)


def _refusal(verdict: Verdict, asked: str) -> str:
    if verdict.earliest is not None and verdict.earliest > verdict.asked:
        return tr("Not before {earliest}", earliest=us_date(verdict.earliest, weekday=True))
    code = verdict.worst.code if verdict.worst else None
    plain = {
        FindingCode.NOT_COVERED: tr("Not covered"),
        FindingCode.CODING: tr("The codes do not fit"),
        FindingCode.TOO_MANY_LEVELS: tr("Too many levels for one session"),
        FindingCode.PREREQUISITE: tr("An earlier result is missing or too weak"),
    }
    return (
        plain.get(code, tr("Not allowed on {asked}", asked=asked))
        if code
        else tr("Not allowed on {asked}", asked=asked)
    )


_UNKNOWN_FLAGS = {
    FindingCode.NO_POLICY: tr("No rule on file"),
    FindingCode.PREREQUISITE: tr("Ask for result"),
    FindingCode.HISTORY: tr("Ask prior history"),
}
_REFUSED_FLAGS = {
    FindingCode.NOT_COVERED: tr("Not covered"),
    FindingCode.TOO_MANY_LEVELS: tr("Too many levels"),
    FindingCode.PREREQUISITE: tr("Step missing"),
    FindingCode.CODING: tr("Wrong codes"),
    FindingCode.SAME_DAY: tr("Same-day clash"),
}


def short_flag(verdict: Verdict) -> str:
    """Return the answer in two or three words, for a table cell."""
    worst = verdict.worst.code if verdict.worst else None
    match verdict.outcome:
        case Outcome.ALLOWED:
            return tr("Allowed")
        case Outcome.CAUTION:
            return tr("Last in window") if last_in_window(verdict) else _caution_flag(worst)
        case Outcome.NEEDS_AUTHORIZATION:
            return tr("Needs auth")
        case Outcome.UNKNOWN:
            return _UNKNOWN_FLAGS.get(worst, tr("Cannot tell")) if worst else tr("Cannot tell")
        case Outcome.NOT_ALLOWED:
            if verdict.earliest is not None and verdict.earliest > verdict.asked:
                year = f"/{verdict.earliest.year}" if verdict.earliest.year != verdict.asked.year else ""
                return tr("Not before {earliest:%m/%d}{year}", earliest=verdict.earliest, year=year)
            return _REFUSED_FLAGS.get(worst, tr("Not allowed")) if worst else tr("Not allowed")


def _caution_flag(code: FindingCode | None) -> str:
    flags = {
        FindingCode.BOUNDARY_DAY: tr("Clears tomorrow"),
        FindingCode.FORWARD_IMPACT: tr("Moves a later visit"),
        FindingCode.AUTHORIZATION: tr("Check auth"),
        FindingCode.HISTORY: tr("Ask elsewhere"),
    }
    return flags.get(code, tr("Allowed, see note")) if code else tr("Allowed, see note")


def deciding_tally(verdict: Verdict) -> Tally | None:
    """Return the limit that the answer hangs on: the one of the worst finding, else the fullest."""
    by_rule = {tally.rule: tally for tally in verdict.tallies}
    for finding in verdict.findings:
        if finding.rule in by_rule:
            return by_rule[finding.rule]
    return min(verdict.tallies, key=lambda tally: tally.limit - tally.used, default=None)


def count_text(verdict: Verdict) -> str:
    """Return "1 of 4 sessions used", "" where nothing is counted."""
    tally = deciding_tally(verdict)
    return tr("{used} of {limit} {unit} used", used=tally.used, limit=tally.limit, unit=tally.unit) if tally else ""


def reason_text(verdict: Verdict) -> str:
    """Return the message of what decides, "" when nothing stands in the way."""
    worst: Finding | None = verdict.worst
    return worst.message if worst else ""
