"""The recovery code that lies in the clinic's sealed envelope: 160 bits in 6 groups of 6 characters, with a check.

Four of the 36 characters are a check of 20 bits. Its polynomial is primitive, so that every single wrong character and
every exchange of two characters is found, wherever they stand; any other mistake slips through once in a million.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

CODE_BYTES = 20
GROUPS, IN_GROUP = 6, 6
_LENGTH = GROUPS * IN_GROUP
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILO", "110")
"""Letters that no code has, and what a hand that writes them means."""
_CHECK_BITS = 20
_POLYNOMIAL = 1 << 20 | 1 << 3 | 1


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The secret itself; `text` is what is printed. It is never shown by accident."""

    secret: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """Return "7K3M9Q-…", six groups of six."""
        body = int.from_bytes(self.secret)
        number = body << _CHECK_BITS | _check(body)
        letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
        return "-".join(letters[start : start + IN_GROUP] for start in range(0, _LENGTH, IN_GROUP))


def new_code() -> RecoveryCode:
    import secrets  # loads what no first window needs

    return RecoveryCode(secrets.token_bytes(CODE_BYTES))


def parse_code(text: str) -> RecoveryCode:
    """Read a code as it was typed: small letters, blanks and dashes do not matter. Raises InvalidEntryError.

    The sentences hold nothing of what was typed but a single character.
    """
    letters = "".join(text.split()).replace("-", "").upper().translate(_READ_AS)
    for place, letter in enumerate(letters):
        if letter not in _ALPHABET:
            group = place // IN_GROUP + 1
            told = tr("Group {group} has the character {letter}, which no code has.", group=group, letter=letter)
            raise InvalidEntryError(told, "", tr("Look at that group again."), letter, about="code")
    if len(letters) != _LENGTH:
        told = tr("The code has 36 characters in six groups of six; {n} are typed.", n=len(letters))
        raise InvalidEntryError(told, "", tr("Compare group by group."), about="code")
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    body = number >> _CHECK_BITS
    if _check(body) != number & (1 << _CHECK_BITS) - 1:
        told = tr("The code is mistyped: a character is wrong, or two are exchanged.")
        raise InvalidEntryError(told, "", tr("Compare group by group."), about="code")
    return RecoveryCode(body.to_bytes(CODE_BYTES))


def _check(body: int) -> int:
    """Return what is left of the body when the polynomial is divided out, bit by bit."""
    rest = body << _CHECK_BITS
    for bit in range(rest.bit_length() - 1, _CHECK_BITS - 1, -1):
        if rest >> bit & 1:
            rest ^= _POLYNOMIAL << bit - _CHECK_BITS
    return rest
