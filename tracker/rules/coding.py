"""From targets to claim lines, and what is wrong with lines that others wrote (policies.md 3; CHOICES 23, 24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tracker.domain.anatomy import FACET_LEVELS, Level, Region, Side, Target, regions_of
from tracker.domain.coding import CodeBook, CodeScheme
from tracker.domain.coverage import Biller, Site
from tracker.domain.language import tr, tr_n
from tracker.domain.policy import PolicyVersion, Together
from tracker.domain.procedure import Approach, Family
from tracker.domain.proposal import Proposal
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import CodeLine, Finding, FindingCode, Outcome
from tracker.rules.facts import settled_regions, single_sites

KX = "KX"
BOTH_SIDES = "50"
SIDES = ("RT", "LT")
ASC = "24"


def derive_codes(
    proposal: Proposal, site: Site, book: CodeBook, modifiers: Iterable[str] = (), version: PolicyVersion | None = None
) -> tuple[CodeLine, ...]:
    """Return the lines that bill the proposal; empty where no code is on file for it."""
    pairs = version.together if version else ()
    procedure = (proposal.family, proposal.approach, proposal.targets, bool(proposal.lone_nerves))
    return _derived(*procedure, is_asc_claim(site), book, tuple(modifiers), pairs)


@lru_cache(maxsize=4096)
def _derived(
    family: Family,
    approach: Approach | None,
    targets: tuple[Target, ...],
    lone_nerves: bool,
    own_claim: bool,
    book: CodeBook,
    modifiers: tuple[str, ...],
    pairs: tuple[Together, ...],
) -> tuple[CodeLine, ...]:
    lines: list[CodeLine] = []
    for levels in _sessions(family, targets, lone_nerves, pairs):
        for number, (level, sides) in enumerate(levels):
            scheme = book.scheme(family, approach, level.region if level else None)
            if scheme is not None:
                lines += _level_lines(scheme, number, sides, own_claim, modifiers)
    return _counted(lines, book, own_claim)


def is_asc_claim(site: Site) -> bool:
    """Tell whether it is an ambulatory surgery center's own claim: two lines for two sides, G0260 for the SI joint."""
    return site.biller is Biller.FACILITY and site.place_of_service == ASC


Levels = list[tuple[Level | None, frozenset[Side]]]


def _sessions(
    family: Family, targets: tuple[Target, ...], lone_nerves: bool, pairs: tuple[Together, ...]
) -> list[Levels]:
    """Return the levels with their sides, one list for each region that begins with a first level of its own."""
    if not targets:
        return [[(None, frozenset())]] if not lone_nerves else []
    sides: dict[Level, set[Side]] = {}
    for target in single_sites(tuple(t for t in targets if has_code(t.level, family))):
        sides.setdefault(target.level, set()).update(target.side.single_sides)
    levels: Levels = [(level, frozenset(found)) for level, found in sorted(sides.items())]
    names = {level.name for level in sides}
    joined = any(names.issuperset(each.levels) for each in pairs)
    if joined or len(settled_regions(names, sides, regions_of(targets), pairs)) < 2:
        return [levels]
    return [[each for each in levels if each[0] and each[0].region is region] for region in Region]


def has_code(level: Level, family: Family) -> bool:
    """Tell whether the level has codes of its own: C0-1 and C1-2 have none as facet joints (policies.md 3.1)."""
    return family not in (Family.FACET_INJECTION, Family.FACET_ABLATION) or level in FACET_LEVELS


def _level_lines(
    scheme: CodeScheme, number: int, sides: frozenset[Side], own_claim: bool, modifiers: tuple[str, ...]
) -> list[CodeLine]:
    if number and len(scheme.codes) == 1:
        return []
    code = scheme.codes[min(number, len(scheme.codes) - 1)]
    if own_claim and scheme.facility:
        code = scheme.facility
    if scheme.bilateral and own_claim and sides:
        marks = [mark for mark, side in zip(SIDES, (Side.RIGHT, Side.LEFT), strict=True) if side in sides]
        return [CodeLine(code, (*modifiers, mark)) for mark in marks]
    both = (BOTH_SIDES,) if scheme.bilateral and len(sides) == 2 else ()
    return [CodeLine(code, (*modifiers, *both))]


def _counted(lines: list[CodeLine], book: CodeBook, own_claim: bool) -> tuple[CodeLine, ...]:
    """Join equal lines: a unit each for further levels, one unit for "third and further" codes."""
    once = book.once
    units = Counter((line.code, line.modifiers) for line in lines)
    joined: list[CodeLine] = []
    for (code, marks), count in units.items():
        known = next((number for number, line in enumerate(joined) if line.code == code), None)
        if code not in once:
            joined.append(CodeLine(code, marks, count))
        elif known is None or own_claim:
            joined.append(CodeLine(code, marks))
        elif len(marks) > len(joined[known].modifiers):
            joined[known] = CodeLine(code, marks)  # on both sides when any of the further levels is
    return tuple(joined)


def check_codes(
    given: tuple[CodeLine, ...], derived: tuple[CodeLine, ...], proposal: Proposal, site: Site, book: CodeBook, kx: bool
) -> Iterator[Finding]:
    """Say what is wrong with the lines that were given, the plainest fault first."""
    own_claim = is_asc_claim(site)
    wanted = _comparable(derived, own_claim, kx)
    if _comparable(_known_alternatives(given, derived, book), own_claim, kx) == wanted:
        return
    right = "; ".join(line_text(line) for line in derived) or tr("no line")
    what = _fault(given, derived, proposal, book, own_claim, kx)
    message = tr("{fault} These targets are billed as {lines}.", fault=what, lines=right)
    yield Finding(FindingCode.CODING, Outcome.NOT_ALLOWED, "codes", message)


