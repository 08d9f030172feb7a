"""Adds a site, or changes one: its place of service and its state decide whose rules hold there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.coverage import Biller, Site
from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.start.states import STATES
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.segments import Segments

_PLACES = {
    "11": tr("Office"),
    "19": tr("Off-campus hospital"),
    "21": tr("Hospital, inpatient"),
    "22": tr("Hospital, outpatient"),
    "24": tr("Surgery center"),
}


class SiteDialog(SavingDialog):
    """`typed` is what was looked for when no site was found; `state` is the clinic's own."""

    help_place = "settings#providers-and-sites"

    def __init__(
        self, context: PageContext, parent: QWidget, site: Site | None = None, *, typed: str = "", state: str = ""
    ) -> None:
        title, save = (tr("Change site"), tr("Save")) if site else (tr("New site"), tr("Add site"))
        super().__init__(context, title, save, parent, width=600)
        self._site = site
        self._build()
        self._show(site or Site(state, "", name=typed.strip()))
        self.finish()

    def _build(self) -> None:
        self.name = LineField(tr("as the desk calls it"), self)
        self.facility = LineField(tr("as it stands on claims; empty: none"), self)
        self.place_of_service = LineField("11", self)
        self.place_of_service.textChanged.connect(self._echo_place)
        states = [Choice("", tr("Choose a state")), *(Choice(code, name, code) for code, name in STATES)]
        self.state = ChoiceField(states, self)
        self.npi = LineField(tr("ten digits, or empty"), self)
        claims = ((Biller.PROFESSIONAL, tr("Physician")), (Biller.FACILITY, tr("Facility")))
        self.biller = Segments(claims, self, name=tr("Whose claim"))
        self.form.add(tr("&Name"), self.name)
        self.form.add(tr("P&lace code"), self.place_of_service, (tr("S&tate"), self.state))
        self.form.add(tr("&Facility"), self.facility)
        self.form.add(tr("Facility N&PI"), self.npi)
        self.form.add(tr("&Claim of"), self.biller)

    def _show(self, site: Site) -> None:
        self.name.setText(site.name)
        self.facility.setText(site.facility)
        self.place_of_service.setText(site.place_of_service)
        self.npi.setText(site.npi)
        self.state.set_value(site.state)
        self.biller.set_value(site.biller)

    def _echo_place(self, text: str) -> None:
        self.place_of_service.set_echo(_PLACES.get(text.strip(), ""))

    def work(self) -> Callable[[], Done[Any]] | None:
        desk = self.context.services.desk
        biller = self.biller.value()
        entry = replace(
            self._site or Site(""),
            name=self.name.text(),
            facility=self.facility.text(),
            place_of_service=self.place_of_service.text(),
            state=str(self.state.value() or ""),
            npi=self.npi.text(),
            biller=biller if isinstance(biller, Biller) else Biller.PROFESSIONAL,
        )
        if not entry.state:
            self.state.set_error(tr("Choose the state: it decides whose Medicare rules hold."))
            return None
        save = desk.change_site if self._site else desk.add_site
        return lambda: save(entry)

    def place(self, error: TrackerError) -> bool:
        fields: dict[str, LineField | ChoiceField] = {
            "name": self.name,
            "place": self.place_of_service,
            "state": self.state,
            "npi": self.npi,
        }
        field = fields.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
