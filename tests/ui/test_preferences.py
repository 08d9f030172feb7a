"""What this computer remembers survives a restart, and nonsense in the file means the usual."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from tracker.ui.preferences import Preferences


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "program" / "window.ini"


def test_that_nothing_is_chosen_at_first(file: Path) -> None:
    fresh = Preferences(file)

    assert (fresh.scheme, fresh.clinic_folder, fresh.geometry) == ("system", "", QByteArray())


def test_that_what_was_chosen_is_there_at_the_next_start(file: Path) -> None:
    first = Preferences(file)
    first.scheme = "dark"
    first.clinic_folder = "/home/desk/Küche & Söhne; 100 %"
    first.geometry = QByteArray(b"\x01\x00\xff")
    first.density, first.text_size, first.language, first.privacy = "compact", 130, "es", True
    first.flush()

    second = Preferences(file)
    assert second.scheme == "dark"
    assert second.clinic_folder == "/home/desk/Küche & Söhne; 100 %"
    assert second.geometry == QByteArray(b"\x01\x00\xff")
    assert (second.density, second.text_size, second.language, second.privacy) == ("compact", 130, "es", True)


@pytest.mark.parametrize(("typed", "kept"), [(89, 90), (90, 90), (150, 150), (151, 150)])
def test_that_text_is_never_smaller_or_larger_than_can_be_read(file: Path, typed: int, kept: int) -> None:
    preferences = Preferences(file)
    preferences.text_size = typed
    assert preferences.text_size == kept


@pytest.mark.parametrize(
    "text",
    [
        "[look]\nscheme=plaid\ndensity=x\ntext_size=9000\nlanguage=../es\n[window]\ngeometry=5\n",
        "\x00\xff no ini file",
        "",
    ],
)
def test_that_a_damaged_file_means_the_usual(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    found = Preferences(file)

    assert (found.scheme, found.geometry) == ("system", QByteArray())
    assert (found.density, found.text_size, found.language, found.privacy) == ("comfortable", 100, "en", False)
