"""Scores before and after an injection: what they say together, and whether they are of one scale."""

from __future__ import annotations

import re

from tracker.domain.clinical_record import Response
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.relief_entry import figure_text

SCALES = ("NRS 0-10", "VAS 0-10", "VAS 0-100", "FPS-R 0-10")
"""Scales of pain that are offered; any other may be typed."""

MOST_SCORE = 1000
ROUNDING = 1.0
"""Per cent that a typed figure may differ from the scores: what rounding does."""

_TOP = re.compile(r"\b0\s*(?:-|–|to)\s*(\d{1,4})\b")


def parse_score(text: str) -> float | None:
    """Read "7", "7.5" or "7/10"; None for nothing typed. A range is refused: payers want one number."""
    entry = text.strip()
    if not entry:
        return None
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,2})?)\s*(?:/\s*\d{1,4})?", entry)
    if match is None:
        remedy = tr("Type one number of the scale, no range.")
        raise InvalidEntryError(tr("“{entry}” is no score.", entry=entry), "", remedy, entry)
    return float(match[1])


def top_of(scale: str) -> float | None:
    """Return the highest score that the scale's name gives, None when it gives none."""
    found = _TOP.search(scale)
    return float(found[1]) if found else None


def check_score(score: float | None, scale: str) -> None:
    """Raise InvalidEntryError for a score that the scale does not have."""
    top = top_of(scale) or MOST_SCORE
    if score is None or 0 <= score <= top:
        return
    figure, name = figure_text(score), scale.strip()
    title = tr("{figure} is no score on {scale}.", figure=figure, scale=name)
    if not name:
        title = tr("{figure} is no score.", figure=figure)
    raise InvalidEntryError(title, "", tr("Type a number from 0 to {top}.", top=figure_text(top)), about="score")


def percent_of(before: float | None, after: float | None) -> float | None:
    """Return the relief that two scores say, to a tenth; a worse score is 0. None without both, or from 0 on."""
    if before is None or after is None or before <= 0:
        return None
    return max(round((before - after) / before * 100, 1), 0.0)


def same_scale(one: str, other: str) -> bool:
    """Tell whether two names mean one scale: "NRS 0–10" and "nrs 0-10" do."""
    return _plain(one) == _plain(other)


def _plain(scale: str) -> str:
    return re.sub(r"[\s.]+", "", scale.casefold().replace("–", "-").replace("to", "-"))


def scale_after(response: Response) -> str:
    """Return the scale of the score after: that of the score before where no other is named."""
    return response.scale_after or response.scale


def on_one_scale(response: Response) -> bool:
    """Tell whether both scores are there and of one scale that is named."""
    both = response.before is not None and response.after is not None
    return both and bool(response.scale.strip()) and same_scale(response.scale, scale_after(response))


def told_apart(response: Response, percent: float | None) -> str:
    """Say that the typed per cent is another than the scores make, "" when they agree."""
    if not on_one_scale(response):
        return ""
    made = percent_of(response.before, response.after)
    if made is None or percent is None or abs(made - percent) < ROUNDING:
        return ""
    return tr(
        "{before} to {after} on {scale} is {made} %, not {percent} %.",
        before=figure_text(response.before),
        after=figure_text(response.after),
        scale=response.scale.strip(),
        made=figure_text(made),
        percent=figure_text(percent),
    )


def scale_note(response: Response, earlier: Response | None = None, earlier_name: str = "") -> str:
    """Say where the scales differ: before and after, or this and the earlier block; "" when they agree."""
    if response.after is not None and not same_scale(response.scale, scale_after(response)):
        return tr(
            "The score before is on {before}, the one after on {after}. Payers compare scores of one scale only.",
            before=response.scale.strip() or tr("no named scale"),
            after=scale_after(response).strip(),
        )
    if earlier is None or not earlier.scale.strip() or not response.scale.strip():
        return ""
    if same_scale(response.scale, scale_after(earlier)):
        return ""
    return tr(
        "{earlier} was scored on {scale}, this one on {own}. Payers compare scores of one scale only.",
        earlier=earlier_name or tr("The earlier block"),
        scale=scale_after(earlier).strip(),
        own=response.scale.strip(),
    )
