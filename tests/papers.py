"""Makers of papers as clinics get them: PDFs with text, locked, damaged or with form fields, and pictures."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, TextStringObject

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    }
)


def a_pdf(*texts: str, size: tuple[float, float] = (612, 792), rotated: int = 0) -> bytes:
    """Return a PDF with one page a text; the text stands at the top left."""
    return written(_with_pages(texts or ("A page",), size, rotated))


def a_locked_pdf(password: str, owner: str = "owner") -> bytes:
    """Return a PDF that needs `password`; with "" anybody may open it."""
    writer = _with_pages(("A secret",), (612, 792), 0)
    writer.encrypt(password, owner, algorithm="AES-256")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _with_pages(texts: Iterable[str], size: tuple[float, float], rotated: int) -> PdfWriter:
    writer = PdfWriter()
    for text in texts:
        page = writer.add_blank_page(*size)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 14 Tf 40 {size[1] - 60} Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        if rotated:
            page.rotate(rotated)
    return writer


def a_png(width: int = 170, height: int = 220) -> bytes:
    """Return a grey picture."""
    rows = b"".join(b"\0" + bytes([200] * width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_tiff(pages: int = 2, width: int = 80, height: int = 100) -> bytes:
    """Return black and white pictures, uncompressed, as faxes are kept."""
    row = (width + 7) // 8
    out, at = bytearray(b"II*\0\0\0\0\0"), 4
    for _ in range(pages):
        strip = len(out)
        out += bytes([0xAA] * row * height)
        struct.pack_into("<I", out, at, len(out))
        entries = ((256, 3, width), (257, 3, height), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, strip),
                   (277, 3, 1), (278, 3, height), (279, 4, row * height))  # fmt: skip
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        at = len(out)
        out += b"\0\0\0\0"
    return bytes(out)


def a_form(fields: Iterable[tuple[str, str]], *, xfa: bool = False) -> bytes:
    """Return a form: (name, kind) with kind text, check, or the choices of a list separated by "|"."""
    writer = _with_pages(("Request for a procedure",), (612, 792), 0)
    page, kept = writer.pages[0], ArrayObject()
    for place, (name, kind) in enumerate(fields):
        low = 680 - 40 * place
        widget = _widget(writer, name, kind, (150, low, 400 if kind != "check" else 166, low + 16))
        kept.append(writer._add_object(widget))
    page[NameObject("/Annots")] = kept
    form = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject(kept),
            NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
            NameObject("/DR"): DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Helv"): FONT})}),
        }
    )
    if xfa:
        form[NameObject("/XFA")] = TextStringObject("<xdp/>")
    writer._root_object[NameObject("/AcroForm")] = form
    return written(writer)


def _widget(writer: PdfWriter, name: str, kind: str, box: tuple[float, ...]) -> DictionaryObject:
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject(FloatObject(each) for each in box),
            NameObject("/F"): FloatObject(4),
            NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
        }
    )
    if kind == "check":
        looks = {NameObject(f"/{state}"): writer._add_object(_mark(state == "Yes")) for state in ("Yes", "Off")}
        widget[NameObject("/FT")] = NameObject("/Btn")
        widget[NameObject("/AS")] = NameObject("/Off")
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): DictionaryObject(looks)})
    elif kind == "text":
        widget[NameObject("/FT")] = NameObject("/Tx")
    else:
        widget[NameObject("/FT")] = NameObject("/Ch")
        widget[NameObject("/Ff")] = FloatObject(1 << 17)
        widget[NameObject("/Opt")] = ArrayObject(TextStringObject(each) for each in kind.split("|"))
    return widget


def _mark(on: bool) -> DecodedStreamObject:
    look = DecodedStreamObject()
    look.set_data(b"BT /F1 12 Tf 2 3 Td (X) Tj ET" if on else b"")
    fonts = DictionaryObject({NameObject("/F1"): FONT})
    look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject(FloatObject(each) for each in (0, 0, 16, 16))
    look[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return look


def texts_of(pdf: bytes) -> list[str]:
    """Return what stands on each page, its spaces made single."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
