"""What one rule book says otherwise than another: payer by payer, figure by figure, and from which day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from tracker.domain.language import tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.rule import Rule
from tracker.domain.windows import ONE_DAY
from tracker.policies.authorization_difference import authorization_changes
from tracker.policies.book_change import BookChange, ChangeKind
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.loader import Policy
from tracker.policies.rule_words import changed_words, key_words, value_words
from tracker.rules.sentences import sentence

__all__ = ["BookChange", "ChangeKind", "differences"]

Told = tuple[ChangeKind, str]
Names = Mapping[str, str]
"""What payers are called, by id."""


def differences(old: PolicyCatalog, new: PolicyCatalog) -> tuple[BookChange, ...]:
    """Return everything that differs, by payer and policy, each change once and with the days that it concerns."""
    changes = [*_policies(old, new), *_payers(old, new), *_rest(old, new), *authorization_changes(old, new)]
    return tuple(sorted(changes, key=lambda change: (change.who.casefold(), change.about, change.first or date.min)))


def _policies(old: PolicyCatalog, new: PolicyCatalog) -> Iterator[BookChange]:
    before, after = ({policy.id: policy for policy in book.policies} for book in (old, new))
    names = {payer.id: payer.name for book in (old, new) for payer in book.payers}
    for policy_id in dict.fromkeys((*before, *after)):
        was, now = before.get(policy_id), after.get(policy_id)
        shown = now or was
        if shown is not None:
            who = _followers(new if now else old, shown.rules)
            yield from _of_policy(who, shown.title, was, now, names)


def _of_policy(who: str, title: str, was: Policy | None, now: Policy | None, names: Names) -> Iterator[BookChange]:
    for kind, what in _heads(was, now):
        yield BookChange(who, title, kind, what)
    everybody = tuple(dict.fromkeys((*(was.versions if was else ()), *(now.versions if now else ()))))
    found: dict[tuple[Told, date, date | None], list[str]] = {}
    for contractor in everybody:
        for told, first, last in _spells(was, now, contractor, names):
            found.setdefault((told, first, last), []).append(contractor)
    for ((kind, what), first, last), contractors in found.items():
        named = () if len(contractors) == len(everybody) else tuple(contractors)
        yield BookChange(who, title, kind, what, first, last, named)


def _heads(was: Policy | None, now: Policy | None) -> Iterator[Told]:
    """Tell what differs of the policy itself, apart from its rules."""
    if was is None or now is None:
        kind = ChangeKind.ADDED if was is None else ChangeKind.REMOVED
        yield kind, tr("the whole policy")
        return
    for name in ("title", "rules", "families", "beside"):
        yield from _field(name, getattr(was, name), getattr(now, name))


def _spells(
    was: Policy | None, now: Policy | None, contractor: str, names: Names
) -> Iterator[tuple[Told, date, date | None]]:
    """Tell each difference with the first and last date of service for which it holds."""
    versions = [version for policy in (was, now) if policy for version in policy.versions.get(contractor, ())]
    days = sorted({version.effective_from for version in versions})
    pairs = [(_on(was, contractor, day), _on(now, contractor, day)) for day in days]
    told = [list(dict.fromkeys(_of_version(*pair, names))) for pair in pairs]
    for place, day in enumerate(days):
        for each in told[place]:
            if place and each in told[place - 1]:
                continue
            end = next((days[later] for later in range(place + 1, len(days)) if each not in told[later]), None)
            yield each, day, end - ONE_DAY if end else None


def _on(policy: Policy | None, contractor: str, day: date) -> PolicyVersion | None:
    return policy.on(contractor, day) if policy else None


def _of_version(was: PolicyVersion | None, now: PolicyVersion | None, names: Names) -> Iterator[Told]:
    before = {rule.id: rule for rule in was.rules} if was else {}
    after = {rule.id: rule for rule in now.rules} if now else {}
    for rule_id in dict.fromkeys((*before, *after)):
        old, new = before.get(rule_id), after.get(rule_id)
        if old is None and new is not None:
            yield ChangeKind.ADDED, _told(new, names)
        elif new is None and old is not None:
            yield ChangeKind.REMOVED, _told(old, names)
        elif old is not None and new is not None and was is not None and now is not None:
            words = [*changed_words(old, new), *_source_words(was, now, rule_id, old.source, new.source)]
            if words:
                yield (
                    ChangeKind.CHANGED,
                    tr(
                        "{rule}: {words}. Now: {sentence}",
                        rule=rule_id,
                        words="; ".join(words),
                        sentence=sentence(new, names),
                    ),
                )
    if was is not None and now is not None:
        for name in ("document", "dated", "together"):
            yield from _field(name, getattr(was, name), getattr(now, name))


def _told(rule: Rule, names: Names) -> str:
    """Return a rule whole: its name, its sentence and how sure it is."""
    told, evidence = sentence(rule, names), rule.evidence.value
    return tr("{rule}: {sentence} Evidence: {evidence}.", rule=rule.id, sentence=told, evidence=evidence)


def _source_words(was: PolicyVersion, now: PolicyVersion, rule_id: str, old: str, new: str) -> Iterator[str]:
    before, after = was.sources[old], now.sources[new]
    if before.title != after.title:
        yield tr("source {before} → {after}", before=value_words(before.title), after=value_words(after.title))
    elif before.url != after.url:
        yield tr(
            "address of the source {before} → {after}", before=before.url or tr("none"), after=after.url or tr("none")
        )


def _payers(old: PolicyCatalog, new: PolicyCatalog) -> Iterator[BookChange]:
    before, after = ({payer.id: payer for payer in book.payers} for book in (old, new))
    for payer_id, kind, told in _keyed(before, after):
        shown = after.get(payer_id) or before[payer_id]
        yield BookChange(shown.name, tr("Payer"), kind, told or tr("the payer"))


def _rest(old: PolicyCatalog, new: PolicyCatalog) -> Iterator[BookChange]:
    """Tell what differs of the codes, the pick list, the courses and the contractors' states."""
    lists: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        (tr("Code"), old.codes.codes, new.codes.codes),
        (tr("Procedure"), {each.id: each for each in old.procedures}, {each.id: each for each in new.procedures}),
        (tr("Course"), {each.id: each for each in old.courses}, {each.id: each for each in new.courses}),
        (tr("State"), old.contractors, new.contractors),
    )
    for about, before, after in lists:
        for key, kind, told in _keyed(before, after):
            yield BookChange(tr("Procedures and codes"), about, kind, f"{key}: {told}" if told else key)
    if old.codes.schemes != new.codes.schemes:
        yield BookChange(tr("Procedures and codes"), tr("Coding"), ChangeKind.CHANGED, tr("how codes are put together"))


def _keyed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, ChangeKind, str]]:
    for key in dict.fromkeys((*before, *after)):
        if key not in before:
            yield key, ChangeKind.ADDED, ""
        elif key not in after:
            yield key, ChangeKind.REMOVED, ""
        elif before[key] != after[key]:
            yield key, ChangeKind.CHANGED, "; ".join(_values(before[key], after[key]))


def _values(before: Any, after: Any) -> Iterable[str]:
    if isinstance(before, str):
        return [f"{before} → {after}"]
    pairs = ((each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(before))
    return [f"{key_words(name)} {value_words(was)} → {value_words(now)}" for name, was, now in pairs if was != now]


def _field(name: str, was: Any, now: Any) -> Iterator[Told]:
    if was != now:
        yield ChangeKind.CHANGED, f"{key_words(name)} {value_words(was)} → {value_words(now)}"


def _followers(book: PolicyCatalog, rules: str) -> str:
    """Return the payer whose rules these are, and how many others follow them."""
    names = [payer.name for payer in book.payers if payer.rules == rules]
    if not names:
        return rules
    own = next((payer.name for payer in book.payers if payer.id == rules), names[0])
    more = len(names) - 1
    return tr("{payer} and {more} more", payer=own, more=more) if more else own
