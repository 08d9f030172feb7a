"""Gathers every text inside `tr` and `tr_n` and brings the catalogues up to it: `python3 dev.py words`.

A catalogue is `resources/languages/<code>/LC_MESSAGES/tracker.po`, for people, and beside it `tracker.mo`, which the
program reads.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ROOT / "resources" / "languages"
KEYWORDS = {"tr": None, "msg": None, "tr_n": (1, 2), "tr_for": ((1, "c"), 2)}
HEADERS = (("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=2; plural=(n != 1);"))
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The same texts make the same bytes on every day."""
PLACE = re.compile(r"\{(\w*)[^}]*\}")


def gathered() -> Catalog:
    """Return every text of the program, in the order of the files."""
    catalog = Catalog()
    for _file, _line, text, _comments, context in extract_from_dir(ROOT / "tracker", keywords=KEYWORDS):
        catalog.add(text, context=context)
    for text in resource_texts():
        catalog.add(text)
    return catalog


SHOWN = {
    "policies/**/*.toml": ("text", "reviewer"),
    "policies-offered/*.toml": ("text",),
    "checklists/*.toml": ("text", "only_if"),
    "procedures/choices.toml": ("label", "short"),
    "procedures/courses.toml": ("label",),
}
"""What a person sees of the files in `resources`: which files, and the keys of their own words."""


def resource_texts() -> Iterator[str]:
    """Yield the own words of the shipped files, which the program looks up like texts of its own."""
    for files, keys in SHOWN.items():
        for file in sorted((ROOT / "resources").glob(files)):
            yield from _texts_in(tomllib.loads(file.read_text(encoding="utf-8")), keys)


def _texts_in(value: object, keys: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key in keys and isinstance(each, str):
                yield each
            else:
                yield from _texts_in(each, keys)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each, keys)


def codes() -> list[str]:
    return sorted(folder.name for folder in LANGUAGES.iterdir() if folder.is_dir())


def file(code: str, ending: str) -> Path:
    return LANGUAGES / code / "LC_MESSAGES" / f"tracker.{ending}"


def read(code: str) -> Catalog:
    """Return what a language's people have written so far."""
    with file(code, "po").open("rb") as stream:
        return read_po(stream, locale=code)


def brought_up(code: str) -> Catalog:
    """Return a language's catalogue with every text of now and none of before; what was translated stays."""
    old = read(code) if file(code, "po").exists() else empty(code)
    new = empty(code)
    for message in gathered():
        if message.id:
            known = old.get(_key(message), message.context)
            kept = known.string if known and known.pluralizable == message.pluralizable else ""
            new.add(message.id, kept or None, context=message.context)
    return new


def empty(code: str) -> Catalog:
    """Return a catalogue without texts; one form for one, another for all other counts."""
    catalog = Catalog(locale=code, fuzzy=False)
    catalog.mime_headers = list(HEADERS)
    catalog.creation_date = catalog.revision_date = _NO_DAY
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as people read it: sorted, and without what changes by itself."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADERS)
    return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + stream.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as the program reads it; a text without a translation is left out and shown in English."""
    stream = io.BytesIO()
    plain = empty(str(catalog.locale))
    for message in catalog:
        if message.id and _is_whole(message):
            plain.add(message.id, message.string, context=message.context)
    write_mo(stream, plain)
    return stream.getvalue()


def problems(catalog: Catalog) -> Iterator[str]:
    """Yield a sentence for every translation whose places are not those of its text."""
    for message in catalog:
        if not message.id or not _is_whole(message):
            continue
        wanted = set(PLACE.findall(_key(message))) | set(PLACE.findall(_many(message)))
        for text in _strings(message):
            strange = set(PLACE.findall(text)) - wanted
            lost = wanted - set(PLACE.findall(text)) if not message.pluralizable else set()
            if strange or lost:
                yield f"{text!r}: the places of {_key(message)!r} are {sorted(wanted)}"


def untranslated(catalog: Catalog) -> list[str]:
    return [_key(message) for message in catalog if message.id and not _is_whole(message)]


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _many(message: Message) -> str:
    return message.id[1] if isinstance(message.id, tuple | list) else ""


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def _is_whole(message: Message) -> bool:
    return all(_strings(message))


def main() -> int:
    """Bring every catalogue up and say what is left to translate."""
    for code in codes():
        catalog = brought_up(code)
        file(code, "po").write_bytes(po_bytes(catalog))
        file(code, "mo").write_bytes(mo_bytes(catalog))
        for problem in problems(catalog):
            print(problem)
        print(f"{code}: {len(catalog)} texts, {len(untranslated(catalog))} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
