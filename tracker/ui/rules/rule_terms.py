"""The words of a rule's form for what rules list: procedures, states, places; read back as one types them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.domain.anatomy import SpinePart
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Which
from tracker.ui.rules.rule_words import FAMILIES
from tracker.ui.start.states import STATES as STATE_NAMES
from tracker.ui.widgets.pick_field import Pick, find_picks

ANYTHING = tr("anything")
_INTENTS = {Intent.DIAGNOSTIC: tr("diagnostic"), Intent.THERAPEUTIC: tr("therapeutic")}
_APPROACHES = {
    Approach.MEDIAL_BRANCH: tr("medial branch"),
    Approach.INTRA_ARTICULAR: tr("intra-articular"),
    Approach.INTERLAMINAR: tr("interlaminar"),
    Approach.CAUDAL: tr("caudal"),
    Approach.TRANSFORAMINAL: tr("transforaminal"),
    Approach.NERVE_ROOT: tr("nerve root"),
    Approach.CYST: tr("cyst"),
    Approach.LATERAL_BRANCH: tr("lateral branch"),
}
_PLACES = {
    "11": tr("office"),
    "19": tr("hospital outpatient, off campus"),
    "21": tr("hospital, inpatient"),
    "22": tr("hospital outpatient, on campus"),
    "24": tr("surgery center"),
}
_SPINE = {
    SpinePart.CERVICAL: tr("cervical"),
    SpinePart.THORACIC: tr("thoracic"),
    SpinePart.LUMBAR: tr("lumbar"),
    SpinePart.SACRAL: tr("sacral"),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be listed in a field; `other` says of a word that it is none of it, `example` what to type.

    What `free` matches may stand there without being on the list.
    """

    picks: tuple[Pick, ...]
    other: str
    example: str
    free: str = r"(?!)"

    def read(self, text: str, about: str) -> tuple[object, ...]:
        """Return the values of the words, each once. Raises InvalidEntryError for the first wrong one."""
        words = [" ".join(word.split()) for word in text.split(",")]
        return tuple(dict.fromkeys(self._value(word, about) for word in words if word))

    def written(self, values: Iterable[object]) -> str:
        """Return the line that `read` reads back."""
        words = {pick.value: pick.text for pick in self.picks}
        return ", ".join(words.get(value, str(value)) for value in values)

    def _value(self, word: str, about: str) -> object:
        wanted = word.casefold()
        found = find_picks(word, self.picks)
        exact = [pick for pick in found if wanted in {name.casefold() for name in (pick.text, *pick.words)}]
        if not found and re.fullmatch(self.free, word):
            return word
        if not found:
            remedy = tr("Type {example}.", example=self.example)
            raise InvalidEntryError(f"“{word}” {self.other}.", "", remedy, word, about=about)
        if not exact and len(found) > 1:
            either = tr("“{word}” may be {one} or {other}.", word=word, one=found[0].text, other=found[1].text)
            raise InvalidEntryError(either, "", tr("Type more of it."), word, about=about)
        return (exact or found)[0].value


def read_which(text: str, about: str) -> Which | None:
    """Return which procedures are meant, None for nothing typed; "anything" stands for all there are."""
    values = PROCEDURES.read(text, about)
    if not values:
        return None
    return Which(
        tuple(each for each in values if isinstance(each, Family)),
        tuple(each for each in values if isinstance(each, Intent)),
        tuple(each for each in values if isinstance(each, Approach)),
    )


def written_which(which: Which | None) -> str:
    """Return the line that `read_which` reads back."""
    if which is None:
        return ""
    return PROCEDURES.written((*which.families, *which.intents, *which.approaches)) or ANYTHING


def contractors_of(names: Mapping[str, str]) -> Vocabulary | None:
    """Return what Medicare's contractors are called; None where a payer has none."""
    if not names:
        return None
    picks = tuple(Pick(key, name, words=(key,)) for key, name in names.items())
    return Vocabulary(picks, tr("is no contractor of this payer"), picks[0].text)


def _procedures() -> Iterator[Pick]:
    for family, words in FAMILIES.items():
        lower = words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"
        yield Pick(family, lower, words=(family.value, family.value.replace("-", " ")))
    for intent, words in _INTENTS.items():
        yield Pick(intent, words, tr("intent"))
    for approach, words in _APPROACHES.items():
        yield Pick(approach, words, tr("approach"), words=(approach.value,))
    yield Pick(ANYTHING, ANYTHING, tr("every procedure"))


PROCEDURES = Vocabulary(
    tuple(_procedures()), tr("is no procedure, intent or approach"), tr("facet injections, diagnostic, medial branch")
)
STATES = Vocabulary(
    tuple(Pick(code, code, name, words=(name,)) for code, name in STATE_NAMES), tr("is no state"), "OH, KY"
)
PLACES = Vocabulary(
    tuple(Pick(code, code, words, words=(words,)) for code, words in _PLACES.items()),
    tr("is no place of service"),
    "11, 22",
    free=r"\d\d",
)
SPINE = Vocabulary(
    tuple(Pick(part, words) for part, words in _SPINE.items()), tr("is no part of the spine"), tr("cervical, thoracic")
)
