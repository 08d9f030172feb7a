"""Behaviour of the only module that knows where files lie."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import USER_FOLDERS, XDG_FOLDERS
from tracker import paths

ROOT = Path(__file__).resolve().parents[1]


def test_that_the_shipped_files_of_a_checkout_lie_beside_the_package() -> None:
    root = paths.resource_root()

    assert root.name == "resources"
    assert root.parent == Path(paths.__file__).resolve().parents[1]


def test_that_asking_for_the_folders_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in USER_FOLDERS + XDG_FOLDERS:
        monkeypatch.setenv(name, str(tmp_path))

    assert paths.user_data_dir().is_relative_to(tmp_path)
    assert paths.user_log_dir().is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_that_a_wheel_carries_the_shipped_files_inside_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"] == {
        "resources": "tracker/resources",
        "tests/cases": "tracker/resources/cases",
    }


def test_that_the_cases_are_found_in_a_checkout_and_beside_the_shipped_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.case_root() == ROOT / "tests" / "cases"

    (tmp_path / "cases").mkdir()
    monkeypatch.setattr(paths, "resource_root", lambda: tmp_path)
    assert paths.case_root() == tmp_path / "cases"


def test_that_the_shipped_files_are_found_where_a_wheel_puts_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", tmp_path / "tracker" / "resources")
    code = (
        "from tracker.paths import resource_root; from tracker.policies import load_catalog;"
        "print(resource_root()); print(len(load_catalog(resource_root()).payers))"
    )

    told = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    root, payers = told.stdout.splitlines()
    assert Path(root) == (tmp_path / "tracker" / "resources").resolve()
    assert int(payers) > 10
