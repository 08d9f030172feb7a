"""Where rule files lie: a folder on disk, or the files of a pack, which are read from memory and never unpacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePath, PurePosixPath
from typing import Protocol, Self


class RulePath(Protocol):
    """What the readers ask of a folder or a file: `pathlib.Path` has it, and so has `PackPath`."""

    @property
    def name(self) -> str: ...

    @property
    def parent(self) -> Self: ...

    def __truediv__(self, name: str, /) -> Self: ...

    def __lt__(self, other: Self, /) -> bool: ...

    def exists(self) -> bool: ...

    def is_dir(self) -> bool: ...

    def read_text(self, encoding: str) -> str: ...

    def rglob(self, pattern: str, /) -> Iterator[Self]: ...

    def relative_to(self, other: Self, /) -> PurePath: ...


_ROOT = PurePosixPath()


@dataclass(frozen=True, slots=True)
class PackPath:
    """A place among files in memory, whose names are paths with slashes."""

    files: Mapping[str, bytes] = field(repr=False)
    at: PurePosixPath = _ROOT

    @property
    def name(self) -> str:
        return self.at.name

    @property
    def parent(self) -> PackPath:
        return PackPath(self.files, self.at.parent)

    def __truediv__(self, name: str) -> PackPath:
        return PackPath(self.files, self.at / name)

    def __lt__(self, other: PackPath) -> bool:
        return self.at < other.at

    def exists(self) -> bool:
        return str(self.at) in self.files or self.is_dir()

    def is_dir(self) -> bool:
        return any(self.at in PurePosixPath(name).parents for name in self.files)

    def read_text(self, encoding: str) -> str:
        """Return the file's text. Raises FileNotFoundError as a file on disk does."""
        if str(self.at) not in self.files:
            raise FileNotFoundError(2, "No such file or directory", str(self.at))
        return self.files[str(self.at)].decode(encoding)

    def rglob(self, pattern: str) -> Iterator[PackPath]:
        for name in self.files:
            path = PurePosixPath(name)
            if self.at in path.parents and fnmatchcase(path.name, pattern):
                yield PackPath(self.files, path)

    def relative_to(self, other: PackPath) -> PurePosixPath:
        return self.at.relative_to(other.at)
