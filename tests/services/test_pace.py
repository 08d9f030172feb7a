"""How far something long is, and that it stops when called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.domain.errors import TrackerError
from tracker.exchange.sheet_file import SheetCell, write_sheet
from tracker.services.pace import CalledOffError, Pace

HEARD = list[tuple[int, int]]


def test_that_each_tells_where_it_is_every_so_many() -> None:
    heard: HEARD = []
    pace = Pace(lambda done, total: heard.append((done, total)))
    assert list(pace.each("abcde", 2)) == list("abcde")
    assert heard == [(0, 5), (2, 5), (4, 5)]


def test_that_what_was_called_off_ends_in_the_middle() -> None:
    seen: list[str] = []
    with pytest.raises(CalledOffError, match="nothing was changed"):
        seen.extend(each for each in Pace(cancelled=lambda: True).each("abc"))
    assert seen == []


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_that_a_sheet_that_was_called_off_leaves_what_lay_there(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("before")
    heard: HEARD = []

    def heed(done: int, total: int) -> None:
        heard.append((done, total))
        if done:
            raise TrackerError("Called off.")

    with pytest.raises(TrackerError, match="Called off"):
        write_sheet(target, "List", (), ("A",), [[SheetCell(n)] for n in range(900)], heed=heed)
    assert heard == [(0, 900), (200, 900)]
    assert target.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == [name]
