"""What the rules of a payer say, as one short text that stays the same until they say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tracker.domain.billing_rules import NeedsAuthorization
from tracker.domain.procedure import Family

if TYPE_CHECKING:
    from tracker.policies.catalog import PolicyCatalog
    from tracker.policies.loader import Policy

_BYTES = 16
_NAMES: dict[type, tuple[str, ...] | None] = {}
_PLAIN = frozenset({str, int, float, bool, date, type(None)})


class Fingerprints:
    """Of one rule book, made when first asked for."""

    def __init__(self, book: PolicyCatalog) -> None:
        self._book = book
        self._known: dict[tuple[str, Family], str] = {}
        self._policies: dict[int, str] = {}

    def of(self, payer_id: str, family: Family) -> str:
        """Return what tells all that may answer for this payer and family from what answered before.

        That is the payer, its policies of this family with all their rules, and the codes.
        """
        key = (payer_id, family)
        if key not in self._known:
            book, found = self._book, self._book.payer(payer_id)
            own = [each for each in book.policies if found and found.rules and each.rules == found.rules]
            policies = [self._policy(each) for each in own if family in each.families]
            self._known[key] = fingerprint(found, policies, self._for_all)
        return self._known[key]

    def _policy(self, policy: Policy) -> str:
        """Policies of the book last as long as it."""
        if id(policy) not in self._policies:
            self._policies[id(policy)] = fingerprint(policy)
        return self._policies[id(policy)]

    @cached_property
    def _for_all(self) -> str:
        """Return what tells the parts apart that every payer's answers use."""
        return fingerprint(self._book.codes, self._book.contractors)

    @cached_property
    def validities(self) -> frozenset[int]:
        """For how many days approvals of any programme may be valid."""
        dated = (versions for policy in self._book.policies for versions in policy.versions.values())
        rules = (rule for versions in dated for version in versions for rule in version.rules)
        return frozenset(each.valid_days for each in rules if isinstance(each, NeedsAuthorization) and each.valid_days)


def fingerprint(*values: object) -> str:
    """Return it of the content of dataclasses, mappings, sequences and sets, whatever the order of the last."""
    return blake2b("\n".join(map(_content, values)).encode(), digest_size=_BYTES).hexdigest()


def _content(value: Any) -> str:
    """Return the content as text; what a dataclass only keeps in mind (`repr=False`) is none of it."""
    kind = type(value)
    if kind in _PLAIN:
        return repr(value)
    if isinstance(value, tuple | list):
        return f"({','.join(map(_content, value))})"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_content, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_content(key)}:{_content(each)}' for key, each in value.items()))}}}"
    if (names := _names(kind)) is not None:
        parts = (f"{name}={_content(getattr(value, name))}" for name in names)
        return f"{kind.__name__}({','.join(parts)})"
    return repr(value)


def _names(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a dataclass that are its content, None for another type."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind) if each.repr) if is_dataclass(kind) else None
    return _NAMES[kind]
