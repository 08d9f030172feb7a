"""Payers' own papers: their PDF forms filled by a map, and the order in which a portal asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.authorization_request import AuthorizationRecord
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import FOR_PAYERS, speaking, tr
from tracker.domain.request_facts import FACTS
from tracker.exchange.paper_file import read_paper
from tracker.policies.paper_maps import FieldIn, FormMap, PaperMaps, load_maps
from tracker.services.answers.charts import Chart
from tracker.services.authorizations.request_facts import request_facts
from tracker.services.transactions import Transactions
from tracker.services.words.payers import PayerNames

_OFF = "/Off"


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A payer's form, filled as a PDF; `told` are sentences about fields that are not as the map wants them."""

    content: bytes
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyField:
    """One field of a copy sheet; `value` "" is not on file."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CopySheet:
    """What to copy into a portal, in its order."""

    title: str
    patient: str
    fields: tuple[CopyField, ...]


class PayerPapers:
    """Maps are read once, when the first one is wanted: those that come with the program, and the clinic's own."""

    def __init__(self, transactions: Transactions, payers: PayerNames, clock: Clock, folders: tuple[Path, ...]) -> None:
        self._transactions = transactions
        self._payers = payers
        self._clock = clock
        self._folders = folders
        self._maps: PaperMaps | None = None

    def maps(self) -> PaperMaps:
        """Return every map, the clinic's own first. Raises PolicyFileError when a file has a mistake."""
        if self._maps is None:
            found = [load_maps(folder) for folder in self._folders]
            forms = tuple(form for each in found for form in each.forms)
            self._maps = PaperMaps(forms, tuple(portal for each in found for portal in each.portals))
        return self._maps

    def fill(self, record_id: str, form: Path) -> FilledPaper:
        """Fill the clinic's copy of a payer's form. Raises ImportFileError, and InvalidEntryError without a map."""
        record, facts = self._facts(record_id)
        chosen = self.maps().form_for(form.name, record.authorization.payer)
        if chosen is None:
            raise InvalidEntryError(
                tr("There is no map for {form}.", form=form.name),
                tr(
                    "Nothing says which of its fields gets what for {payer}.",
                    payer=self._payers.name(record.authorization.payer),
                ),
                tr("Add a map (docs/paper-maps.md), or use the copy sheet."),
            )
        from tracker.exchange.pdf_form import fill_form  # loads the PDF library

        paper = read_paper(form)
        filled = fill_form(paper.content, form.name, _values(chosen, facts))
        return FilledPaper(filled.content, filled.told)

    def copy_sheet(self, record_id: str) -> CopySheet:
        """Return what the payer's portal asks for. Raises InvalidEntryError when no portal has a map."""
        record, facts = self._facts(record_id)
        portal = self.maps().portal_for(record.authorization.payer)
        if portal is None:
            raise InvalidEntryError(tr("No portal has a map."), "", tr("Put one into the folder of portals."))
        fields = tuple(
            CopyField(each.label or FACTS[each.fact], shaped(facts[each.fact], each.shape)) for each in portal.field
        )
        return CopySheet(portal.title, f"{facts['patient.name']}   {facts['patient.born']}", fields)

    @speaking(FOR_PAYERS)
    def _facts(self, record_id: str) -> tuple[AuthorizationRecord, Mapping[str, str]]:
        with self._transactions.reading() as uow:
            record = uow.requests.get(record_id)
            chart = Chart.load(uow, record.patient_id)
        return record, request_facts(record, chart, self._payers, self._clock.today())


def shaped(value: str, shape: str) -> str:
    """Return a fact in the shape that a field wants."""
    match shape:
        case "upper":
            return value.upper()
        case "digits" | "mmddyyyy":
            return re.sub(r"\D", "", value)
        case "yyyy-mm-dd":
            return _iso(value)
        case _:
            return value


def _iso(value: str) -> str:
    return re.sub(r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\1-\2", value)


def _values(form: FormMap, facts: Mapping[str, str]) -> dict[str, str]:
    return {field.name: _value(field, facts) for field in form.field}


def _value(field: FieldIn, facts: Mapping[str, str]) -> str:
    value = facts[field.fact] if field.fact else field.text
    if not field.equals:
        return shaped(value, field.shape)
    return f"/{field.on}" if value.casefold() == field.equals.casefold() else _OFF
