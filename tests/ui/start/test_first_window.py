"""The first window is painted before anything that it does not need is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = """
import os, sys
from pathlib import Path
from tracker import cli, paths
paths.user_data_dir = lambda: Path(sys.argv[1])
paths.user_log_dir = lambda: Path(sys.argv[1])

def tell():
    import linecache
    read = sorted(Path(name).name for name in linecache.cache if f"{os.sep}start{os.sep}" in name)
    print(*sys.modules, sep="\\n")
    print("read:", *read, flush=True)
    os._exit(0)

from tracker import app
app._after_first_window = tell
cli.main([])
"""
LATER = (
    "sqlalchemy", "sqlmodel", "pydantic", "alembic", "sqlcipher3", "openpyxl", "pypdf", "holidays", "segno",
    "dateutil", "locale", "PySide6.QtNetwork", "PySide6.QtPrintSupport", "tracker.rules", "tracker.policies",
    "tracker.storage.database", "tracker.storage.unit_of_work", "tracker.exchange", "tracker.ui.pages",
    "tracker.ui.main_window", "tracker.ui.dialogs",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return what is loaded once the window that asks for the password is painted, a name a line."""
    home = tmp_path_factory.mktemp("home")
    clinic = home / "clinic"
    clinic.mkdir()
    (clinic / "clinic.keys").touch()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    result = subprocess.run(
        [sys.executable, "-c", START, str(home)],
        cwd=Path(__file__).resolve().parents[3],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return result.stdout.splitlines()


def test_that_the_window_which_asks_for_the_password_was_shown(told: list[str]) -> None:
    assert "tracker.ui.start.sign_in_window" in told
    assert "tracker.ui.start.first_run_window" not in told


@pytest.mark.parametrize("name", LATER)
def test_that_it_waits_for_nothing_that_it_does_not_need(told: list[str], name: str) -> None:
    assert [each for each in told if each == name or each.startswith(f"{name}.")] == []


def test_that_no_source_is_read_beside_what_was_compiled(told: list[str]) -> None:
    assert told[-1] == "read:"
