"""Maps of payers' PDF forms and portals, kept as data: which field gets which fact of a request, in which shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from tracker.domain.request_facts import FACTS
from tracker.policies.toml_file import Problems, Strict, read

Shape = Literal["as-is", "upper", "digits", "mmddyyyy", "yyyy-mm-dd"]


def known_fact(name: str) -> str:
    """Return the name. Raises ValueError for one that no request has."""
    if name and name not in FACTS:
        raise ValueError(f"'{name}' is no fact of a request; docs/paper-maps.md lists them.")
    return name


class FieldIn(Strict):
    """One field of a form. Exactly one of `fact` and `text`; a box is ticked where the fact is `equals`."""

    name: Annotated[str, Field(min_length=1)]
    fact: str = ""
    text: str = ""
    shape: Shape = "as-is"
    equals: str = ""
    on: str = "Yes"

    _known = field_validator("fact")(known_fact)


class FormMap(Strict):
    """A payer's PDF form; `file` is the name of the clinic's own copy of it."""

    id: str = ""
    payer: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    file: Annotated[str, Field(pattern=r"(?i)^[^/\\]+\.pdf$")]
    field: Annotated[tuple[FieldIn, ...], Field(strict=False, min_length=1)]


class CopyIn(Strict):
    """One field of a portal, in the order in which it asks; `label` is what it calls the field."""

    fact: str
    label: str = ""
    shape: Shape = "as-is"

    _known = field_validator("fact")(known_fact)


class PortalMap(Strict):
    """The order in which a portal asks; `payer` "" fits every payer that has no map of its own."""

    id: str = ""
    payer: str = ""
    title: Annotated[str, Field(min_length=1)]
    field: Annotated[tuple[CopyIn, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True)
class PaperMaps:
    """Every map that was found."""

    forms: tuple[FormMap, ...] = ()
    portals: tuple[PortalMap, ...] = ()

    def form_for(self, file: str, payer: str) -> FormMap | None:
        """Return the map of a form file by its name, else the only one of the payer."""
        named = [each for each in self.forms if each.file.casefold() == file.casefold()]
        mine = [each for each in self.forms if each.payer == payer]
        return next(iter(named), None) or (mine[0] if len(mine) == 1 else None)

    def portal_for(self, payer: str) -> PortalMap | None:
        """Return the payer's map, else the one for everybody."""
        fits = [each for each in self.portals if each.payer in (payer, "")]
        return max(fits, key=lambda each: bool(each.payer), default=None)


def load_maps(folder: Path) -> PaperMaps:
    """Read forms/*.toml and portals/*.toml. Raises PolicyFileError with every mistake of every file."""
    problems = Problems()
    forms = tuple(_read(folder / "forms", FormMap, problems))
    portals = tuple(_read(folder / "portals", PortalMap, problems))
    problems.refuse()
    return PaperMaps(forms, portals)


def _read(folder: Path, model: type, problems: Problems) -> Iterator:  # type: ignore[type-arg]  # of that model
    for path in sorted(folder.glob("*.toml")):
        found = read(path, model, problems, f"{folder.name}/{path.name}")
        if found is not None:
            yield found.model_copy(update={"id": path.stem})
