"""The procedure of a visit, found by what people call it: rfa, mbb, esi, si."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.procedure_search import find_choices
from tracker.ui.check.choice_popup import PopupRow
from tracker.ui.check.search_field import SearchField


class ProcedureField(SearchField):
    """Its value is a ProcedureChoice."""

    def __init__(self, choices: tuple[ProcedureChoice, ...], parent: QWidget | None = None) -> None:
        super().__init__(tr("mbb, rfa, esi, si …"), parent, name=tr("Procedure"), least_width=340)
        self._choices = choices

    def choice(self) -> ProcedureChoice | None:
        value = self.value()
        return value if isinstance(value, ProcedureChoice) else None

    def search(self, text: str) -> None:
        rows = [PopupRow(choice, (choice.label, choice.short)) for choice in find_choices(text, self._choices)]
        note = "" if rows else tr("No procedure is called that. Type mbb, rfa, esi or si.")
        self.show_found(text, rows, note=note)

    def open_all(self) -> None:
        self.popup.show_rows(PopupRow(choice, (choice.label, choice.short)) for choice in self._choices)

    def shown_as(self, value: object) -> tuple[str, str]:
        return (value.label, value.short) if isinstance(value, ProcedureChoice) else ("", "")

    def _on_left(self) -> None:
        self.set_error(tr("Pick the procedure from the list.") if self.is_open() else None)
