"""The words and the JSON of the `policies` command.

`list --json` prints {"name", "number", "published", "payers": [{"id", "name", "rules"}], "policies": [{"id", "title",
"payers", "versions", "from", "rules", "evidence": {"primary": 3}}]}. `diff --json` prints a list of {"who", "about",
"kind", "what", "first", "last", "contractors"}. `prove --json` prints {"rules", "program", "day", "cases", "failed":
[{"file", "id", "title", "differs"}], "policies_without_case"}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.domain.us_dates import us_date
from tracker.domain.verdict import Grade
from tracker.policies.books import Book
from tracker.policies.census import PolicyCount, census, grades_of
from tracker.policies.difference import BookChange
from tracker.policies.edition import Edition
from tracker.policies.pack_keys import fingerprint
from tracker.services.rule_library.proving import Proof

if TYPE_CHECKING:  # brings the database library
    from tracker.services.rule_library.packs import PackPreview


def edition_line(edition: Edition) -> str:
    return f"{edition.name}, number {edition.number} of {us_date(edition.published)}"


def book_line(book: Book) -> str:
    """Return which book this is, and for a pack whose key sealed it."""
    sealed = f" Sealed by the key {fingerprint(book.pack.key)}." if book.pack else ""
    return f"{book.name}: {edition_line(book.catalog.edition)}.{sealed}"


def list_lines(book: Book) -> Iterator[str]:
    counts = census(book.catalog)
    grades = grades_of(counts)
    yield book_line(book)
    yield (
        f"{_count(len(book.catalog.payers), 'payer')}, {_count(len(counts), 'policy', 'policies')},"
        f" {_count(grades.total(), 'rule')}: {_grades(grades)}."
    )
    for payers, policies in groupby(counts, key=lambda each: each.payers):
        yield ""
        yield ", ".join(payers) or "no payer"
        yield from (f"  {_policy_line(each)}" for each in policies)
    silent = [payer.name for payer in book.catalog.payers if not payer.rules and not payer.self_pay]
    if silent:
        yield ""
        yield f"Without rules on file: {', '.join(silent)}."


def _policy_line(each: PolicyCount) -> str:
    since = f"since {us_date(each.first)}"
    changed = f", last change {us_date(each.last)}" if each.last != each.first else ""
    return (
        f"{each.title}: {_count(each.versions, 'version')} {since}{changed};"
        f" {_count(each.rules, 'rule')}: {_grades(each.grades)}"
    )


def _count(count: int, noun: str, many: str = "") -> str:
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def _grades(grades: Counter[Grade]) -> str:
    return ", ".join(f"{grades[grade]} {grade.value}" for grade in Grade if grades[grade]) or "none"


def list_json(book: Book) -> dict[str, Any]:
    edition = book.catalog.edition
    return {
        "name": edition.name,
        "number": edition.number,
        "published": edition.published.isoformat(),
        "payers": [{"id": payer.id, "name": payer.name, "rules": payer.rules} for payer in book.catalog.payers],
        "policies": [
            {
                "id": each.id,
                "title": each.title,
                "payers": list(each.payers),
                "versions": each.versions,
                "from": each.first.isoformat(),
                "rules": each.rules,
                "evidence": {grade.value: count for grade, count in each.grades.items()},
            }
            for each in census(book.catalog)
        ],
    }


def proof_lines(book: Book, proof: Proof, day: date) -> Iterator[str]:
    """Return the report, fit to be printed and kept."""
    yield f"Proof of {book_line(book)}"
    yield f"Made on {us_date(day)} by injection-tracker {__version__}."
    yield ""
    width = max((len(name) for name in proof.files), default=0)
    for name, cases in proof.files.items():
        failed = sum(bool(case.differs) for case in cases)
        yield f"  {name:<{width}}  {len(cases):>5,} cases  {f'{failed:,} not as expected' if failed else 'as expected'}"
    if proof.failed:
        yield ""
        for case in proof.failed:
            yield f"  {case.sentence()}"
            if case.why:
                yield f"      because {case.why}"
    yield ""
    yield proof.sentence()
    if proof.unasked and not book.layer:  # the cases of a layer are about what it lays over the rest
        yield "Policies that no case asks about:"
        yield from (f"  {title}" for title in proof.unasked)


def proof_json(book: Book, proof: Proof, day: date) -> dict[str, Any]:
    return {
        "rules": {"name": book.catalog.edition.name, "number": book.catalog.edition.number},
        "program": __version__,
        "day": day.isoformat(),
        "cases": len(proof.cases),
        "failed": [
            {"file": name, "id": case.id, "title": case.title, "differs": list(case.differs)}
            for name, cases in proof.files.items()
            for case in cases
            if case.differs
        ],
        "policies_without_case": list(proof.unasked),
    }


def change_lines(changes: Iterable[BookChange]) -> Iterator[str]:
    """Return the changes by payer and policy."""
    for who, of_payer in groupby(changes, key=lambda change: change.who):
        yield who
        for about, of_policy in groupby(of_payer, key=lambda change: change.about):
            yield f"  {about}"
            yield from (f"    {change.sentence()}" for change in of_policy)


def changes_json(changes: Iterable[BookChange]) -> list[dict[str, Any]]:
    return [
        {
            "who": change.who,
            "about": change.about,
            "kind": change.kind.value,
            "what": change.what,
            "first": change.first.isoformat() if change.first else None,
            "last": change.last.isoformat() if change.last else None,
            "contractors": list(change.contractors),
        }
        for change in changes
    ]


def preview_lines(seen: PackPreview) -> Iterator[str]:
    """Return what taking a pack in would change; visits without a name, for a terminal is nobody's screen alone."""
    yield f"{edition_line(seen.edition)}, signed by {seen.signer} ({seen.fingerprint})."
    yield f"In use: {edition_line(seen.before)}."
    if seen.edition.note:
        yield seen.edition.note
    yield ""
    yield from change_lines(seen.changes)
    yield ""
    count = len(seen.effect.visits)
    yield f"Of {seen.effect.judged:,} coming visits {count:,} would be answered otherwise{':' if count else '.'}"
    for visit in seen.effect.visits:
        yield f"  {us_date(visit.day)}  {visit.procedure}: was {visit.was.headline}; is {visit.now.headline}"
