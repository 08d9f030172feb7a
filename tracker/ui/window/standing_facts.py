"""What stands at the right of the status line: the rules, the clinic by the name it has now, who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tracker.services.changes import Changes, Kind
from tracker.ui.pages.page import PageContext
from tracker.ui.taking_in.pack_words import fact_words
from tracker.ui.tasks import LatestOnly
from tracker.ui.widgets.status_line import StatusLine


class StandingFacts(QObject):
    """Hears of every act, also of one that is taken back."""

    def __init__(self, line: StatusLine, context: PageContext) -> None:
        super().__init__(line)
        self._line, self._services = line, context.services
        self._clinic = context.services.clinic.name
        self._latest = LatestOnly(context.tasks, self)
        context.notifier.changed.connect(self._on_changed)
        self._show()

    def _show(self) -> None:
        rules = fact_words(self._services.packs.in_use)
        self._line.set_facts((("book", rules), ("", self._clinic), ("user", self._services.user.name)))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if Kind.RULES in changes.kinds:
            self._show()
        if Kind.SETTINGS in changes.kinds:
            self._latest.run(lambda: self._services.desk.settings().name, self._on_named)

    def _on_named(self, clinic: str) -> None:
        self._clinic = clinic
        self._show()
