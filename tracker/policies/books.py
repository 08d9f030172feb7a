"""Whole rule books, wherever they are: the shipped files, a folder, a folder laid over the shipped files, or a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.domain.errors import PolicyFileError
from tracker.policies.catalog import PolicyCatalog
from tracker.policies.edition import EDITION
from tracker.policies.pack import SUFFIX, Pack, open_pack, read_pack
from tracker.policies.reading import load_catalog

_CASES = "cases"


@dataclass(frozen=True, slots=True)
class Book:
    """A rule book with its cases (text by file name). `pack` is set where it came sealed; `layer`: over the shipped."""

    name: str
    catalog: PolicyCatalog
    cases: Mapping[str, str] = field(repr=False)
    pack: Pack | None = None
    layer: bool = False


@dataclass(frozen=True, slots=True)
class BookShelf:
    """Finds books; `resources` and `cases` are what the program ships."""

    resources: Path
    cases: Path

    def shipped(self) -> Book:
        return Book("the shipped rules", load_catalog(self.resources), case_texts(self.cases))

    def get(self, path: Path) -> Book:
        """Return the book of a folder or a pack. Raises PolicyFileError or PackError."""
        if path.is_dir():
            return self._folder(path)
        if not path.exists():
            raise PolicyFileError(f"{path} is not there.", "", f"Name a folder of rule files or a {SUFFIX} file.")
        pack = open_pack(read_pack(path))
        return Book(path.name, pack.catalog(), _inside(pack), pack)

    def _folder(self, path: Path) -> Book:
        """A folder without a pack.toml holds what is laid over the shipped rules."""
        cases = case_texts(path / _CASES)
        if (path / EDITION).exists():
            return Book(
                path.name, load_catalog(path), cases or (case_texts(self.cases) if path == self.resources else {})
            )
        loose = {file.name: _text(file) for file in sorted(path.glob("*.json"))}
        return Book(
            f"{path.name} over the shipped rules", load_catalog(self.resources, path), cases or loose, None, True
        )


def case_texts(folder: Path) -> dict[str, str]:
    """Return the case files of a folder, by name."""
    return {file.name: _text(file) for file in sorted(folder.glob("*.json"))}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig", "replace")


def _inside(pack: Pack) -> dict[str, str]:
    prefix = f"{_CASES}/"
    return {
        name.removeprefix(prefix): content.decode("utf-8-sig", "replace")
        for name, content in pack.files.items()
        if name.startswith(prefix)
    }
