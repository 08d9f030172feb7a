"""The form of a pack: a ZIP of stored files in one fixed order, so that the same files are always the same bytes.

A ZIP that is not exactly what `packed` would make of its files is refused. So nothing can hide in it: no links, no
compressed bombs, no second file of a name, nothing between the files or behind them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from struct import Struct

from tracker.domain.errors import PackError
from tracker.domain.language import tr

LARGEST_PACK = 32 * 1024 * 1024
MOST_FILES = 5000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LONGEST_NAME = 200
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16
_HEADER = Struct("<4s5H3I2H")
_FILE_BEGINS, _LIST_BEGINS = b"PK\x03\x04", b"PK\x01\x02"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP, by name."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, files[name])
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a pack by name. Raises PackError when it is anything but a whole pack."""
    if len(data) > LARGEST_PACK:
        raise too_large()
    if not data.startswith(_FILE_BEGINS[: len(data)]):
        raise _no_pack()
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    at = 0
    while data[at : at + 4] != _LIST_BEGINS:
        name, content, at = _file_at(data, at)
        refuse_name(name, seen)
        files[name] = content
    whole = packed(files)
    if whole != data:
        raise cut_off() if whole.startswith(data) else _packed_otherwise()
    return files


def _file_at(data: bytes, at: int) -> tuple[str, bytes, int]:
    """Return the name and content of the file that begins at this byte, and where the next thing begins."""
    if len(data) - at < _HEADER.size:
        raise cut_off()
    begin, *_, size, _, name_length, extra_length = _HEADER.unpack_from(data, at)
    if begin != _FILE_BEGINS or extra_length:
        raise _packed_otherwise()
    content_at = at + _HEADER.size + name_length
    end = content_at + size
    if end > len(data):
        raise cut_off()
    return data[at + _HEADER.size : content_at].decode("latin-1"), data[content_at:end], end


def refuse_name(name: str, seen: set[str]) -> None:
    """Raise PackError for a name that no pack may hold: one that leads elsewhere, or that was `seen` already."""
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise PackError(
            tr("The rule pack holds a file with a name that is not allowed."),
            tr(
                "{name!r}: letters, digits, dots, hyphens and slashes only, and no way out of the pack.", name=name[:80]
            ),
            tr("Do not use it. Ask for the pack from the one who publishes it."),
        )
    if len(seen) >= MOST_FILES:
        raise PackError(
            tr("The rule pack holds too many files."),
            tr("More than {most:,}.", most=MOST_FILES),
            tr("Ask for another one."),
        )
    if name.casefold() in seen:
        raise PackError(tr("The rule pack holds a file twice."), f"{name}.", tr("Ask for the pack again."))
    seen.add(name.casefold())


def too_large() -> PackError:
    size = LARGEST_PACK // 1024 // 1024
    return PackError(
        tr("This file is too large for a rule pack."), tr("At most {size} MB.", size=size), tr("Choose another file.")
    )


def cut_off() -> PackError:
    return PackError(
        tr("The rule pack is not whole."),
        tr("Its end is missing: it was copied only in part."),
        tr("Copy it again, then try."),
    )


def _no_pack() -> PackError:
    return PackError(tr("This file is no rule pack."), "", tr("Choose a file that ends in .rulepack."))


def _packed_otherwise() -> PackError:
    return PackError(
        tr("The rule pack was changed after it was made, or was made by something else."),
        tr("Its form is not the one in which packs are signed."),
        tr("Do not use it. Ask for the pack again from the one who publishes it."),
    )
