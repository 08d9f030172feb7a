"""Answers case files: questions as JSON with right answers beside them, without a database (tests/cases/FORMAT.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.domain.errors import InvalidCaseError
from tracker.domain.verdict import CodeLine, Finding, Source, Verdict
from tracker.policies.catalog import PolicyCatalog
from tracker.rules import evaluate
from tracker.services.rule_library.case_reading import read_case


def answer_cases(text: str, name: str, catalog: PolicyCatalog) -> list[dict[str, Any]]:
    """Return one answer a case, in order. Raises InvalidCaseError naming the case and the field."""
    return list(_answers(cases_of(text, name), catalog))


def cases_of(text: str, name: str) -> list[Any]:
    """Return the cases of a file, each as it stands. Raises InvalidCaseError when it holds no list."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise InvalidCaseError(f"{name} is not JSON: {error}.", remedy="Give a JSON list of cases.") from None
    except RecursionError:
        raise InvalidCaseError(f"{name} is nested too deeply.", remedy="Give a JSON list of cases.") from None
    if not isinstance(data, list):
        raise InvalidCaseError(f"{name} holds no list of cases.", remedy="Put the cases between [ and ].")
    return data


def _answers(data: list[Any], catalog: PolicyCatalog) -> Iterator[dict[str, Any]]:
    cases = [read_case(each, place) for place, each in enumerate(data, 1)]
    for case_id, case in cases:
        yield {"id": case_id} | answer_json(evaluate(case, catalog))


def answer_json(verdict: Verdict) -> dict[str, Any]:
    """Return the answer as it is printed."""
    return {
        "outcome": verdict.outcome.value,
        "earliest": verdict.earliest.isoformat() if verdict.earliest else None,
        "findings": [_finding(finding) for finding in verdict.findings],
        "codes": [_code(line) for line in verdict.codes],
        "levels": verdict.levels,
        "policy": [{"id": policy.id, "version": policy.version.isoformat()} for policy in verdict.policies],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code.value,
        "outcome": finding.outcome.value,
        "rule": finding.rule,
        "message": finding.message,
        "counted": list(finding.counted),
        "limit": finding.limit,
        "window": [finding.window.start.isoformat(), finding.window.end.isoformat()] if finding.window else None,
        "clears_on": finding.clears_on.isoformat() if finding.clears_on else None,
        "source": _source(finding.source) if finding.source else None,
    }
    return told | ({"ask": finding.ask} if finding.ask else {})


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "effective_from": source.effective_from.isoformat() if source.effective_from else None,
        "evidence": source.grade.value,
        "section": source.section,
    }


def _code(line: CodeLine) -> dict[str, Any]:
    return {"code": line.code, "modifiers": list(line.modifiers), "units": line.units}
