"""What stands of the clinic on paper: cover sheets, forms, handouts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.domain.letterhead import Letterhead
from tracker.services.changes import Done
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import FormPanel
from tracker.ui.widgets.fields import LineField


class PaperPanel(FormPanel):
    """Every line may be empty; what is empty is left out on paper."""

    id = "paper"
    title = tr("Letterhead and printing")
    help_place = "settings#letterhead-and-printing"
    call = "clinic_settings.change_letterhead"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, lead=tr("Stands below the clinic's name on every cover sheet."))
        self.street, self.city = LineField("", self), LineField(tr("Lexington, KY 40507"), self)
        self.phone, self.fax = LineField("(859) 555-0100", self), LineField("(859) 555-0101", self)
        self.npi, self.tin = LineField(tr("ten digits"), self), LineField("12-3456789", self)
        self.foot = LineField(tr("such as office hours"), self)
        self.form.add(tr("&Street"), self.street)
        self.form.add(tr("&Town, state, ZIP"), self.city)
        self.form.add(tr("&Phone"), self.phone, (tr("&Fax"), self.fax))
        self.form.add(tr("&NPI of the group"), self.npi, (tr("T&IN"), self.tin))
        self.form.add(tr("One more &line"), self.foot)
        self.printer = LineField("", self, name=tr("Printer"))
        self.printer.setReadOnly(True)
        self.form.add(tr("Printer used last"), self.printer)
        self.places = {"phone": self.phone, "fax": self.fax, "npi": self.npi, "tin": self.tin}
        self.finish()

    def read(self) -> Letterhead:
        return self.context.services.clinic_settings.letterhead()

    def show_values(self, found: Letterhead) -> None:
        for name in Letterhead.__dataclass_fields__:
            getattr(self, name).setText(getattr(found, name))
        self.printer.setText(self.context.preferences.printer or tr("None yet on this computer"))

    def work(self) -> Callable[[], Done[Any]] | None:
        typed = Letterhead(*(getattr(self, name).text() for name in Letterhead.__dataclass_fields__))
        change = self.context.services.clinic_settings.change_letterhead
        return lambda: change(typed)
