"""Adds a provider, or changes one: the name on claims, the one in tables, and the NPI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Provider
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.fields import LineField


class ProviderDialog(SavingDialog):
    """`typed` is what was looked for when nobody was found."""

    help_place = "settings#providers-and-sites"

    def __init__(
        self, context: PageContext, parent: QWidget, provider: Provider | None = None, *, typed: str = ""
    ) -> None:
        title, save = (tr("Change provider"), tr("Save")) if provider else (tr("New provider"), tr("Add provider"))
        super().__init__(context, title, save, parent)
        self._provider = provider
        shown = provider or Provider(typed.strip(), "")
        self.name = LineField(tr("Susan Lee, MD"), self)
        self.short = LineField(tr("as in tables; empty: the last name"), self)
        self.npi = LineField(tr("ten digits, or empty"), self)
        for field, text in ((self.name, shown.name), (self.short, shown.short), (self.npi, shown.npi)):
            field.setText(text)
        self.form.add(tr("&Name"), self.name)
        self.form.add(tr("&Short name"), self.short)
        self.form.add(tr("N&PI"), self.npi)
        self.finish()

    def work(self) -> Callable[[], Done[Any]] | None:
        desk = self.context.services.desk
        save = desk.change_provider if self._provider else desk.add_provider
        entry = replace(
            self._provider or Provider("", ""),
            name=self.name.text(),
            short=self.short.text(),
            npi=self.npi.text(),
        )
        return lambda: save(entry)

    def place(self, error: TrackerError) -> bool:
        field = {"name": self.name, "npi": self.npi}.get(getattr(error, "about", ""))
        if field is not None:
            field.set_error(error.sentence())
        return field is not None
