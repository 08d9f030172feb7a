"""Who can sign in here, as far as the key file says; nothing can be changed on this page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr
from tracker.services.users import UserRow
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.list_panel import ListPanel


class UsersPanel(ListPanel):
    """Names only: the file knows no roles."""

    id = "users"
    title = tr("Users")
    columns = (
        Column(tr("Name"), lambda row: row.name, strong=True, fit=360),
        Column(tr("At this desk"), lambda row: tr("Signed in") if row.here else ""),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr(
            "Everybody whose password opens this clinic. All of them may do everything; whatever is written carries"
            " the name. Further users and roles are not part of this version."
        )
        super().__init__(context, parent, lead=lead, identity=lambda row: row.name)
        self.end_bar()

    def read(self) -> Iterable[UserRow]:
        return self.context.services.users.list()
