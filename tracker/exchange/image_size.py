"""Width, height and pages of PNG, JPEG and TIFF files, read from their heads: no picture is unpacked to learn them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
TIFFS = (b"II*\0", b"MM\0*")
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_WIDTH, _LENGTH = 256, 257
_MOST_PAGES = 500


def sizes_of(content: bytes) -> tuple[tuple[int, int], ...]:
    """Return (width, height) of each picture of the file. Raises ValueError or struct.error when it is damaged."""
    if content.startswith(PNG):
        return (_png(content),)
    if content.startswith(JPEG):
        return (_jpeg(content),)
    return tuple(_tiff(content))


def _png(content: bytes) -> tuple[int, int]:
    at, size = len(PNG), (0, 0)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, at + 8)
        if kind == b"IEND":
            return size
        at += 12 + length
    raise ValueError("cut off before its end")


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            if b"\xff\xd9" not in content[at:]:
                raise ValueError("cut off before its end")
            return width, height
        at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    raise ValueError("no frame")


def _tiff(content: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if content.startswith(b"II") else ">"
    at, seen = struct.unpack_from(order + "I", content, 4)[0], set[int]()
    while at and at not in seen and len(seen) < _MOST_PAGES:
        seen.add(at)
        (count,) = struct.unpack_from(order + "H", content, at)
        found = {_WIDTH: 0, _LENGTH: 0}
        for entry in range(count):
            tag, kind, _many = struct.unpack_from(order + "HHI", content, at + 2 + 12 * entry)
            if tag in found:
                found[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), content, at + 10 + 12 * entry)[0]
        yield found[_WIDTH], found[_LENGTH]
        (at,) = struct.unpack_from(order + "I", content, at + 2 + 12 * count)
