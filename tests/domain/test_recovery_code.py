"""The recovery code: how it reads, what a hand may change in it, and that every slip of one is told as such."""

from __future__ import annotations

import random

import pytest

from tracker.domain.errors import InvalidEntryError
from tracker.domain.recovery_code import CODE_BYTES, RecoveryCode, new_code, parse_code

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_that_a_code_is_160_bits_in_six_groups_of_six() -> None:
    code = new_code()
    assert len(code.secret) == CODE_BYTES == 20
    assert [len(group) for group in code.text.split("-")] == [6] * 6
    assert parse_code(code.text) == code
    assert new_code() != code


def test_that_small_letters_blanks_and_look_alikes_are_read() -> None:
    code = RecoveryCode(bytes(range(20)))
    loose = code.text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parse_code(f"  {loose} ") == code


def test_that_codes_that_begin_with_zeros_are_read() -> None:
    for secret in (bytes(20), bytes(19) + b"\x01", b"\xff" * 20):
        assert parse_code(RecoveryCode(secret).text).secret == secret


def test_that_every_wrong_character_and_every_exchange_is_told() -> None:
    chance = random.Random(7)
    for _case in range(40):
        text = RecoveryCode(chance.randbytes(20)).text.replace("-", "")
        for place in range(36):
            wrong = chance.choice([each for each in LETTERS if each != text[place]])
            other = chance.randrange(36)
            swapped = list(text)
            swapped[place], swapped[other] = swapped[other], swapped[place]
            mistakes = [text[:place] + wrong + text[place + 1 :]]
            mistakes += ["".join(swapped)] if text[place] != text[other] else []
            for mistake in mistakes:
                with pytest.raises(InvalidEntryError, match="mistyped"):
                    parse_code(mistake)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text[:-1], "35 are typed"),
        (lambda text: text + "2", "37 are typed"),
        (lambda _text: "", "0 are typed"),
        (lambda text: text[:15] + "U" + text[16:], "Group 3 has the character U"),
        (lambda text: "Ж" + text[1:], "Group 1 has the character Ж"),
    ],
)
def test_that_what_cannot_be_a_code_is_told_with_its_place(change: object, words: str) -> None:
    with pytest.raises(InvalidEntryError, match=words) as caught:
        parse_code(change(RecoveryCode(bytes(range(20))).text))  # type: ignore[operator]  # one of the lambdas above
    assert caught.value.about == "code"


def test_that_a_code_is_not_shown_by_accident() -> None:
    code = new_code()
    assert code.secret.hex() not in repr(code)
    assert code.text not in repr(code)
