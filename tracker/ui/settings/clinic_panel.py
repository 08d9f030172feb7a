"""The clinic itself: its name and state, and what the booking form begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.coverage import Site
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.services.changes import Done
from tracker.services.desk.desk import ClinicSettings
from tracker.services.words.wording import site_text
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.form_panel import FormPanel
from tracker.ui.start.states import STATES
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.segments import Segments

Found = tuple[ClinicSettings, tuple[Site, ...], tuple[Provider, ...]]


class ClinicPanel(FormPanel):
    """The usual site and provider are those that a new check begins with."""

    id = "clinic"
    title = tr("Clinic")
    help_place = "settings#clinic"
    call = "desk.change_settings"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.name = LineField("", self)
        self.state = ChoiceField([Choice(code, name, code) for code, name in STATES], self)
        self.site = ChoiceField((), self)
        self.provider = ChoiceField((), self)
        counts = ((False, tr("Still counts")), (True, tr("Is free")))
        self.anniversary = Segments(counts, self, name=tr("Same day a year later"))
        self.form.add(tr("&Name"), self.name)
        self.form.add(tr("S&tate"), self.state)
        self.form.add(tr("&Usual site"), self.site)
        self.form.add(tr("Usual &provider"), self.provider)
        self.form.add(tr("Same day &a year on"), self.anniversary)
        self.places = {"state": self.state}
        self.finish()

    def read(self) -> Found:
        desk = self.context.services.desk
        return desk.settings(), desk.sites(), desk.providers()

    def show_values(self, found: Found) -> None:
        settings, sites, providers = found
        self.name.setText(settings.name)
        self.state.set_value(settings.state)
        first = Choice("", tr("The first one"))
        self.site.set_choices([first, *(Choice(each.id, site_text(each)) for each in sites if each.active)])
        self.site.set_value(settings.default_site)
        nobody = Choice("", tr("Chosen each time"))
        self.provider.set_choices([nobody, *(Choice(each.id, each.name) for each in providers if each.active)])
        self.provider.set_value(settings.default_provider)
        self.anniversary.set_value(settings.anniversary_day_free)

    def work(self) -> Callable[[], Done[Any]] | None:
        name, desk = self.name.text().strip(), self.context.services.desk
        if not name:
            self.name.set_error(tr("Write the clinic's name: it stands on every paper."))
            return None
        state, site, provider = (str(field.value() or "") for field in (self.state, self.site, self.provider))
        free = self.anniversary.value() is True
        return lambda: desk.change_settings(
            replace(
                desk.settings(),
                name=name,
                state=state,
                default_site=site,
                default_provider=provider,
                anniversary_day_free=free,
            )
        )
