"""The layout of procedure logs: what was done, when, where, and how it helped."""

from __future__ import annotations

import re

from tracker.domain.anatomy import Region, Side
from tracker.domain.body_regions import parse_body_regions
from tracker.domain.errors import InvalidEntryError
from tracker.domain.event import Event, EventEvidence, EventStatus, PartialDate, Place
from tracker.domain.language import tr
from tracker.domain.procedure import SIDED_BY_LEVEL, Approach, Family, Intent, Sites
from tracker.exchange.cell_values import one_of, parse_months, parse_percent, parse_side, parse_when, parse_yes, shown
from tracker.exchange.columns import Cells, Column, Layout
from tracker.exchange.coverage_rows import read_payer
from tracker.exchange.formats import Meaning, ProcedureRow, Vocabulary, folded
from tracker.exchange.patient_rows import MRN, read_mrn
from tracker.exchange.written_levels import read_levels

_CODE = re.compile(r"\d{5}|\d{4}[A-Z]|[A-Z]\d{4}")
_BY_WORD = {folded(family.value): Meaning(family) for family in Family}
_INTENTS = {
    "diagnostic": Intent.DIAGNOSTIC,
    "dx": Intent.DIAGNOSTIC,
    "therapeutic": Intent.THERAPEUTIC,
    "tx": Intent.THERAPEUTIC,
}
_APPROACHES = {approach.value: approach for approach in Approach} | {
    "mbb": Approach.MEDIAL_BRANCH, "ia": Approach.INTRA_ARTICULAR, "il": Approach.INTERLAMINAR,
    "tf": Approach.TRANSFORAMINAL, "snrb": Approach.NERVE_ROOT, "lbb": Approach.LATERAL_BRANCH}  # fmt: skip
_STATUSES = {"performed": EventStatus.PERFORMED, "done": EventStatus.PERFORMED, "completed": EventStatus.PERFORMED,
             "cancelled": EventStatus.CANCELLED, "canceled": EventStatus.CANCELLED, "no-show": EventStatus.NO_SHOW,
             "no show": EventStatus.NO_SHOW, "noshow": EventStatus.NO_SHOW, "aborted": EventStatus.ABORTED}  # fmt: skip
_PLACES = {"here": Place.HERE, "ours": Place.HERE, "elsewhere": Place.ELSEWHERE, "outside": Place.ELSEWHERE}
_EVIDENCES = {evidence.value: evidence for evidence in EventEvidence} | {
    "patient reported": EventEvidence.PATIENT_REPORTED, "patient": EventEvidence.PATIENT_REPORTED}  # fmt: skip
_REGIONS = {"cervical": Region.CERVICAL_THORACIC, "thoracic": Region.CERVICAL_THORACIC, "lumbar": Region.LUMBAR_SACRAL,
            "sacral": Region.LUMBAR_SACRAL} | {region.value: region for region in Region}  # fmt: skip
_SIDE_MODIFIERS = {"50": Side.BOTH, "LT": Side.LEFT, "RT": Side.RIGHT}
_FACET = frozenset({Family.FACET_INJECTION, Family.FACET_ABLATION})
_SI = frozenset({Family.SI_INJECTION, Family.SI_ABLATION})
_BLOCKS = frozenset({Family.FACET_INJECTION, Family.SI_INJECTION})


def _read(cells: Cells, vocabulary: Vocabulary) -> ProcedureRow | None:
    mrn = read_mrn(cells)
    when = cells.parsed("date", parse_when)
    meaning = cells.parsed("procedure", lambda text: _meaning(text, vocabulary))
    payer = read_payer(cells, vocabulary)
    provider, key = cells.text("provider"), cells.text("id")
    if when and when.first > vocabulary.today:
        cells.refuse(
            "date", tr("this day has not come yet"), tr("leave visits to come out; they are booked in the program")
        )
    event = _event(cells, meaning, when, payer) if meaning and when else None
    if cells.refused or event is None:
        return None
    return ProcedureRow(cells.line, mrn, event, provider, key)


def _meaning(text: str, vocabulary: Vocabulary) -> Meaning:
    if _CODE.fullmatch(text.upper()):
        found = vocabulary.codes.get(text.upper())
        if found is None:
            title = tr("{cell} is no code of a spinal injection that the program knows.", cell=shown(text))
            raise InvalidEntryError(title, "", tr("Correct it, or leave the line out."), text)
        return found
    word = vocabulary.words.get(folded(text)) or _BY_WORD.get(folded(text))
    if word is None:
        raise InvalidEntryError(
            tr("{cell} is no procedure.", cell=shown(text)),
            "",
            tr("Write a CPT code, or a word such as rfa or mbb."),
            text,
        )
    return word


