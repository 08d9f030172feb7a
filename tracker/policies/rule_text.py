"""One rule as text and back, by the schema of the policy files: how the clinic's own rules are kept and compared."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.rule import Rule
from tracker.domain.verdict import Grade
from tracker.policies.schema import AnyRule
from tracker.policies.toml_file import Problems

_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)


def rule_text(rule: Rule) -> str:
    """Return the rule as strict JSON."""
    return _RULE.dump_json(rule).decode()


def read_rule(text: str, shown: str) -> Rule:
    """Return the rule that `rule_text` wrote. Raises InvalidEntryError with what is wrong with it, key by key."""
    try:
        return _RULE.validate_json(text, strict=True)
    except ValidationError as error:
        problems = Problems()
        problems.add_all(shown, {}, error)
        remedy = tr("End this change on the Rules page (F8), and make it anew.")
        raise InvalidEntryError(tr("{name} cannot be read.", name=shown), "\n".join(problems.found), remedy) from None


def fingerprint(rule: Rule) -> str:
    """Return a mark of all that the rule says: where it was read, and how sure that is, aside."""
    said = replace(rule, evidence=Grade.PRIMARY, source="", section="")
    return hashlib.sha256(rule_text(said).encode()).hexdigest()[:32]
