"""Sentences that the program composed and stored, told in the language in use: whoever wrote them spoke another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from tracker import paths
from tracker.domain.language import LANGUAGES, Words, code, msg, tr, words_of
from tracker.domain.us_dates import WEEKDAYS, us_date

_COMPOSED = (
    msg("Ask for the decision on the appeal."),
    msg("Ask for the decision."),
    msg("Ask how long the {what} helped, and record it."),
    msg("Ask how the {what} helped: score before and after on one scale, percent. Record it."),
    msg("Ask how the {what} helped: score before and after on one scale, per cent. Record it."),
    msg("Attach the payer's exception {reference} to the authorization."),
    msg("Authorization {numbers} covers it."),
    msg("Complete the papers and send it."),
    msg("Correct the coverage on the day of the earlier injection."),
    msg("Correct the level or side of the earlier injection that was counted wrongly."),
    msg("Decide: appeal, or let it be; a call overturns nothing."),
    msg("Decide: call the payer's clinician, appeal, or let it be."),
    msg("File the signed notice that the patient pays."),
    msg("It waits for an authorization, which is still to be asked for."),
    msg("It waits for the authorization {asked}, decision due {day}."),
    msg("It waits for the authorization {asked}."),
    msg("Mark the earlier injection that was not performed."),
    msg("No authorization is wanted for it any more."),
    msg("On hold: {visit}. {reason}"),
    msg("Prepare the appeal or the peer-to-peer call."),
    msg("Released: {visit}. {reason}"),
    msg("Request the authorization for {procedure} on {day}"),
    msg("Review the urgent booking that {reference} directed."),
    msg("Review this booking against the answer: {text}"),
    msg("Send what is missing."),
    msg("Send: {wanted}"),
    msg("Allowed on {asked}, with a caution"),
    msg("Allowed on {asked}"),
    msg("Allowed, last one in the window"),
    msg("An earlier result is missing or too weak"),
    msg("Cannot tell for {asked}"),
    msg("Cannot tell: no rule on file"),
    msg("Needs authorization"),
    msg("Not allowed on {asked}"),
    msg("Not before {earliest}"),
    msg("Not covered"),
    msg("The codes do not fit"),
    msg("Too many levels for one session"),
    msg("{procedure} of {day}"),
)
"""Tasks, next steps, reasons of a hold and answers in one line; the longer of two that begin alike comes first."""
_TYPED = frozenset({"text", "wanted", "reference"})
"""What a person wrote stays as it was written."""
_PLACE = re.compile(r"\\\{(\w+)\\\}")
_DAY = re.compile(r"\b(?P<name>\w{3}) (?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})\b")


def told_again(text: str) -> str:
    """Return a stored sentence in the language in use; as it is on file when the program did not compose it."""
    return _told_again(text, code())


@lru_cache(maxsize=2048)
def _told_again(text: str, _code: str) -> str:
    for template, form in _forms():
        if (match := form.fullmatch(text)) is not None:
            values = {name: found if name in _TYPED else _part(found) for name, found in match.groupdict().items()}
            return tr(template, **values)
    return text


def _part(text: str) -> str:
    """Return what stands in a place of a sentence: another sentence, or words with days among them."""
    again = told_again(text)
    return again if again != text else _DAY.sub(_day, text)


def _day(match: re.Match[str]) -> str:
    if match["name"] not in _weekdays():
        return match[0]
    return us_date(date(int(match["year"]), int(match["month"]), int(match["day"])), weekday=True)


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(_words(each).tr(name) for each in LANGUAGES for name in WEEKDAYS)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_read_forms())


def _read_forms() -> Iterator[tuple[str, re.Pattern[str]]]:
    for each in LANGUAGES:
        for template in _COMPOSED:
            form = _PLACE.sub(r"(?P<\1>.+)", re.escape(_words(each).tr(template)))
            yield template, re.compile(form, re.DOTALL)


@cache
def _words(language: str) -> Words:
    return words_of(language, paths.resource_root() / "languages")
