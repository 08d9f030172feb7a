"""Which backups stay: so many of the newest, or by days, weeks and months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.backup_plan import DAILY, MONTHLY, WEEKLY, BackupPlan, check_plan, kept_backups
from tracker.domain.errors import InvalidEntryError

NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)


def test_that_so_many_of_the_newest_stay() -> None:
    moments = [NOW - timedelta(hours=hour) for hour in range(30)]
    assert kept_backups(moments, 5) == frozenset(moments[:5])
    assert kept_backups(moments, 500) == frozenset(moments)
    assert kept_backups([], 5) == frozenset()


def test_that_a_year_of_daily_backups_becomes_days_weeks_and_months() -> None:
    moments = [NOW - timedelta(days=day) for day in range(365)]
    kept = sorted(kept_backups(moments, 0), reverse=True)
    assert kept[:DAILY] == moments[:DAILY]
    weeks = {moment.isocalendar()[:2] for moment in kept}
    assert len(weeks) >= WEEKLY
    months = sorted({(moment.year, moment.month) for moment in kept}, reverse=True)
    assert len(months) == MONTHLY
    assert (DAILY, WEEKLY, MONTHLY) == (12, 10, 9)
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    assert min(kept) < NOW - timedelta(days=230)


def test_that_of_an_earlier_day_the_newest_stays_and_gaps_take_nothing_away() -> None:
    morning, evening = NOW.replace(hour=7), NOW
    long_ago, tomorrow = NOW - timedelta(days=900), NOW + timedelta(days=1)
    assert kept_backups([morning, evening, long_ago, tomorrow], 0) == {evening, long_ago, tomorrow}


def test_that_of_the_newest_day_three_stay_so_that_one_made_by_hand_outlives_the_one_on_closing() -> None:
    hours = [NOW - timedelta(hours=hour) for hour in range(5)]
    yesterday = [NOW - timedelta(days=1, hours=hour) for hour in range(2)]
    assert kept_backups([*hours[:2], *yesterday], 0) == {*hours[:2], yesterday[0]}
    assert kept_backups([*hours[:3], *yesterday], 0) == {*hours[:3], yesterday[0]}
    assert kept_backups([*hours[:4], *yesterday], 0) == {*hours[:3], yesterday[0]}
    assert kept_backups(hours, 2) == {*hours[:2]}


def test_that_rotating_each_evening_for_years_never_loses_what_it_once_promised() -> None:
    stored: frozenset[datetime] = frozenset()
    for day in range(800):
        stored = kept_backups(stored | {NOW + timedelta(days=day)}, 0)
    last = NOW + timedelta(days=799)
    assert {last - timedelta(days=day) for day in range(DAILY)} <= stored
    assert len({moment.isocalendar()[:2] for moment in stored}) >= WEEKLY
    assert len({(moment.year, moment.month) for moment in stored}) == MONTHLY


@pytest.mark.parametrize(
    ("plan", "about"),
    [
        (BackupPlan("", -1), "keep"),
        (BackupPlan("", 501), "keep"),
        (BackupPlan("", 0, 0), "remind_days"),
        (BackupPlan("", 0, 91), "remind_days"),
    ],
)
def test_that_a_plan_out_of_bounds_is_told_at_its_field(plan: BackupPlan, about: str) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        check_plan(plan)
    assert caught.value.about == about
    assert check_plan(BackupPlan("", 500, 90)).keep == check_plan(BackupPlan("", 500, 1)).keep == 500
