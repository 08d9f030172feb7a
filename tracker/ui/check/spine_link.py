"""Keeps the picture of the spine and the form in step: what is typed shows, what is clicked is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.domain.anatomy import Target
from tracker.domain.booking import BookingRequest
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.site_marks import SpineMarks
from tracker.ui.check.form import CheckForm
from tracker.ui.pages.page import PageContext
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.tasks import LatestOnly

WITH_PICTURE = frozenset({TargetKind.FACET, TargetKind.FORAMEN, TargetKind.INTERSPACE, TargetKind.SI})
PAUSE_MS = 250
"""The picture is asked for when the hands rest: while one types, the machine belongs to the answer."""


class SpineLink(QObject):
    """Asks what the places in view would answer by themselves, in the long lane, so that the answer never waits."""

    def __init__(self, form: CheckForm, panel: SpinePanel, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._panel, self._booking = form, panel, context.services.booking
        self._latest = LatestOnly(context.tasks, self, lane="long")
        self._kind = TargetKind.NONE
        self._asked: tuple[BookingRequest, tuple[Target, ...]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_now)
        form.changed.connect(self.look_again)
        panel.changed.connect(self._on_picked)
        panel.picker.view_changed.connect(self._pause.start)
        self.look_again()

    def shows_picture(self) -> bool:
        """Tell whether the procedure has places to point at."""
        return self._kind in WITH_PICTURE

    @Slot()
    def look_again(self) -> None:
        """Show the places of the procedure and those that are typed."""
        choice = self._form.fields.procedure.choice()
        self._kind = choice.targets if choice else TargetKind.FACET
        self._panel.picker.setEnabled(choice is not None and self._form.fields.levels.isEnabled())
        self._panel.set_kind(self._kind if self.shows_picture() else TargetKind.FACET)
        sites = self._form.fields.levels.sites()
        if sites is not None:
            self._panel.set_sites(sites)

    def forget(self) -> None:
        """Ask anew for what was asked before: something on file has changed."""
        self._asked = None

    @Slot()
    def ask(self) -> None:
        """Show what the form says now, however it came there, and ask for its marks after a pause."""
        self.look_again()
        self._pause.start()

    @Slot()
    def _ask_now(self) -> None:
        """Ask, unless just that was asked already; without a procedure there are no marks."""
        request = self._form.reading().request if self._panel.isVisible() else None
        if request is None or not self.shows_picture():
            self._latest.cancel()
            self.forget()
            self._panel.set_marks(SpineMarks())
            return
        bare = replace(request, targets=(), nerves=(), lone_nerves=(), starts=None, note="", provider_id="")
        view = self._panel.picker.view()
        places = tuple(target for target in view.targets() if view.enabled(target))
        if (bare, places) == self._asked:
            return
        self._asked = bare, places
        self._latest.run(lambda: self._booking.spine(request, places), self._panel.set_marks, self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        """The picture tells the answer a second time; when it fails it stays empty."""
        self._panel.set_marks(SpineMarks())

    @Slot(object)
    def _on_picked(self, sites: object) -> None:
        if isinstance(sites, Sites):
            self._form.take_sites(sites)
