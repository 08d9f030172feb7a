"""Every key that the code listens to is in the registry: an act of the window, or a local key of a list or a part."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

import tracker.ui
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext

ROOM = Path(tracker.ui.__file__).parent
NO_MENUS = {"start"}
"""Windows before the clinic is open: their few keys stand on their buttons; there is no list of keys."""
MOVING = {
    "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Tab", "Backtab", "Return", "Enter", "Escape",
    "Space", "Backspace", "Shift", "Control", "Alt", "Meta", "AltGr", "Menu",
}  # fmt: skip
"""What every list, field and dialog of any program does with the hands is not told key by key."""
CALLS = ("QShortcut", "bind", "bind_always", "ActionButton")
OF_QT = {"Esc", "Return", "Enter", "Space", "PgUp", "PgDown", "Home", "End", "Tab", "Left", "Right", "Up", "Down"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(ROOM.rglob("*.py")):
        if path.relative_to(ROOM).parts[0] not in NO_MENUS:
            yield path, ast.parse(path.read_text())


def own_texts(tree: ast.Module) -> dict[str, str]:
    """Return the module's own constants that are texts."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[target.id] = value.value
    return found


def texts_of(tree: ast.Module) -> dict[str, str]:
    """Return the module's constants that are texts, with those that it imports."""
    found = own_texts(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tracker.ui."):
            other = ROOM.parents[1] / f"{(node.module or '').replace('.', '/')}.py"
            named = own_texts(ast.parse(other.read_text())) if other.is_file() else {}
            found |= {each.asname or each.name: named[each.name] for each in node.names if each.name in named}
    return found


def text_in(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "QKeySequence" and node.args:
        return text_in(node.args[0], names)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id)
    return key_of_qt(node)


def key_of_qt(node: ast.AST) -> str | None:
    """Return "A" of Qt.Key.Key_A, None for anything else."""
    match = re.fullmatch(r"Qt\.Key\.Key_(\w+)", ast.unparse(node)) if isinstance(node, ast.Attribute) else None
    return match.group(1) if match else None


def pressed_in(tree: ast.Module) -> Iterator[str]:
    """Yield the keys that shortcuts, bound letters and buttons of the module listen to, as far as they are written."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    if not any(ast.unparse(each.func).rpartition(".")[2] in CALLS for each in calls):
        return
    names = texts_of(tree)
    for node in calls:
        called = ast.unparse(node.func).rpartition(".")[2]
        keyed = {each.arg: each.value for each in node.keywords}
        if called in CALLS[:3] and node.args:
            wanted: ast.expr | None = node.args[0]
        elif called == "ActionButton" and "bind" in keyed:
            wanted = keyed.get("key")
        else:
            continue
        text = text_in(wanted, names) if wanted is not None else None
        if text:
            yield text


def typed_in(tree: ast.Module) -> Iterator[str]:
    """Yield the keys of Qt that the module compares with: what is pressed in `keyPressEvent`."""
    for node in ast.walk(tree):
        key = key_of_qt(node)
        if key and key not in MOVING:
            yield {"Delete": "Del", "Insert": "Ins", "BracketLeft": "[", "BracketRight": "]", "Plus": "+",
                   "Minus": "-", "Slash": "/", "Less": "<", "Greater": ">", "Equal": "=", "Semicolon": ";",
                   "Apostrophe": "'", "Comma": ",", "Period": "."}.get(key, key)  # fmt: skip


def normal(key: str) -> str:
    return QKeySequence(key.replace("Enter", "Return")).toString() or key


@pytest.fixture
def told(context: PageContext, qtbot: QtBot) -> set[str]:
    """Every key of the registry."""
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    keys = {key for act in window.registry.acts() for key in (*act.keys, act.letter) if key}
    for group in window.registry.local_keys():
        for caption, _words in group.keys:
            keys |= {token for token in re.split(r"[\s,]+|\bor\b", caption) if token}
    return {normal(key) for key in keys}


def test_that_every_shortcut_in_the_code_is_in_the_registry(told: set[str]) -> None:
    missing = [
        f"{path.relative_to(ROOM)}: {key}"
        for path, tree in trees()
        for key in pressed_in(tree)
        if normal(key) not in told and key not in OF_QT and normal(key) not in OF_QT
    ]
    assert missing == []


def test_that_every_letter_that_a_widget_takes_is_in_the_registry(told: set[str]) -> None:
    bare = {key.rpartition("+")[2] or key for key in told} | told
    missing = [
        f"{path.relative_to(ROOM)}: {key}" for path, tree in trees() for key in typed_in(tree) if key not in bare
    ]
    assert missing == []


def test_that_the_walk_sees_a_key_that_nobody_told() -> None:
    made = ast.parse('KEY = "Alt+J"\nQShortcut(QKeySequence(KEY), self)\ntable.bind("W", act)\nkey == Qt.Key.Key_U')
    assert [*pressed_in(made), *typed_in(made)] == ["Alt+J", "W", "U"]
