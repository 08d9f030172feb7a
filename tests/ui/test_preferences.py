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
    assert (fresh.density, fresh.text_size, fresh.language) == ("comfortable", 100, "en")
    assert (fresh.welcomed, fresh.recent("J. Diaz"), fresh.kept("J. Diaz", "section")) == (False, (), "")


def test_that_what_was_chosen_is_there_at_the_next_start(file: Path) -> None:
    first = Preferences(file)
    first.scheme = "dark"
    first.clinic_folder = "/home/desk/Küche & Söhne; 100 %"
    first.geometry = QByteArray(b"\x01\x00\xff")
    first.density, first.text_size, first.language, first.welcomed = "compact", 125, "es", True
    first.privacy = True
    first.keep("J. Diaz", "section", "rules")
    first.keep_recent("J. Diaz", ("lock", "keys"))
    first.flush()

    second = Preferences(file)
    assert second.scheme == "dark"
    assert second.clinic_folder == "/home/desk/Küche & Söhne; 100 %"
    assert second.geometry == QByteArray(b"\x01\x00\xff")
    assert (second.density, second.text_size, second.language, second.welcomed) == ("compact", 125, "es", True)
    assert second.privacy
    assert (second.kept("J. Diaz", "section"), second.kept("K. Reyes", "section")) == ("rules", "")
    assert second.recent("J. Diaz") == ("lock", "keys")
    assert "Diaz" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "[look]\nscheme=plaid\ndensity=7\ntext_size=huge\nlanguage=../x\n[window]\ngeometry=5\n",
        "\x00\xff no ini file",
        "",
    ],
)
def test_that_a_damaged_file_means_the_usual(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    found = Preferences(file)

    assert (found.scheme, found.geometry) == ("system", QByteArray())
    assert (found.density, found.text_size, found.language) == ("comfortable", 100, "en")
    assert not found.privacy


@pytest.mark.parametrize(("asked", "kept"), [(10, 90), (110, 110), (999, 150)])
def test_that_the_size_of_text_stays_within_what_fits(file: Path, asked: int, kept: int) -> None:
    preferences = Preferences(file)
    preferences.text_size = asked

    assert preferences.text_size == kept


@pytest.mark.parametrize("stored", ["80", "151", "-100", "1e2", "١٠٠"])
def test_that_a_size_that_does_not_fit_means_the_usual(file: Path, stored: str) -> None:
    file.parent.mkdir()
    file.write_text(f"[look]\ntext_size={stored}\n", encoding="utf-8")

    assert Preferences(file).text_size == 100


def test_that_only_the_acts_used_last_are_kept(file: Path) -> None:
    preferences = Preferences(file)
    preferences.keep_recent("J. Diaz", (f"act {number}" for number in range(20)))

    assert preferences.recent("J. Diaz") == tuple(f"act {number}" for number in range(8))
