"""Holds the floors, the sizes and the forbidden calls that the architecture page names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules import RULES, HouseRule

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))
LONGEST_FILE = 260
NAMELESS_ROOMS = {"utils", "util", "helpers", "helper", "misc", "common", "core", "manager", "managers"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_that_every_import_goes_down_the_floors() -> None:
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    result = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.find.__name__)
def test_that_no_module_does_what_the_house_refuses(rule: HouseRule) -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in MODULES
        if rule.holds_for(named(path))
        for node in rule.find(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert not found, f"{rule.sentence}: {found}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.find.__name__)
def test_that_each_rule_of_the_house_finds_its_example(rule: HouseRule) -> None:
    assert list(rule.find(ast.parse(rule.example)))
    assert not list(rule.find(ast.parse("answer = service.check(request)")))


def test_that_no_module_is_longer_than_can_be_read_at_once() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE and "/versions/" not in name}
    assert not long


def test_that_every_module_opens_with_a_sentence() -> None:
    silent = [named(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert not silent


def test_that_no_room_has_a_name_that_says_nothing() -> None:
    parts = {part for path in MODULES for part in (*path.relative_to(ROOT).parent.parts, path.stem)}

    assert not parts & NAMELESS_ROOMS


def test_that_every_ignored_type_error_names_its_code_and_reason() -> None:
    ignored = re.compile(r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+#\s*\S)")
    found = [
        f"{named(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ignored.search(line)
    ]

    assert not found
