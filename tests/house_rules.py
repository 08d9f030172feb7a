"""Finds in one module's syntax tree what the house does not allow; each rule says where it holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Finder = Callable[[ast.Module], Iterator[ast.AST]]

COLOUR = re.compile(r"(?<!\w)#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
MESSAGE_BOX_CALLS = {"information", "warning", "question", "critical", "about", "aboutQt"}
CLOCK_CALLS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
SQL_CALLS = {"text", "execute", "exec", "exec_driver_sql", "executemany", "executescript", "scalar", "scalars"}
PATTERN_CALLS = {"startswith", "endswith", "contains", "like", "ilike", "icontains", "istartswith"}
UNSAFE_IMPORTS = {"pickle", "marshal", "shelve", "dill", "yaml"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}


@dataclass(frozen=True)
class HouseRule:
    """What is refused, below which paths, except in which, and an example that must be found."""

    sentence: str
    find: Finder
    example: str
    within: tuple[str, ...] = ("tracker/",)
    without: tuple[str, ...] = ()

    def holds_for(self, path: str) -> bool:
        return path.startswith(self.within) and not path.startswith(self.without or ("\0",))


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Yield each call with the name it calls and the plain name that stands before the dot, if any."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                owner = node.func.value
                yield node, node.func.attr, owner.id if isinstance(owner, ast.Name) else ""
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id, ""


def modal_loops(tree: ast.Module) -> Iterator[ast.AST]:
    """A loop inside the program's own; the application's is started in app.py."""
    return (node for node, name, _ in calls(tree) if name in {"exec", "exec_"})


def sleeps(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name, _ in calls(tree) if name in {"sleep", "msleep", "usleep"})


def bare_labels(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name, _ in calls(tree) if name == "QLabel")


def message_boxes(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name, owner in calls(tree) if owner == "QMessageBox" and name in MESSAGE_BOX_CALLS)


def clock_reads(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node, name, owner in calls(tree) if (owner, name) in CLOCK_CALLS)


def colours(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield node


def built_sql(tree: ast.Module) -> Iterator[ast.AST]:
    """An f-string or a sum handed to the database; PRAGMA and BEGIN take no parameters and may be built."""
    for node, name, _ in calls(tree):
        built = name in SQL_CALLS and node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        if built and not first_text(node.args[0]).startswith(("PRAGMA ", "BEGIN ")):
            yield node


def first_text(node: ast.expr) -> str:
    """Return the literal that a built text begins with."""
    while isinstance(node, ast.BinOp):
        node = node.left
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    return str(node.value) if isinstance(node, ast.Constant) else ""


def unsafe_code(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and UNSAFE_IMPORTS & {alias.name for alias in node.names}:
            yield node
        if isinstance(node, ast.ImportFrom) and node.module in UNSAFE_IMPORTS:
            yield node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in UNSAFE_CALLS:
            yield node


def pattern_queries(tree: ast.Module) -> Iterator[ast.AST]:
    """Such a call on a column scans the table and reads % in what was typed as a wildcard."""
    return (node for node, name, _ in calls(tree) if name in PATTERN_CALLS)


def broad_excepts(tree: ast.Module) -> Iterator[ast.AST]:
    """One that ends by raising again only cleans up, and may stay."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and not (isinstance(node.body[-1], ast.Raise) and not node.body[-1].exc):
            names = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(name is None or getattr(name, "id", "") in {"Exception", "BaseException"} for name in names):
                yield node


def long_functions(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 40:
            yield node


UI = ("tracker/ui/",)
BROAD_MAY = ("tracker/ui/failures.py", "tracker/ui/tasks.py", "tracker/cli.py", "tracker/app.py", "tracker/selftest.py")

RULES = (
    HouseRule("a dialog opens with open() and answers by a signal", modal_loops, "dialog.exec()", UI),
    HouseRule("the window never waits", sleeps, "time.sleep(1)", (*UI, "tracker/app.py")),
    HouseRule("PlainLabel is the only label", bare_labels, "QLabel('x')"),
    HouseRule("a message box reads its text as markup", message_boxes, "QMessageBox.warning(a, b, c)"),
    HouseRule("today comes from the clock", clock_reads, "date.today()", without=("tracker/domain/clock.py",)),
    HouseRule("colours are tokens", colours, "QColor('#a1b2c3')", without=("tracker/ui/theme/tokens.py",)),
    HouseRule("SQL is never put together from text", built_sql, "session.execute(f'select {x}')"),
    HouseRule("nothing that is read is run", unsafe_code, "eval(text)"),
    HouseRule("columns are compared by ranges", pattern_queries, "Row.name.ilike(x)", ("tracker/storage/",)),
    HouseRule("an except names its type", broad_excepts, "try: f()\nexcept Exception: pass", without=BROAD_MAY),
    HouseRule(
        "a function fits in view (40 lines)",
        long_functions,
        "def f():\n" + " pass\n" * 41,
        without=("tracker/storage/migrations/versions/",),
    ),
)
