"""What the rules of a payer say, as one short text that stays the same until they say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

_BYTES = 16


def fingerprint(*values: object) -> str:
    """Return it of the content of dataclasses, mappings, sequences and sets, whatever the order of the last."""
    return blake2b("\n".join(map(_content, values)).encode(), digest_size=_BYTES).hexdigest()


def _content(value: Any) -> str:
    """Return the content as text; what a dataclass only keeps in mind (`repr=False`) is none of it."""
    if isinstance(value, tuple | list):
        return f"({','.join(map(_content, value))})"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_content, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_content(key)}:{_content(each)}' for key, each in value.items()))}}}"
    if is_dataclass(value):
        parts = (f"{each.name}={_content(getattr(value, each.name))}" for each in fields(value) if each.repr)
        return f"{type(value).__name__}({','.join(parts)})"
    return repr(value)
