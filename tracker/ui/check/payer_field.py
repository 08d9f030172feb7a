"""A payer, found by the beginning of a word: also one that the patient has no coverage by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.ui.check.choice_popup import PopupRow
from tracker.ui.check.search_field import SearchField
from tracker.ui.widgets.pick_field import Pick, find_picks


class PayerField(SearchField):
    """Its value is a Pick whose own value is the payer's id."""

    def __init__(self, payers: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(tr("cigna, self-pay …"), parent, name=tr("Payer"), least_width=260)
        self._picks = tuple(Pick(payer, name, words=(payer,)) for payer, name in payers)

    def payer(self) -> str:
        """Return the id of the payer that was picked, "" for none."""
        value = self.value()
        return str(value.value) if isinstance(value, Pick) else ""

    def search(self, text: str) -> None:
        rows = [PopupRow(pick, (pick.text,)) for pick in find_picks(text, self._picks)]
        self.show_found(text, rows, note="" if rows else tr("No payer on the list is called that."))

    def open_all(self) -> None:
        self.popup.show_rows(PopupRow(pick, (pick.text,)) for pick in self._picks)

    def shown_as(self, value: object) -> tuple[str, str]:
        return (value.text, "") if isinstance(value, Pick) else ("", "")

    def _on_left(self) -> None:
        self.set_error(tr("Pick the payer from the list.") if self.is_open() else None)
