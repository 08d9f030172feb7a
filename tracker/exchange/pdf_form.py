"""Fills the fields of a PDF form, and tells which could not be filled and why."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter

from tracker.domain.errors import ImportFileError
from tracker.domain.language import tr
from tracker.exchange.pdf_pages import opened, readable

_NOT_OURS = frozenset({"/Sig"})


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with values in its fields; `told` names in sentences what is not as the map wants it."""

    content: bytes
    told: tuple[str, ...]


def fill_form(content: bytes, name: str, values: Mapping[str, str]) -> FilledForm:
    """Write `values` into the fields of these names. Raises ImportFileError when it is no form that can be filled."""
    with readable(name):
        reader = opened(content, name)
        _check_fillable(reader, name)
        fields = reader.get_fields() or {}
        told = list(_told(fields, values))
        writer = PdfWriter(clone_from=reader)
        fits = {field: value for field, value in values.items() if field in fields and _fits(fields[field], value)}
        writer.update_page_form_field_values(None, dict(fits), auto_regenerate=False)
        out = io.BytesIO()
        writer.write(out)
        return FilledForm(out.getvalue(), tuple(told))


def field_names(content: bytes, name: str) -> tuple[str, ...]:
    """Return the names of the form's fields, for whoever makes a map. Raises ImportFileError."""
    with readable(name):
        reader = opened(content, name)
        _check_fillable(reader, name)
        return tuple(reader.get_fields() or {})


def _check_fillable(reader: PdfReader, name: str) -> None:
    form = reader.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else {}
    if "/XFA" in form:
        raise ImportFileError(
            tr("{name} is an XFA form, which cannot be filled from here.", name=name),
            tr("Its fields are a program of their own and no part of the page."),
            tr("Ask the payer for a plain PDF form, or use the copy sheet."),
        )
    if not reader.get_fields():
        raise ImportFileError(
            tr("{name} has no fields to fill.", name=name),
            "",
            tr("Use the payer's form with fields, or the copy sheet."),
        )


def _told(fields: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[str]:
    for name, value in values.items():
        if name not in fields:
            yield tr("The map names a field “{name}” that the form does not have.", name=name)
        elif fields[name].get("/FT") in _NOT_OURS:
            yield tr("Field “{name}” is for a signature and was left empty.", name=name)
        elif not _fits(fields[name], value):
            yield tr("Field “{name}” offers no such choice and was left as it is.", name=name)
        elif not _writable(value):
            yield tr(
                "Field “{name}” holds letters that the form's own type may not have; look at it before it is sent.",
                name=name,
            )
    for name, field in fields.items():
        if name not in values and field.get("/FT") is not None and field.get("/FT") not in _NOT_OURS:
            yield tr("The map does not fill the field “{name}” of the form.", name=name)


def _fits(field: Mapping[str, Any], value: str) -> bool:
    kind = field.get("/FT")
    if kind == "/Ch":
        return not value or value in _choices(field) or bool(int(field.get("/Ff", 0)) & 1 << 18)
    if kind == "/Btn":
        return value in [str(each) for each in field.get("/_States_", ("/Off",))]
    return kind not in _NOT_OURS


def _choices(field: Mapping[str, Any]) -> set[str]:
    """Return what a list offers; an offer may be a pair of what is stored and what is shown."""
    offered: set[str] = set()
    for each in field.get("/Opt", field.get("/_States_", ())):
        each = each.get_object() if hasattr(each, "get_object") else each
        offered |= {str(part) for part in each} if isinstance(each, list) else {str(each)}
    return offered


def _writable(value: str) -> bool:
    try:
        value.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