def line_text(line: CodeLine) -> str:
    """Return "64493 KX 50 ×1"."""
    return " ".join((line.code, *line.modifiers, f"×{line.units}"))


def _comparable(lines: Iterable[CodeLine], own_claim: bool, kx: bool) -> Counter[tuple[str, frozenset[str], int]]:
    ignored = (set() if own_claim else set(SIDES)) | (set() if kx else {KX})
    return Counter((line.code, frozenset(line.modifiers) - ignored, line.units) for line in lines)


def _known_alternatives(
    given: tuple[CodeLine, ...], derived: tuple[CodeLine, ...], book: CodeBook
) -> tuple[CodeLine, ...]:
    """Read a code that says the same in another count (20552 for 20553: muscles are not on file) as the derived one."""
    names = {line.code for line in derived}
    same = {other: scheme.codes[0] for scheme in book.schemes for other in scheme.same if scheme.codes[0] in names}
    return tuple(CodeLine(same.get(line.code, line.code), line.modifiers, line.units) for line in given)


def _fault(
    given: tuple[CodeLine, ...],
    derived: tuple[CodeLine, ...],
    proposal: Proposal,
    book: CodeBook,
    own_claim: bool,
    kx: bool,
) -> str:
    for fault in (
        _unknown_or_foreign(given, proposal, book),
        _add_on_alone(given, book),
        _wrong_region(given, proposal, book),
        _wrong_level(given, derived),
        _wrong_modifier(given, derived, own_claim, kx),
        _wrong_units(given, derived),
    ):
        if fault:
            return fault
    return tr("These lines do not fit the targets.")


def _unknown_or_foreign(given: tuple[CodeLine, ...], proposal: Proposal, book: CodeBook) -> str:
    for line in given:
        known = book.codes.get(line.code)
        if known is None:
            return tr("{code} is no code on file here.", code=line.code)
        if known.ends is not None and proposal.day > known.ends:
            day = us_date(known.ends)
            return tr("{code} was deleted; its last date of service was {day}.", code=line.code, day=day)
        if known.family is None and known.imaging:
            return tr(
                "{code} ({label}) is part of the injection's code and is not billed beside it.",
                code=line.code,
                label=known.label.lower(),
            )
        if known.family is not None and known.family is not proposal.family:
            return tr("{code} is another procedure: {label}.", code=line.code, label=known.label.lower())
    return ""


def _add_on_alone(given: tuple[CodeLine, ...], book: CodeBook) -> str:
    there = {line.code for line in given}
    for line in given:
        known = book.codes.get(line.code)
        if known is not None and known.base and not there & set(known.base):
            return tr("{code} is an add-on and cannot stand without {base}.", code=line.code, base=known.base[0])
    return ""


def _wrong_region(given: tuple[CodeLine, ...], proposal: Proposal, book: CodeBook) -> str:
    for line in given:
        known = book.codes.get(line.code)
        if known is not None and known.region is not None and proposal.regions and known.region not in proposal.regions:
            return tr("{code} belongs to the {region} region.", code=line.code, region=known.region.label)
    return ""


def _wrong_level(given: tuple[CodeLine, ...], derived: tuple[CodeLine, ...]) -> str:
    there, right = {line.code for line in given}, {line.code for line in derived}
    if extra := sorted(there - right):
        return tr("{code} does not fit these levels.", code=extra[0])
    if missing := sorted(right - there):
        return tr("{code} is missing.", code=missing[0])
    return ""


def _wrong_modifier(given: tuple[CodeLine, ...], derived: tuple[CodeLine, ...], own_claim: bool, kx: bool) -> str:
    marks = {mark for line in given for mark in line.modifiers}
    right = {mark for line in derived for mark in line.modifiers}
    if kx and (KX in marks) != (KX in right):
        missing = tr("KX is missing on a diagnostic injection.")
        return tr("KX marks diagnostic injections only.") if KX in marks else missing
    if BOTH_SIDES in marks and BOTH_SIDES not in right:
        sides = tr("The center's own claim has two lines, RT and LT, instead of modifier 50.")
        return sides if own_claim else tr("Modifier 50 does not apply here.")
    if BOTH_SIDES in right and BOTH_SIDES not in marks:
        return tr("Both sides are one line with modifier 50.")
    if own_claim and marks & set(SIDES) != right & set(SIDES):
        return tr("The sides RT and LT do not fit.")
    return ""


def _wrong_units(given: tuple[CodeLine, ...], derived: tuple[CodeLine, ...]) -> str:
    right = Counter({line.code: line.units for line in derived})
    times, wanted = Counter(line.code for line in given), Counter(line.code for line in derived)
    for line in given:
        if line.units != right[line.code]:
            return tr_n(
                "{code} has {n} unit; {right} is right.",
                "{code} has {n} units; {right} is right.",
                line.units,
                code=line.code,
                right=right[line.code],
            )
        if times[line.code] > wanted[line.code]:
            twice = tr("{code} is there twice.", code=line.code)
            count = times[line.code]
            return twice if count == 2 else tr("{code} is there {count} times.", code=line.code, count=count)
    return tr("The lines are not those of these targets.")
