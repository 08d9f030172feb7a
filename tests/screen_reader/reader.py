"""What a screen reader can do: hear what has the focus, find by role and name, press, and what fingers can: keys.

Runs with the distribution's own Python, which has pyatspi; it knows nothing of the program's code.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # the distribution's, not a package of the project
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # likewise

PATIENCE_SECONDS = 60.0
OPENING_SECONDS = 180.0
"""A new demo clinic is filled before it opens."""
PAUSE_SECONDS = 0.25


class Unheard(Exception):
    """Something that somebody who hears the program would have waited for in vain."""


class Reader:
    """Waits for the program, then hears and acts."""

    def __init__(self, name: str) -> None:
        self.program = self._wait(lambda: self._program(name), f"the program {name}")
        self.said: list[str] = []
        self._announced: list[str] = []
        self._listener = Atspi.EventListener.new(lambda event, _data: self._announced.append(str(event.any_data)), None)
        self._listener.register("object:announcement")

    def _program(self, name: str) -> Any:
        found = [app for app in pyatspi.Registry.getDesktop(0) if app and name in (app.name or "") and app.childCount]
        return found[0] if found else None

    def _wait(self, look: Callable[[], Any], what: str, patience: float = PATIENCE_SECONDS) -> Any:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                if found := look():
                    return found
            except GLib.GError:  # it changed under the hand, or the program was busy for longer than the bus waits
                pass
            time.sleep(PAUSE_SECONDS)
        raise Unheard(f"{what} was not there within {patience:.0f} s")

    def everything(self) -> Iterator[Any]:
        """Yield what is showing, depth first, as it is now."""
        self.program.clear_cache()
        yield from self._below(self.program)

    def _below(self, node: Any) -> Iterator[Any]:
        for place in range(node.childCount):
            child = node.getChildAtIndex(place)
            if child is None:
                continue
            child.clear_cache()
            if child.getRoleName() == "application" or child.getState().contains(pyatspi.STATE_SHOWING):
                yield child
                yield from self._below(child)

    def focused(self) -> Any:
        """Return what has the focus, the innermost; None for nothing."""
        holders = [node for node in self.everything() if node.getState().contains(pyatspi.STATE_FOCUSED)]
        real = [node for node in holders if node.getRoleName() not in ("list item", "frame")]
        return (real or holders or [None])[-1]

    def hear_focus(self, words: str) -> str:
        """Wait until what has the focus is announced with these words, and return all of it."""

        def look() -> str:
            holder = self.focused()
            name = _announced(holder) if holder is not None else ""
            return name if words.casefold() in name.casefold() else ""

        return self._say(self._wait(look, f"the focus on “{words}”"))

    def focused_name(self) -> str:
        """Return role and name of what has the focus now, "" for nothing."""
        holder = self.focused()
        return _announced(holder) if holder is not None else ""

    def hear_other_focus(self, before: str, words: str) -> str:
        """Wait until something else has the focus and is announced with these words."""

        def look() -> str:
            name = self.focused_name()
            return name if name != before and words in name else ""

        return self._say(self._wait(look, f"another focus on “{words}”"))

    def is_checked(self) -> bool:
        """Tell whether what has the focus is announced as checked."""
        holder = self.focused()
        return holder is not None and holder.getState().contains(pyatspi.STATE_CHECKED)

    def hear_checked(self, wanted: bool) -> str:
        """Wait until what has the focus is announced as checked, or as not checked."""
        state = "checked" if wanted else "not checked"
        self._wait(lambda: self.is_checked() is wanted, f"the state “{state}”")
        return self._say(f"{self.focused_name()}, {state}")

    def hear(self, words: str, role: str = "", beginning: str = "", patience: float = PATIENCE_SECONDS) -> str:
        """Wait until something says these words, and return its name."""

        def look() -> str:
            fitting = (node for node in self.everything() if role in ("", node.getRoleName()))
            return next((n.name for n in fitting if words in n.name and n.name.startswith(beginning)), "")

        return self._say(self._wait(look, f"the words “{words}”", patience))

    def hear_announced(self, words: str) -> str:
        """Wait until the program says these words by itself, wherever the focus is, and return the whole sentence."""

        def look() -> str:
            while GLib.MainContext.default().iteration(False):
                pass
            return next((each for each in self._announced if words in each), "")

        told = self._wait(look, f"the announcement “{words}”")
        self._announced.clear()
        return self._say(f"announced: {told}")

    def press(self, name: str, role: str = "push button") -> None:
        """Press a button by its name, as the bus lets a screen reader do."""

        def look() -> Any:
            fitting = (n for n in self.everything() if n.getRoleName() == role and name in n.name)
            return next((n for n in fitting if n.getState().contains(pyatspi.STATE_ENABLED)), None)

        action = self._wait(look, f"the button “{name}”").queryAction()
        names = [action.getName(place) for place in range(action.nActions)]
        action.doAction(names.index("Press"))

    def key(self, *keys: str) -> None:
        for each in keys:
            subprocess.run(["xdotool", "key", each], check=True)
            time.sleep(PAUSE_SECONDS)

    def type(self, text: str) -> None:
        subprocess.run(["xdotool", "type", "--delay", "40", text], check=True)
        time.sleep(PAUSE_SECONDS)

    def take_keyboard(self, title: str) -> None:
        """Let keys go to the window; there is no window manager here that would."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title], check=True, capture_output=True, text=True
        )
        subprocess.run(["xdotool", "windowfocus", "--sync", found.stdout.split()[-1]], check=True)

    def _say(self, sentence: str) -> str:
        self.said.append(sentence)
        print(f"  heard: {sentence[:200]}", flush=True)
        return sentence


def _announced(node: Any) -> str:
    """Return role, label and name: the name of a list of choices is the choice, and its label is told beside it."""
    labels = [each for each in node.getRelationSet() if each.getRelationType() == pyatspi.RELATION_LABELLED_BY]
    names = [each.getTarget(place).name for each in labels for place in range(each.getNTargets())]
    return " ".join(dict.fromkeys((node.getRoleName(), *names, node.name)))
