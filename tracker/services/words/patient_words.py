"""Words for patients: days written out and procedures without jargon, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.domain.anatomy import Side, SpinePart
from tracker.domain.body_regions import BodyRegion
from tracker.domain.event import Event
from tracker.domain.language import Words
from tracker.domain.procedure import Approach, Family
from tracker.domain.us_dates import month_name


def long_day(day: date, words: Words) -> str:
    """Return "Thursday, December 3, 2026", or "jueves 3 de diciembre de 2026"."""
    tr = words.tr
    weekday = (
        tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"), tr("Sunday"),
    )[day.weekday()]  # fmt: skip
    return tr(
        "{weekday}, {month} {day}, {year}", weekday=weekday, month=month_name(day, words), day=day.day, year=day.year
    )


def plain_procedure(event: Event, words: Words) -> str:
    """Return what will be done and where, such as "Epidural injection, lower back, left side"."""
    parts = (_what(event, words), _where(event, words), _side(event, words))
    return ", ".join(part for part in parts if part)


def _what(event: Event, words: Words) -> str:
    tr = words.tr
    if event.family is Family.FACET_INJECTION and event.approach is not Approach.INTRA_ARTICULAR:
        return tr("Numbing injection at the nerves of the small spine joints")
    return {
        Family.FACET_INJECTION: tr("Injection into the small spine joints"),
        Family.FACET_ABLATION: tr("Heat treatment of the nerves of the small spine joints"),
        Family.EPIDURAL: tr("Epidural injection"),
        Family.SI_INJECTION: tr("Injection at the joint between spine and pelvis"),
        Family.SI_ABLATION: tr("Heat treatment at the joint between spine and pelvis"),
        Family.TRIGGER_POINT: tr("Injection into painful muscle points"),
        Family.BASIVERTEBRAL_ABLATION: tr("Heat treatment of a nerve inside the bones of the spine"),
        Family.GENICULAR_BLOCK: tr("Numbing injection at the nerves of the knee"),
        Family.GENICULAR_ABLATION: tr("Heat treatment of the nerves of the knee"),
        Family.OCCIPITAL_BLOCK: tr("Numbing injection at the nerves of the back of the head"),
        Family.SCS_TRIAL: tr("Trial of a nerve stimulator"),
    }[event.family]


def _where(event: Event, words: Words) -> str:
    tr = words.tr
    named = {
        SpinePart.CERVICAL: tr("neck"),
        SpinePart.THORACIC: tr("upper back"),
        SpinePart.LUMBAR: tr("lower back"),
        SpinePart.SACRAL: tr("lower back"),
    }
    if event.body_regions:
        return ", ".join(_body(event, words))
    return named[event.targets[0].level.part] if event.targets and event.family is not Family.SI_INJECTION else ""


def _body(event: Event, words: Words) -> Iterator[str]:
    tr = words.tr
    named = {
        BodyRegion.HEAD: tr("head"),
        BodyRegion.FACE: tr("face and jaw"),
        BodyRegion.NECK: tr("neck"),
        BodyRegion.SHOULDER: tr("shoulder"),
        BodyRegion.UPPER_BACK: tr("upper back"),
        BodyRegion.LOWER_BACK: tr("lower back"),
        BodyRegion.TRUNK: tr("chest and belly"),
        BodyRegion.HIP: tr("hip"),
        BodyRegion.ARM: tr("arm"),
        BodyRegion.LEG: tr("leg"),
    }
    yield from (named[region] for region in event.body_regions)


def _side(event: Event, words: Words) -> str:
    tr = words.tr
    sides = {target.side for target in event.targets} - {Side.MIDLINE, Side.UNKNOWN}
    if not sides:
        return ""
    if Side.BOTH in sides or len(sides) > 1:
        return tr("both sides")
    return tr("left side") if sides == {Side.LEFT} else tr("right side")
