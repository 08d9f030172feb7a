"""Who wants an approval, by payer, codes, place and day, from the same rules that judge a visit (authorizations.py)."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.authorization import AuthorizationKind
from tracker.domain.authorization_needs import Need, NeedsQuestion, Standing
from tracker.domain.authorization_terms import Terms
from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.language import msg, tr
from tracker.domain.policy import PolicyVersion
from tracker.domain.procedure import Family
from tracker.domain.rule import Rule
from tracker.domain.rule_kinds import Advice
from tracker.rules.active import holds_at
from tracker.rules.authorizations import PLAN, PROGRAMMES, standing_of
from tracker.rules.book import NeedsBook

_WORDS = {
    Standing.NEEDED: msg("{who} wants an authorization for {codes}."),
    Standing.VOLUNTARY: msg("{who} reviews {codes}: ask for an affirmation, or expect a review before payment."),
    Standing.NONE: msg("{who} asks for no authorization for {codes}."),
    Standing.EXEMPT: msg("This hospital is exempt from the program for {codes}, and must not send requests."),
}


def needs(question: NeedsQuestion, book: NeedsBook) -> tuple[Need, ...]:
    """Return every answer, programmes before the plan's own. Pure: it looks at no approval on file."""
    if book.is_self_pay(question.payer):
        return (Need(Standing.NONE, None, "self-pay", question.codes, tr("The patient pays for it.")),)
    found = [need for version, rule in _rules(question, book) for need in _of_rule(question, book, version, rule)]
    return (*found, *_of_plan(question, book, found))


def _rules(question: NeedsQuestion, book: NeedsBook) -> Iterator[tuple[PolicyVersion, Rule]]:
    """Return the rules that speak about any of the codes' families here, each once."""
    known = [book.codes.codes.get(code) for code in question.codes]
    families = [code.family if code else None for code in known]
    seen: set[tuple[str, str]] = set()
    for family in Family if None in families else dict.fromkeys(filter(None, families)):
        for version, rule in book.authorization_rules(question.payer, family, question.site, question.day):
            key = (version.policy, rule.id)
            if (
                key not in seen
                and _speaks(rule, family, question)
                and holds_at(version, rule, question.payer, question.plan, question.site, question.day)
            ):
                seen.add(key)
                yield version, rule


def _speaks(rule: Rule, family: Family, question: NeedsQuestion) -> bool:
    intents = not rule.intents or question.intent is None or question.intent in rule.intents
    approaches = not rule.approaches or question.approach is None or question.approach in rule.approaches
    return family in rule.families and intents and approaches


def _of_rule(question: NeedsQuestion, book: NeedsBook, version: PolicyVersion, rule: Rule) -> Iterator[Need]:
    source = version.source(rule)
    if isinstance(rule, Advice):
        yield Need(Standing.KNOW, None, rule.id, _of_families(question, book, rule), tr(rule.text), source=source)
    if not isinstance(rule, NeedsAuthorization):
        return
    codes = tuple(code for code in question.codes if code in rule.codes)
    standing = standing_of(rule, question.site, question.entered)
    if not codes or standing is None:
        return
    kind = AuthorizationKind(rule.programme)
    words = tr(_WORDS[standing], who=tr(PROGRAMMES[kind]), codes=", ".join(codes))
    why = f"{words} {tr(rule.text)}".strip()
    terms = Terms() if standing in (Standing.NONE, Standing.EXEMPT) else _terms(question, book, kind)
    yield Need(standing, kind, rule.id, codes, why, rule.reviewer, source, terms)


def _of_families(question: NeedsQuestion, book: NeedsBook, rule: Rule) -> tuple[str, ...]:
    known = {code: book.codes.codes.get(code) for code in question.codes}
    return tuple(code for code, found in known.items() if found is None or found.family in (None, *rule.families))


def _of_plan(question: NeedsQuestion, book: NeedsBook, found: list[Need]) -> Iterator[Need]:
    """Return what the clinic entered for the plan, or that somebody must ask it for the codes that no rule names."""
    kind = AuthorizationKind.PAYER
    named = {code for need in found if need.programme is kind for code in need.codes}
    if question.entered is not None:
        standing = Standing.NEEDED if question.entered else Standing.NONE
        told = tr(_WORDS[standing], who=tr(PROGRAMMES[kind]), codes=", ".join(question.codes))
        why = tr("{said} The clinic entered it so.", said=told)
        terms = _terms(question, book, kind) if question.entered else Terms()
        yield Need(standing, kind, PLAN, question.codes, why, terms=terms)
        return
    rest = tuple(code for code in question.codes if code not in named)
    if rest and book.authorization_from_plan(question.payer):
        codes = ", ".join(rest)
        why = tr("Whether the plan wants an authorization for {codes} is not on file: ask the plan.", codes=codes)
        yield Need(Standing.ASK, kind, PLAN, rest, why, terms=_terms(question, book, kind))
    elif rest and not [need for need in found if need.standing is not Standing.KNOW]:
        why = tr("No program of this payer asks for {codes} here on that day.", codes=", ".join(rest))
        yield Need(Standing.NONE, None, "no-programme", rest, why)


def _terms(question: NeedsQuestion, book: NeedsBook, kind: AuthorizationKind) -> Terms:
    return book.terms_for(question.payer, question.site.state, question.day, kind)
