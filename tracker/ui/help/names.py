"""What a control is called in English, whatever language it is shown in: the help names controls in English."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from tracker.domain.language import ENGLISH, Words, spoken

_PLACE = re.compile(r"\{(\w+)[^}]*\}")
_BETWEEN = "\x00"
_LETTERS = re.compile(r"[^\W\d_]{3}")
_LONGEST = 80
"""No control has a longer name: longer texts are sentences."""

Templates = tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]


def same(name: str) -> str:
    """Return a name as it is compared: without the mark of its letter, the points behind it, and capitals."""
    return " ".join(name.replace("&", "").rstrip("….: ").casefold().split())


def english_names(shown: str) -> tuple[str, ...]:
    """Return the name, and the English ones of which it may be the translation, as `same` writes them."""
    words, name = spoken(), same(shown)
    if words.code == ENGLISH or not name:
        return (name,)
    return tuple(dict.fromkeys((name, *_english(name, words))))


def _english(name: str, words: Words) -> tuple[str, ...]:
    known, templates = _known(words)
    if name in known:
        return known[name]
    if filled := tuple(_filled(name, known, templates)):
        return filled
    head, _colon, tail = name.partition(": ")
    pairs = itertools.product(known.get(head, ()), known.get(tail, (tail,)))
    return tuple(f"{first}: {second}" for first, second in pairs)


def _put(value: str, _place: re.Match[str]) -> str:
    return value


def _filled(name: str, known: dict[str, tuple[str, ...]], templates: Templates) -> Iterator[str]:
    """Yield the English texts with places whose translation the name is, what stands in the places in English too."""
    for pattern, places, text in templates:
        if match := pattern.fullmatch(name):
            for place, value in zip(places, match.groups(), strict=True):
                text = re.sub(rf"{{{place}[^}}]*}}", functools.partial(_put, known.get(value, (value,))[0]), text)
            yield same(text)


@functools.lru_cache(maxsize=2)
def _known(words: Words) -> tuple[dict[str, tuple[str, ...]], Templates]:
    """Return the English texts by their translation, and those with places."""
    whole: dict[str, tuple[str, ...]] = {}
    templates = []
    for text, shown in words.pairs().items():
        if len(text) > _LONGEST or not shown:
            continue
        pieces = _PLACE.split(shown)
        if len(pieces) == 1:
            whole[same(shown)] = (*whole.get(same(shown), ()), same(text))
        elif _LETTERS.search("".join(pieces[::2])):
            pattern = "(.+)".join(map(re.escape, same(_BETWEEN.join(pieces[::2])).split(_BETWEEN)))
            templates.append((re.compile(pattern), tuple(pieces[1::2]), text))
    return whole, tuple(templates)
