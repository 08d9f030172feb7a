"""Which commands fit what was typed, and in which order: prefix, then starts of words, then letters in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tracker.domain.folding import folded

Span = tuple[int, int]


class Fit(IntEnum):
    """How well a text fits, the best first."""

    PREFIX = 0
    WORDS = 1
    LETTERS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """What can be found: by its text, or by another word for it (`also`)."""

    id: str
    text: str
    also: tuple[str, ...] = ()
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with the parts of its text that were hit; none when another word for it was."""

    candidate: Candidate
    fit: Fit
    spans: tuple[Span, ...] = ()
    by: str = ""


def ranked(typed: str, candidates: Iterable[Candidate], recent: Sequence[str] = ()) -> tuple[Match, ...]:
    """Return what fits, the best first; of equals the one used last, then the one that stands first in the menus.

    Without anything typed all come: the recent ones first.
    """
    wanted = folded(typed).split()
    matches = [match for each in candidates if (match := _match(wanted, each)) is not None]
    age = {act_id: place for place, act_id in enumerate(recent)}
    return tuple(
        sorted(
            matches,
            key=lambda match: (
                not match.candidate.possible,
                match.fit,
                bool(match.by),
                age.get(match.candidate.id, len(age)),
            ),
        )
    )


def _match(wanted: list[str], candidate: Candidate) -> Match | None:
    if not wanted:
        return Match(candidate, Fit.PREFIX)
    found = fit_of(wanted, candidate.text)
    others = [(also, fit_of(wanted, also)) for also in candidate.also]
    other = min(((fit[0], also) for also, fit in others if fit and fit[0] is not Fit.LETTERS), default=None)
    if found is not None and (other is None or found[0] <= other[0]):
        return Match(candidate, found[0], found[1])
    return Match(candidate, other[0], (), other[1]) if other else None


def fit_of(wanted: list[str], text: str) -> tuple[Fit, tuple[Span, ...]] | None:
    """Return how well a text fits the typed words and where, None when it does not."""
    plain = folded(text)
    whole = " ".join(wanted)
    if plain.startswith(whole):
        return Fit.PREFIX, ((0, len(whole)),)
    if (spans := _word_starts(wanted, plain)) is not None:
        return Fit.WORDS, spans
    if len(whole) > 1 and (spans := _letters("".join(wanted), plain)) is not None:
        return Fit.LETTERS, spans
    return None


def _word_starts(wanted: list[str], text: str) -> tuple[Span, ...] | None:
    """Find each typed word at the start of a word of its own."""
    starts = [place for place, _ in enumerate(text) if text[place].isalnum() and not text[place - 1 : place].isalnum()]
    spans: list[Span] = []
    for word in sorted(wanted, key=len, reverse=True):
        place = next((start for start in starts if text.startswith(word, start)), -1)
        if place < 0:
            return None
        starts.remove(place)
        spans.append((place, place + len(word)))
    return tuple(sorted(spans))


def _letters(wanted: str, text: str) -> tuple[Span, ...] | None:
    """Find the letters in their order, beginning at the start of a word."""
    spans: list[Span] = []
    place = 0
    for letter in wanted:
        place = text.find(letter, place)
        if place < 0 or (not spans and place and text[place - 1].isalnum()):
            return None
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
        place += 1
    return tuple(spans)