def _event(cells: Cells, meaning: Meaning, when: PartialDate, payer: str | None) -> Event | None:
    modifiers = frozenset(re.split(r"[\s,;]+", cells.text("modifiers").upper()))
    approach = cells.parsed(
        "approach", one_of(_APPROACHES, tr("medial-branch, interlaminar, transforaminal or the like"))
    )
    approach = approach or meaning.approach
    sites = _sites(cells, meaning, approach, modifiers)
    if meaning.family is Family.EPIDURAL and any(target.level.name == "caudal" for target in sites.targets):
        approach = Approach.CAUDAL
    region = cells.parsed("region", one_of(_REGIONS, tr("cervical-thoracic or lumbar-sacral"))) or meaning.region
    _check_region(cells, meaning, sites)
    body_regions = cells.parsed("body_regions", parse_body_regions) or ()
    if body_regions and meaning.family is not Family.TRIGGER_POINT:
        cells.refuse(
            "body_regions",
            tr("only trigger points have regions of the body"),
            tr("empty the cell, or correct the procedure"),
        )
    return Event(
        id="",
        when=when,
        family=meaning.family,
        status=cells.parsed("status", one_of(_STATUSES, tr("performed, cancelled, no-show or aborted")))
        or EventStatus.PERFORMED,
        intent=_intent(cells, meaning, modifiers),
        approach=approach,
        targets=sites.targets,
        nerves=sites.nerves,
        region=None if sites.targets else region,
        payer=payer,
        place=cells.parsed("place", one_of(_PLACES, tr("here or elsewhere"))) or Place.HERE,
        evidence=cells.parsed("evidence", one_of(_EVIDENCES, tr("record, claim or patient-reported")))
        or EventEvidence.RECORD,
        relief_percent=cells.parsed("relief_percent", parse_percent),
        relief_months=cells.parsed("relief_months", parse_months),
        note=cells.text("note"),
        body_regions=body_regions,
        kx_claimed=_kx_claimed(cells, modifiers),
    )


def _sites(cells: Cells, meaning: Meaning, approach: Approach | None, modifiers: frozenset[str]) -> Sites:
    by_modifier = next((side for mark, side in _SIDE_MODIFIERS.items() if mark in modifiers), None)
    side = cells.parsed("side", parse_side) or by_modifier
    if meaning.family in _SI and not cells.text("levels"):
        return read_levels("SI", side, meaning.family, approach)
    if approach is Approach.CAUDAL and not cells.text("levels"):
        return read_levels("caudal", None, meaning.family, approach)
    sites = cells.parsed("levels", lambda text: read_levels(text, side, meaning.family, approach)) or Sites()
    _check_levels(cells, meaning, sites)
    return sites


def _check_levels(cells: Cells, meaning: Meaning, sites: Sites) -> None:
    for target in sites.targets:
        is_joint = target.level.name not in ("S1", "caudal", "SI")
        if (meaning.family in _FACET and not is_joint) or (meaning.family in _SI and target.level.name != "SI"):
            cells.refuse(
                "levels",
                tr("{level} does not go with this procedure", level=target.level.label),
                tr("correct one of the two"),
            )
            return
        if meaning.family in SIDED_BY_LEVEL and target.side is Side.MIDLINE:
            cells.refuse(
                "side", tr("{level} has no midline", level=target.level.label), tr("write left, right, both or unknown")
            )
            return


def _check_region(cells: Cells, meaning: Meaning, sites: Sites) -> None:
    """A code names its region; levels of the other one are a slip in one of the two."""
    wrong = [target for target in sites.targets if meaning.region and target.level.region is not meaning.region]
    if meaning.family in _FACET | {Family.EPIDURAL} and wrong and meaning.region:
        level, region = wrong[0].level.label, meaning.region.label
        what = tr("{level} is not {region}, as the code says", level=level, region=region)
        cells.refuse("levels", what, tr("correct one of the two"))


def _kx_claimed(cells: Cells, modifiers: frozenset[str]) -> bool | None:
    """Return whether the claim had KX: as told, or because it stands among the modifiers."""
    told = cells.parsed("kx", parse_yes)
    return True if told is None and "KX" in modifiers else told


def _intent(cells: Cells, meaning: Meaning, modifiers: frozenset[str]) -> Intent | None:
    given = cells.parsed("intent", one_of(_INTENTS, tr("diagnostic or therapeutic"))) or meaning.intent
    if given is None and "KX" in modifiers and meaning.family in _BLOCKS:
        return Intent.DIAGNOSTIC
    return given


PROCEDURES = Layout(
    "procedures",
    (
        MRN,
        Column("date", ("date_of_service", "dos", "service_date", "procedure_date"), required=True),
        Column("procedure", ("code", "cpt", "cpt_code", "procedure_code"), required=True),
        Column("modifiers", ("modifier", "mods", "mod")),
        Column("levels", ("level", "targets", "target")),
        Column("side", ("laterality",)),
        Column("region"),
        Column("kx", ("kx_claimed", "kx_modifier")),
        Column("body_regions", ("body_region", "body_area", "muscles")),
        Column("intent"),
        Column("approach"),
        Column("status"),
        Column("payer", ("payer_name", "insurance")),
        Column("place", ("where",)),
        Column("evidence"),
        Column("relief_percent", ("relief", "pain_relief", "percent_relief")),
        Column("relief_months", ("relief_duration", "duration_months", "months")),
        Column("provider", ("physician", "performed_by", "rendering_provider")),
        Column("note", ("notes", "comment", "comments"), multiline=True),
        Column("id", ("row_id", "event_id", "procedure_id", "claim_id", "source_id", "encounter_id")),
    ),
    _read,
)  # fmt: skip
