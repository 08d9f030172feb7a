"""What stands of the clinic on paper: its address, its lines, and the numbers by which payers know it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.npi import check_npi

_TIN = re.compile(r"(\d{2})-?(\d{7})")
_TEN_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`foot` is one more line, such as the office hours. All of it may be empty."""

    street: str = ""
    city: str = ""
    phone: str = ""
    fax: str = ""
    npi: str = ""
    tin: str = ""
    foot: str = ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines as they stand on paper; what is empty is left out."""
        address = ", ".join(part for part in (self.street, self.city) if part)
        calls = ((tr("Phone"), self.phone), (tr("Fax"), self.fax))
        numbers = (("NPI", self.npi), ("TIN", self.tin))
        rows = (address, _joined(calls), _joined(numbers), self.foot)
        return tuple(row for row in rows if row)


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands at the top of the clinic's own paper for patients and the desk: name, address, how to call."""

    clinic: str = ""
    lines: tuple[str, ...] = ()


def paper_head(clinic: str, letterhead: Letterhead) -> PaperHead:
    """Return it without the numbers by which payers know the clinic: they are no help to a patient."""
    return PaperHead(clinic, replace(letterhead, npi="", tin="", fax="", foot="").lines())


def checked_letterhead(entry: Letterhead) -> Letterhead:
    """Return it tidied. Raises InvalidEntryError, `about` naming the field."""
    stripped = Letterhead(*(getattr(entry, name).strip() for name in Letterhead.__dataclass_fields__))
    try:
        npi = check_npi(stripped.npi)
    except InvalidEntryError as error:
        raise InvalidEntryError(error.title, error.detail, error.remedy, error.token, about="npi") from None
    for about in ("phone", "fax"):
        _check_call(getattr(stripped, about), about)
    return replace(stripped, npi=npi, tin=check_tin(stripped.tin))


def check_tin(text: str) -> str:
    """Return "12-3456789", "" for nothing. Raises InvalidEntryError."""
    if not text:
        return ""
    found = _TIN.fullmatch(text.replace(" ", ""))
    if found is None:
        detail = tr("“{text}” has not.", text=text)
        raise InvalidEntryError(tr("A TIN has nine digits."), detail, tr("Type it as 12-3456789."), text, about="tin")
    return f"{found[1]}-{found[2]}"


def _check_call(text: str, about: str) -> None:
    if text and sum(char.isdigit() for char in text) < _TEN_DIGITS:
        remedy = tr("Type all ten digits, such as (859) 555-0100.")
        raise InvalidEntryError(tr("“{text}” is no whole telephone number.", text=text), "", remedy, text, about=about)


def _joined(pairs: tuple[tuple[str, str], ...]) -> str:
    return "   ".join(f"{word} {value}" for word, value in pairs if value)
