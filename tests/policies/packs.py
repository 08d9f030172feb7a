"""A small rule book of an invented payer, and keys made for the tests of this run, to make rule packs of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.policies.pack import sign_pack
from tracker.policies.pack_keys import PackKey, new_key, private_key, public_key

PAYERS = '[[payer]]\nid = "maple"\nname = "Invented Maple"\nrules = "maple"\n'
POLICY = """
id = "maple-epidural"
title = "Epidurals"
rules = "maple"
families = ["epidural"]

[sources.letter]
title = "Letter of the payer"

[[version]]
name = "first"
effective_from = 2024-01-01

[[version.rule]]
id = "sessions"
kind = "max_count"
limit = {limit}
per = "patient"
window = {{ months = 12 }}
evidence = "primary"
source = "letter"
"""
LATER = """
[[version]]
name = "later"
effective_from = {day}
replaces = "first"

[[version.rule]]
id = "sessions"
kind = "max_count"
limit = {limit}
per = "patient"
window = {{ months = 12 }}
evidence = "primary"
source = "letter"
"""
EDITION = 'name = "Invented rules"\nnumber = {number}\npublished = {published}\n{more}'
CODE = '[[{kind}]]\ncode = "{code}"\nmeaning = "Invented."\nevidence = "report"\nsource = "s"\n'
DENIAL = 'topic = "coding"\nfirst_step = "Ask."\n'
DENIAL_CODES = (
    'id = "codes"\ntitle = "Codes"\n[sources.s]\ntitle = "Invented"\n'
    + CODE.format(kind="denial", code="4")
    + DENIAL
    + CODE.format(kind="group", code="CO")
    + CODE.format(kind="remark", code="N1")
    + 'topic = "coding"\n'
    + CODE.format(kind="action", code="A1")
    + CODE.format(kind="reason", code="82")
)
SENTENCE = (
    "At most {limit} epidural session{s} per patient in any 12 months, counted by date of service;"
    " the anniversary day still counts."
)
EMPTY = {
    "contractors.toml": "contractor = []\n",
    "denial-codes.toml": DENIAL_CODES,
    "procedures/choices.toml": "choice = []\n",
    "procedures/courses.toml": "course = []\n",
    "procedures/codes.toml": "code = []\n",
    "procedures/schemes.toml": "scheme = []\n",
}
PUBLISHED = date(2026, 11, 20)


@dataclass(frozen=True)
class Publisher:
    """Somebody with a key of their own."""

    name: str = "The publisher of this test"

    @cached_property
    def pair(self) -> tuple[bytes, bytes]:
        return new_key()

    @property
    def trusted(self) -> PackKey:
        return PackKey(self.name, public_key(self.pair[1]))

    def sign(self, files: Mapping[str, bytes]) -> bytes:
        return sign_pack(files, private_key(self.pair[0]))


def sessions_changed(was: int, now: int) -> str:
    """Return how a difference tells that the small book's limit is another."""
    return f"sessions: limit {was} → {now}. Now: {SENTENCE.format(limit=now, s='' if now == 1 else 's')}"


def book_files(
    number: int = 2,
    *,
    limit: int = 3,
    later: tuple[date, int] | None = None,
    published: date = PUBLISHED,
    more: str = "",
    cases: list[dict[str, object]] | None = None,
) -> dict[str, bytes]:
    """Return the files of a whole small rule book; `later` is a day with the limit from then on."""
    policy = POLICY.format(limit=limit)
    if later is not None:
        policy += LATER.format(day=later[0], limit=later[1])
    files = {
        **EMPTY,
        "pack.toml": EDITION.format(number=number, published=published, more=more),
        "payers.toml": PAYERS,
        "policies/maple/epidural.toml": policy,
    }
    if cases is not None:
        files["cases/maple.json"] = json.dumps(cases)
    return {name: text.encode("utf-8") for name, text in files.items()}
