"""Compares an answer with the expected part of its case: only what the case is about (docs/case-format.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tracker.domain.coverage import Biller
from tracker.domain.proposal import Case

PLAIN = ("earliest", "levels")
_AMBULATORY_CENTER, _SIDES, _ATTESTED = "24", {"RT", "LT"}, "KX"
_MEDICARE = "medicare"


def differences(expect: dict[str, Any], answer: dict[str, Any], asked: Case) -> list[str]:
    """Return what differs, one sentence each; empty when the answer is as expected."""
    return [
        *_outcome(expect, answer),
        *_findings(expect, answer),
        *_plain(expect, answer),
        *_counted(expect, answer),
        *_codes(expect, answer, asked),
    ]


def _outcome(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    wanted = expect.get("outcome", answer["outcome"])
    accepted = [wanted] if isinstance(wanted, str) else wanted
    if answer["outcome"] not in accepted:
        yield f"outcome: expected {' or '.join(accepted)}, got {answer['outcome']}"


def _findings(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    found = {finding["code"] for finding in answer["findings"]}
    yield from (f"finding {code}: expected, got none" for code in expect.get("findings", ()) if code not in found)
    yield from (f"finding {code}: not expected, got one" for code in expect.get("absent", ()) if code in found)


def _plain(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    for key in PLAIN:
        if key in expect and expect[key] != answer[key]:
            yield f"{key}: expected {_shown(expect[key])}, got {_shown(answer[key])}"


def _counted(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    """What is counted is told by the first finding of the first expected kind."""
    if "counted" not in expect:
        return
    code = next(iter(expect.get("findings", ())), "")
    first = next((each for each in answer["findings"] if each["code"] == code), None)
    counted = set(first["counted"]) if first else set()
    if counted != set(expect["counted"]):
        yield f"counted: expected {_listed(expect['counted'])}, got {_listed(counted)}"


def _codes(expect: dict[str, Any], answer: dict[str, Any], asked: Case) -> Iterator[str]:
    if "codes" not in expect:
        return
    wanted, got = _compared(expect["codes"], asked), _compared(answer["codes"], asked)
    if wanted != got:
        yield f"codes: expected {_lines(wanted)}, got {_lines(got)}"


def _compared(lines: list[dict[str, Any]], asked: Case) -> Counter[tuple[str, tuple[str, ...], int]]:
    """Return lines without order; the sides on a center's own claim only, KX for traditional Medicare only."""
    own_claim = asked.site.biller is Biller.FACILITY and asked.site.place_of_service == _AMBULATORY_CENTER
    ignored = set() if own_claim else set(_SIDES)
    if asked.coverage is None or asked.coverage.payer != _MEDICARE:
        ignored.add(_ATTESTED)
    return Counter(
        (line["code"], tuple(sorted(set(line.get("modifiers", ())) - ignored)), line.get("units", 1)) for line in lines
    )


def _lines(lines: Counter[tuple[str, tuple[str, ...], int]]) -> str:
    told = (f"{'-'.join((code, *modifiers))} × {units}" for code, modifiers, units in sorted(lines.elements()))
    return ", ".join(told) or "none"


def _listed(ids: Any) -> str:
    return ", ".join(sorted(ids)) or "none"


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)
