"""Times as typed."""

from __future__ import annotations

import contextlib
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InvalidEntryError
from tracker.domain.time_entry import may_become_time, parse_time
from tracker.services.words.wording import us_time


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9", time(9)),
        ("930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("1", time(13)),
        ("215", time(14, 15)),
        ("2p", time(14)),
        ("2:15 PM", time(14, 15)),
        ("6a", time(6)),
        ("0630", time(6, 30)),
        ("12", time(12)),
        ("12a", time(0)),
        ("12:30 p.m.", time(12, 30)),
        ("14:00", time(14)),
        ("1400", time(14)),
        ("0:05", time(0, 5)),
    ],
)
def test_that_times_are_read_as_the_desk_types_them(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "x", "25", "9:60", "13p", "0a", "9:3", "99999", "<b>"])
def test_that_what_is_no_time_is_refused_with_a_way_on(text: str) -> None:
    with pytest.raises(InvalidEntryError) as raised:
        parse_time(text)
    assert raised.value.remedy


@given(st.times())
def test_that_what_is_shown_is_read_back(moment: time) -> None:
    moment = time(moment.hour, moment.minute)
    assert parse_time(us_time(moment)) == moment


@given(st.text(max_size=10))
def test_that_any_text_is_a_time_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidEntryError):
        assert isinstance(parse_time(text), time)


def test_that_a_begun_time_is_known_as_begun() -> None:
    assert all(may_become_time(text) for text in ("1", "12", "9:", "9:3", "9:30 p"))
    assert not any(may_become_time(text) for text in ("x", "9:70x", ""))
