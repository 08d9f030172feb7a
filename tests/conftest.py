"""What holds for every test: no screen, a home of its own, no unexpected log record, no deadline by the wall clock."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.logfail",)

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")

USER_FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
HOME_FOLDER = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Point every variable that names a user's folder at a new one, before anything reads them."""
    folder = tempfile.TemporaryDirectory(prefix="tests-home-")
    config.stash[HOME_FOLDER] = folder
    for name in USER_FOLDERS + XDG_FOLDERS:
        os.environ[name] = folder.name


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(HOME_FOLDER, None)
    if folder is not None:
        folder.cleanup()
