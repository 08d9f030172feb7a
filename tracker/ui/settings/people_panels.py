"""Who performs, and where: lists in which a line is added, changed, or switched off, never lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tracker.domain.coverage import Site
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.ui.dialogs.provider_dialog import ProviderDialog
from tracker.ui.dialogs.site_dialog import SiteDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.list_panel import ListPanel

SWITCH = "O"


def _offered(row: Provider | Site) -> str:
    return tr("Yes") if row.active else tr("No")


class ProvidersPanel(ListPanel):
    """Those that are off are not offered any more; visits on file keep their names."""

    id = "providers"
    title = tr("Providers")
    help_place = "settings#providers-and-sites"
    add_words = tr("Add provider…")
    add_call = "desk.add_provider"
    call = "desk.change_provider"
    empty_words = tr("Nobody is entered who performs.")
    columns = (
        Column(tr("Name"), lambda row: row.name, strong=True, fit=320),
        Column(tr("In tables"), lambda row: row.short, fit=200),
        Column(tr("NPI"), lambda row: row.npi, longest="0000000000"),
        Column(tr("Offered"), _offered),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Who performs. A provider that is switched off is offered no more; what is on file keeps the name.")
        super().__init__(context, parent, lead=lead, past=lambda row: not row.active, identity=lambda row: row.id)
        self.offer(tr("Change…"), "Enter", self.change, call=self.call)
        self.offer(tr("On or off"), SWITCH, self.switch, call=self.call)
        self.end_bar()

    def read(self) -> Iterable[Provider]:
        return self.context.services.desk.providers()

    def primary(self) -> None:
        self.open(ProviderDialog(self.context, self))

    def change(self, row: Provider) -> None:
        if self.may(self.call):
            self.open(ProviderDialog(self.context, self, row))

    def switch(self, row: Provider) -> None:
        """Offer the provider no more, or again."""
        changed = replace(row, active=not row.active)
        self.act(lambda: self.context.services.desk.change_provider(changed))


class SitesPanel(ListPanel):
    """Those that are off are not offered any more; visits on file stay where they are."""

    id = "sites"
    title = tr("Sites")
    help_place = "settings#providers-and-sites"
    add_words = tr("Add site…")
    add_call = "desk.add_site"
    call = "desk.change_site"
    columns = (
        Column(tr("Name"), lambda row: row.name, strong=True, fit=300),
        Column(tr("Place"), lambda row: row.place_of_service, longest="00"),
        Column(tr("State"), lambda row: row.state, longest="WW"),
        Column(tr("Facility"), lambda row: row.facility, fit=260, least=120, drops=1),
        Column(tr("Facility NPI"), lambda row: row.npi, longest="0000000000"),
        Column(tr("Offered"), _offered),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Where injections are done. Place code and state decide whose rules hold.")
        super().__init__(context, parent, lead=lead, past=lambda row: not row.active, identity=lambda row: row.id)
        self._state = ""
        self.offer(tr("Change…"), "Enter", self.change, call=self.call)
        self.offer(tr("On or off"), SWITCH, self.switch, call=self.call)
        self.end_bar()

    def read(self) -> Iterable[Site]:
        return self.context.services.desk.sites()

    def show_rows(self, rows: Iterable[Site]) -> None:
        shown = tuple(rows)
        self._state = next((site.state for site in shown if site.active), "")
        super().show_rows(shown)

    def primary(self) -> None:
        self.open(SiteDialog(self.context, self, state=self._state))

    def change(self, row: Site) -> None:
        if self.may(self.call):
            self.open(SiteDialog(self.context, self, row))

    def switch(self, row: Site) -> None:
        """Offer the site no more, or again."""
        changed = replace(row, active=not row.active)
        self.act(lambda: self.context.services.desk.change_site(changed))
