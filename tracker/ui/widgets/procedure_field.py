"""The procedure of a visit or an entry, found by what people call it: rfa, mbb, esi, si."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.procedure_search import find_choices
from tracker.ui.widgets.pick_field import Pick, PickField


class ProcedureField(PickField):
    """Its value is a ProcedureChoice; one that is not offered can be shown, as what stands on file holds."""

    help_place = "check#procedure"

    def __init__(self, choices: Iterable[ProcedureChoice] = (), parent: QWidget | None = None) -> None:
        missing = tr("is no procedure on the list. Type mbb, rfa, esi or si.")
        super().__init__(
            tr("mbb, rfa, esi, si …"), parent, name=tr("Procedure"), missing=missing, steps_on=True, find=_find
        )
        self.offer(choices)

    def offer(self, choices: Iterable[ProcedureChoice]) -> None:
        """Offer these; what is picked stays."""
        self.set_picks(_pick_of(choice) for choice in choices)

    def choice(self) -> ProcedureChoice | None:
        value = self.value()
        return value if isinstance(value, ProcedureChoice) else None

    def set_value(self, value: object) -> None:
        """Show a choice without telling, whether it is offered or not."""
        self._take(_pick_of(value) if isinstance(value, ProcedureChoice) else None)


def _pick_of(choice: ProcedureChoice) -> Pick:
    return Pick(choice, tr(choice.label), tr(choice.short))


def _find(text: str, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    choices = [pick.value for pick in picks if isinstance(pick.value, ProcedureChoice)]
    return tuple(_pick_of(choice) for choice in find_choices(text, choices))
