"""Keeps Qt's binding from reading the source of every module that is imported after it."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  what is changed here is loaded with it


def leave_sources_unread() -> None:
    """Answer for every module that it switches none of the binding's features on, as is done where there is no source.

    Else each source is read and searched for the binding's name, which takes longer than many an import itself.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _switches_nothing


def _switches_nothing(_module: object) -> bool:
    return False
