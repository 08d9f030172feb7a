"""Keeps the picture of the spine and the form in step: what is typed shows, what is clicked is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from tracker.domain.booking import BookingRequest
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.site_marks import SpineMarks
from tracker.ui.check.form import CheckForm
from tracker.ui.pages.page import PageContext
from tracker.ui.spine.panel import SpinePanel
from tracker.ui.tasks import LatestOnly

WITH_PICTURE = frozenset({TargetKind.FACET, TargetKind.FORAMEN, TargetKind.INTERSPACE, TargetKind.SI})


class SpineLink(QObject):
    """Asks what every place would answer after the answer itself is shown, in the long lane, so that none waits."""

    def __init__(self, form: CheckForm, panel: SpinePanel, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._panel, self._booking = form, panel, context.services.booking
        self._latest = LatestOnly(context.tasks, self, lane="long")
        self._kind = TargetKind.NONE
        self._asked: BookingRequest | None = None
        form.changed.connect(self.look_again)
        panel.changed.connect(self._on_picked)
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
        """Ask for the marks of what the form says, unless that was asked already; no procedure, no marks."""
        request = self._form.reading().request if self._panel.isVisible() else None
        if request is None or not self.shows_picture():
            self._latest.cancel()
            self._asked = None
            self._panel.set_marks(SpineMarks())
            return
        bare = replace(request, targets=(), nerves=(), lone_nerves=(), starts=None, note="", provider_id="")
        if bare == self._asked:
            return
        self._asked, kind = bare, self._kind
        self._latest.run(lambda: self._booking.spine(request, kind), self._panel.set_marks, self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        """The picture is a second telling of the answer; when it fails it stays empty."""
        self._panel.set_marks(SpineMarks())

    @Slot(object)
    def _on_picked(self, sites: object) -> None:
        if isinstance(sites, Sites):
            self._form.take_sites(sites)
