"""National provider identifiers: ten digits, the last of which proves the others (45 CFR 162.406, ISO/IEC 7812)."""

from __future__ import annotations

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

_PREFIX_SUM = 24
"""What the card issuer digits 80840, which stand before every NPI, add to the sum."""


def check_npi(text: str) -> str:
    """Return the NPI's ten digits, "" for an empty text. Raises InvalidEntryError for anything else."""
    digits = text.replace(" ", "").replace("-", "")
    if not digits:
        return ""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise InvalidEntryError(
            tr("An NPI has ten digits."),
            tr("“{typed}” has not.", typed=text),
            tr("Look it up and type it again."),
            text,
        )
    if not _proves(digits):
        remedy = tr("One digit is wrong or two are exchanged; look it up and type it again.")
        raise InvalidEntryError(
            tr("{digits} is no NPI: its last digit does not fit the others.", digits=digits), "", remedy, text
        )
    return digits


def _proves(digits: str) -> bool:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = _PREFIX_SUM + sum(each // 10 + each % 10 for each in doubled) + sum(int(digit) for digit in digits[::-2])
    return total % 10 == 0
