"""What stands at the right of the status line: rules, backup, the clinic by the name it has now, who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tracker.domain.language import tr
from tracker.domain.roles import Role
from tracker.services.changes import Changes, Kind
from tracker.ui.backup_keeper import BackupKeeper
from tracker.ui.pages.page import PageContext
from tracker.ui.taking_in.pack_words import fact_words
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.status_line import StatusLine


class StandingFacts(QObject):
    """Hears of every act, also of one that is taken back."""

    def __init__(self, line: StatusLine, context: PageContext, keeper: BackupKeeper) -> None:
        super().__init__(line)
        self._keeper = keeper
        self._line, self._services = line, context.services
        self._clinic = context.services.clinic.name
        self._latest = LatestOnly(context.tasks, self)
        context.notifier.changed.connect(self._on_changed)
        keeper.stood.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        rules, name = fact_words(self._services.packs.in_use), self._services.user.name
        who = tr("{name}, viewer", name=name) if self._services.rights.role is Role.VIEWER else name
        self._line.set_facts((("book", rules), *self._keeper.facts(), ("", self._clinic), ("user", who)))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {Kind.RULES, Kind.USERS}:
            self._show()
        if Kind.SETTINGS in changes.kinds:
            self._latest.run(lambda: self._services.desk.settings().name, self._on_named)

    def _on_named(self, clinic: str) -> None:
        self._clinic = clinic
        self._show()
