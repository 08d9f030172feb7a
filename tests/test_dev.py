"""Behaviour of dev.py in a checkout of its own, whose empty lock asks for no download."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


def dev(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py without a display, a terminal, or the system's package manager in reach."""
    keep = {name: os.environ[name] for name in ("HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    environment = keep | {"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"} | variables
    command = [sys.executable, str(checkout / "dev.py"), *arguments]
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that needs no requirement, set up once."""
    folder = tmp_path_factory.mktemp("a checkout with spaces")
    shutil.copy(ROOT / "dev.py", folder)
    shutil.copytree(ROOT / "tracker", folder / "tracker")
    (folder / "requirements").mkdir()
    for name in ("runtime.lock", "dev.lock"):
        (folder / "requirements" / name).write_text("", encoding="utf-8")
    first = dev(folder, "setup")
    assert first.returncode == 0, first.stderr
    assert "Making .venv" in first.stderr
    return folder


def test_that_a_second_setup_does_nothing(checkout: Path) -> None:
    stamp = checkout / ".venv" / "setup.json"
    before = stamp.stat().st_mtime_ns

    again = dev(checkout, "setup")

    assert again.returncode == 0
    assert again.stderr == ""
    assert stamp.stat().st_mtime_ns == before


def test_that_a_changed_lock_is_installed_anew_into_the_same_environment(checkout: Path) -> None:
    (checkout / "requirements" / "dev.lock").write_text("# another\n", encoding="utf-8")

    again = dev(checkout, "setup")

    assert "Installing" in again.stderr
    assert "Making .venv" not in again.stderr
    assert dev(checkout, "setup").stderr == ""


def test_that_a_stamp_of_another_python_counts_for_nothing(checkout: Path) -> None:
    stamp = checkout / ".venv" / "setup.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"python": "2.7"}), encoding="utf-8")

    assert "Installing" in dev(checkout, "setup").stderr


def test_that_a_damaged_stamp_counts_for_nothing(checkout: Path) -> None:
    (checkout / ".venv" / "setup.json").write_text("[]", encoding="utf-8")

    assert "Installing" in dev(checkout, "setup").stderr


def test_that_the_requirements_are_compiled_whatever_the_environment_says(checkout: Path) -> None:
    modules = list((checkout / ".venv").rglob("pip/__main__.py"))

    assert modules
    assert list(modules[0].parent.glob("__pycache__/__main__.*.pyc"))


@pytest.mark.skipif(os.name == "nt", reason="the command is a .cmd file there")
def test_that_the_command_of_the_environment_runs_this_checkout(checkout: Path) -> None:
    command = checkout / ".venv" / "bin" / "injection-tracker"

    told = subprocess.run([str(command), "--version"], cwd=checkout.parent, capture_output=True, text=True, check=False)

    assert told.stdout.startswith("injection-tracker "), told.stderr


@linux_only
def test_that_run_without_a_display_says_so_in_one_sentence(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dev.py", tmp_path)

    refused = dev(tmp_path, "run", "--demo")

    assert refused.returncode == 2
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / ".venv").exists()


@linux_only
def test_that_a_command_without_a_window_needs_no_display(checkout: Path) -> None:
    told = dev(checkout, "run", "--version")

    assert told.stdout.startswith("injection-tracker ")
    assert told.returncode == 0


def test_that_an_unknown_command_lists_the_known_ones(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dev.py", tmp_path)

    refused = dev(tmp_path, "fly")

    assert refused.returncode == 2
    assert all(name in refused.stderr for name in ("run", "test", "setup", "lint", "lock", "bench", "package"))


def test_that_an_old_python_can_read_far_enough_to_say_that_it_is_too_old() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 7))

    first = next(node for node in tree.body if isinstance(node, ast.If))
    assert "version_info" in ast.unparse(first.test)
    assert not any(isinstance(node, ast.FunctionDef) for node in tree.body[: tree.body.index(first)])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_that_a_lock_holds_no_address_and_a_hash_for_every_requirement(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert "://" not in text
    assert not re.search(r"^\s*--(index|extra|find|trusted)", text, re.MULTILINE)
    assert len(entries) > 15
    assert all("--hash=sha256:" in entry for entry in entries)


def test_that_the_program_is_tested_with_what_it_runs_on() -> None:
    runtime, development = (dict(REQUIREMENT.findall(text)) for text in lock_texts())

    assert runtime.items() <= development.items()
    assert "pytest" in development
    assert "pytest" not in runtime


def test_that_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = {name.lower() for name, _ in REQUIREMENT.findall(lock_texts()[0])}

    wanted = {re.split(r"[<>=]", each)[0].lower() for each in project["project"]["dependencies"]}
    assert wanted <= runtime


def lock_texts() -> tuple[str, str]:
    folder = ROOT / "requirements"
    return (folder / "runtime.lock").read_text(encoding="utf-8"), (folder / "dev.lock").read_text(encoding="utf-8")
