"""Behaviour of the only module that knows where files lie."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tracker import paths


def test_that_the_shipped_files_of_a_checkout_lie_beside_the_package() -> None:
    root = paths.resource_root()

    assert root.name == "resources"
    assert root.parent == Path(paths.__file__).resolve().parents[1]


def test_that_asking_for_the_data_folder_makes_nothing() -> None:
    folder = paths.user_data_dir()

    assert folder.is_relative_to(tempfile.gettempdir())
    assert not folder.exists()
