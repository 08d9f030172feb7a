"""The file of Medicare's units and factors: what a mistake in it says, and that it is read only when asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tracker.domain.errors import PolicyFileError
from tracker.paths import resource_root
from tracker.policies.fees import read_fees
from tracker.policies.toml_file import Problems

FILE = "medicare-national.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resource_root() / "fees", tmp_path / "fees")
    return tmp_path / "fees"


def refusal(folder: Path) -> str:
    problems = Problems()
    read_fees([folder], {"64493"}, problems)
    with pytest.raises(PolicyFileError) as refused:
        problems.refuse()
    return refused.value.sentence()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("year = 2025", "year = 2026", "is there twice"),
        ('source = "pprrvu2025"', 'source = "nowhere"', "nowhere is not among [sources]"),
        ("conversion_factor = 32.3465", "conversion_factor = 0", "conversion_factor"),
        ('code = "64494"', 'code = "64493"', "is there twice"),
        ('state = "TX"', 'where = "TX"', "state"),
    ],
)
def test_that_a_mistake_is_refused_with_its_place(folder: Path, right: str, wrong: str, said: str) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert said in refusal(folder)


def test_that_codes_that_the_program_does_not_know_are_left_out(folder: Path) -> None:
    problems = Problems()
    fees = read_fees([folder], {"64493"}, problems)
    problems.refuse()
    assert [sorted(year.units) for year in fees.years] == [["64493"], ["64493"]]
