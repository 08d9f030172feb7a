"""Compares an answer with the expected part of its case: only what the case is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PLAIN = ("earliest", "levels")


def differences(expect: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Return what differs, one sentence each; empty when the answer is as expected."""
    return [*_outcome(expect, answer), *_codes(expect, answer), *_plain(expect, answer), *_counted(expect, answer)]


def _outcome(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    wanted = expect.get("outcome", answer["outcome"])
    if answer["outcome"] not in ([wanted] if isinstance(wanted, str) else wanted):
        yield f"outcome is {answer['outcome']}, not {wanted}"


def _codes(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    found = {finding["code"] for finding in answer["findings"]}
    yield from (f"{code} is missing" for code in expect.get("findings", ()) if code not in found)
    yield from (f"{code} should be absent" for code in expect.get("absent", ()) if code in found)


def _plain(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    for key in PLAIN:
        if key in expect and expect[key] != answer[key]:
            yield f"{key} is {answer[key]}, not {expect[key]}"


def _counted(expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    if "counted" not in expect:
        return
    first = next((each for each in answer["findings"] if each["code"] == expect["findings"][0]), None)
    counted = set(first["counted"]) if first else set()
    if counted != set(expect["counted"]):
        yield f"counted are {sorted(counted)}, not {sorted(expect['counted'])}"
