"""Makes what lies above a PDF page - filled fields, stamps, comments - a part of the page, so that it prints."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject, PdfWriter, Transformation
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

_NOT_DRAWN = frozenset({"/Link", "/Popup"})
_HIDDEN, _NO_VIEW = 2, 32


def draw_notes(writer: PdfWriter, page: PageObject) -> None:
    """Draw the appearance of every visible annotation into the page, and take the annotations away."""
    notes = page.get("/Annots")
    drawn = [(look, note) for note in (notes.get_object() if notes else ()) if (look := _look(note.get_object()))]
    if drawn:
        resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
        forms = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        commands = []
        for number, (look, note) in enumerate(drawn):
            name = NameObject(f"/Note{number}")
            forms[name] = look.indirect_reference or writer._add_object(look)
            commands.append(f"q {_placed(look, note.get_object())} cm {name} Do Q")
        _append(writer, page, "\n".join(commands).encode("ascii"))
    page.pop("/Annots", None)


def _look(note: Any) -> StreamObject | None:
    """Return the stream that shows a note as it stands now, None where nothing is to be seen."""
    if note.get("/Subtype") in _NOT_DRAWN or int(note.get("/F", 0)) & (_HIDDEN | _NO_VIEW):
        return None
    looks = note.get("/AP")
    look = looks.get_object().get("/N") if looks is not None else None
    look = look.get_object() if look is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(note.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _placed(look: StreamObject, note: Any) -> str:
    """Return the six figures that bring the stream's box onto the note's rectangle (ISO 32000, 12.5.5)."""
    box = [float(each) for each in look.get("/BBox", (0, 0, 1, 1))]
    a, b, c, d, e, f = (float(each) for each in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    matrix = Transformation((a, b, c, d, e, f))
    corners = [matrix.apply_on((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    low_x, low_y = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - low_x, max(y for _, y in corners) - low_y
    rect = [float(each) for each in note["/Rect"]]
    left, low = min(rect[0], rect[2]), min(rect[1], rect[3])
    across = abs(rect[2] - rect[0]) / wide if wide else 1.0
    up = abs(rect[3] - rect[1]) / high if high else 1.0
    figures = (across, 0.0, 0.0, up, left - low_x * across, low - low_y * up)
    return " ".join(f"{figure:.5f}" for figure in figures)


def _append(writer: PdfWriter, page: PageObject, commands: bytes) -> None:
    """Put commands behind the page's own, which are closed off so that they move nothing that follows."""
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n" + commands)
    there = page.get("/Contents")
    own = there.get_object() if there is not None else None
    parts = list(own) if isinstance(own, ArrayObject) else [page.raw_get("/Contents")] if own is not None else []
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *parts, writer._add_object(after)])
