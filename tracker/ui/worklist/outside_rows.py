"""Whom a request names that is not of the clinic: rows below a choice, there while its last offer is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tracker.domain.authorization_request import Outside
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid

ELSEWHERE = "elsewhere"
"""The value of the offer that brings the rows; no id of a record looks so."""


def choice_with_outside(
    offers: Iterable[Choice], chosen: str, outside: Outside, words: str, parent: QWidget
) -> ChoiceField:
    """Return a list that ends with somebody from outside."""
    field = ChoiceField([*offers, Choice(ELSEWHERE, words)], parent)
    field.set_value(ELSEWHERE if outside.name else chosen)
    return field


class OutsideRows:
    """Name and NPI; a facility has a place of service too. `about` names the field that an error is about."""

    def __init__(
        self, form: FormGrid, choice: ChoiceField, outside: Outside, about: str, words: tuple[str, str], parent: QWidget
    ) -> None:
        self._form, self._choice, self._about = form, choice, about
        self.name = LineField(tr("as the payer knows it"), parent, name=words[0])
        self.name.setText(outside.name)
        self.npi = LineField(tr("ten digits, or empty"), parent, name=words[1])
        self.npi.setText(outside.npi)
        form.add(tr("Name"), self.name, (tr("NPI"), self.npi))
        choice.chosen.connect(lambda _value: self.refresh())

    def refresh(self) -> None:
        """Show the rows while they are wanted; what was typed stays when they are hidden."""
        self._form.show_line(self.name, self.wanted())

    def wanted(self) -> bool:
        return self._choice.value() == ELSEWHERE

    def chosen_id(self) -> str:
        """Return the clinic's own that is chosen, "" for none."""
        return "" if self.wanted() else str(self._choice.value() or "")

    def outside(self) -> Outside:
        """Return who is typed. Raises InvalidEntryError, `about` naming the field."""
        if not self.wanted():
            return Outside()
        if not self.name.text().strip():
            raise InvalidEntryError(
                tr("The name is missing."), "", tr("Type it as the payer knows it."), about=f"{self._about} name"
            )
        return Outside.typed(self.name.text(), self.npi.text(), self._about)


class OutsideFacility(OutsideRows):
    """A facility, with the two digits of its place of service."""

    def __init__(
        self, form: FormGrid, choice: ChoiceField, outside: Outside, place: str, words: tuple[str, str], parent: QWidget
    ) -> None:
        super().__init__(form, choice, outside, "facility", words, parent)
        self.place = LineField(tr("two digits: 22 hospital, 24 surgery center"), parent)
        self.place.setText(place)
        form.add(tr("Place code"), self.place)

    def refresh(self) -> None:
        super().refresh()
        self._form.show_line(self.place, self.wanted())

    def place_of_service(self) -> str:
        return self.place.text().strip() if self.wanted() else ""
