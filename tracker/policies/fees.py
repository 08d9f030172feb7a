"""Reads resources/fees: units and factors of Medicare's fee schedule, and what was reported of single states."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter

from tracker.domain.fees import Fees, FeeUnits, FeeYear, ReportedRange
from tracker.policies.authorization_schema import DatedIn, Id
from tracker.policies.rule_path import RulePath
from tracker.policies.schema import STRICT, SourceIn
from tracker.policies.sourced_files import check_source, read_folder, source_of
from tracker.policies.toml_file import Problems

Units = Annotated[float, Field(ge=0, le=1000)]


class UnitsIn(BaseModel):
    model_config = STRICT
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{5}$")]
    work: Units
    facility: Units
    nonfacility: Units | None = None
    bilateral: bool = False


class ScheduleIn(DatedIn):
    year: Annotated[int, Field(ge=2000, le=2100)]
    conversion_factor: Annotated[float, Field(gt=0, le=1000)]
    units: Annotated[tuple[UnitsIn, ...], Field(min_length=1)]


class ReportedIn(DatedIn):
    state: str
    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)]
    per: str


class FeesIn(BaseModel):
    """One file."""

    model_config = STRICT
    id: Id
    title: str
    sources: dict[str, SourceIn]
    schedule: Annotated[tuple[ScheduleIn, ...], Field(min_length=1)]
    reported: tuple[ReportedIn, ...] = ()


FEES: TypeAdapter[FeesIn] = TypeAdapter(FeesIn)


def read_fees(folders: Iterable[RulePath], codes: Collection[str], problems: Problems) -> Fees:
    """Return what the files say; `codes` are those of the program's own list, all others are left out."""
    years: dict[int, FeeYear] = {}
    reported: list[ReportedRange] = []
    for shown, file in read_folder(folders, FEES, problems).values():
        for schedule in file.schedule:
            where = f"schedule {schedule.year}"
            check_source(schedule, file.sources, shown, where, problems)
            if schedule.year in years:
                problems.add(shown, where, "is there twice.")
            elif schedule.source in file.sources:
                years[schedule.year] = _year(schedule, file, codes, shown, problems)
        for each in file.reported:
            check_source(each, file.sources, shown, f"reported {each.state}", problems)
            if each.source in file.sources:
                reported.append(ReportedRange(each.state, each.low, each.high, each.per, source_of(each, file.sources)))
    return Fees(tuple(years[year] for year in sorted(years)), tuple(reported))


def _year(schedule: ScheduleIn, file: FeesIn, codes: Collection[str], shown: str, problems: Problems) -> FeeYear:
    units: dict[str, FeeUnits] = {}
    for each in schedule.units:
        if each.code in units:
            problems.add(shown, f"schedule {schedule.year}, {each.code}", "is there twice.")
        if each.code in codes:
            elsewhere = _exact(each.nonfacility) if each.nonfacility is not None else None
            work, facility = _exact(each.work), _exact(each.facility)
            units[each.code] = FeeUnits(each.code, work, facility, elsewhere, each.bilateral)
    factor = _exact(schedule.conversion_factor)
    return FeeYear(schedule.year, factor, units, source_of(schedule, file.sources))


def _exact(figure: float) -> Decimal:
    """Return the figure as it is written, without what binary fractions add to it."""
    return Decimal(str(figure))
