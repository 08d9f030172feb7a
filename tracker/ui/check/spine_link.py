"""Keeps the picture of the spine and the form in step: what is typed shows, what is clicked is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot

from tracker.domain.anatomy import Target
from tracker.domain.booking import BookingRequest
from tracker.domain.language import tr
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.answers.site_marks import SpineMarks
from tracker.ui.actions import Act
from tracker.ui.check.form import CheckForm
from tracker.ui.pages.page import PageAct, PageContext
from tracker.ui.spine.panel import TABLE_KEY, SpinePanel
from tracker.ui.tasks import LatestOnly

WITH_PICTURE = frozenset({TargetKind.FACET, TargetKind.FORAMEN, TargetKind.INTERSPACE, TargetKind.SI})
PAUSE_MS = 250
"""The picture is asked for when the hands rest: while one types, the machine belongs to the answer."""


class SpineLink(QObject):
    """Asks what the places in view would answer by themselves, in the long lane, so that the answer never waits."""

    def __init__(self, form: CheckForm, panel: SpinePanel, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._panel, self._booking = form, panel, context.services.booking
        self._preferences, self._user = context.preferences, context.services.user.name
        self._latest = LatestOnly(context.tasks, self, lane="long")
        self._kind, self._visit = TargetKind.NONE, ""
        self._shown: tuple[object, ...] = ()
        self._asked: tuple[BookingRequest, tuple[Target, ...]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_now)
        form.changed.connect(self.look_again)
        panel.changed.connect(self._on_picked)
        panel.picker.view_changed.connect(self._pause.start)
        self._show_preferences()
        panel.show_table(self._preferences.levels_as_table(self._user))
        self.look_again()

    def page_acts(self) -> tuple[PageAct, ...]:
        """Return what the page puts into the menu of the view."""
        return (
            PageAct(Act("levels table", tr("Levels as &table or picture"), tr("&View"), (TABLE_KEY,), parted=True),
                    self.swap_faces),
            PageAct(Act("flip spine", tr("&Exchange the sides of the spine"), tr("&View")), self.flip),
            PageAct(Act("upper cervical", tr("C0-1 and C1-&2 in the picture, or not"), tr("&View")), self.swap_upper),
        )  # fmt: skip

    @Slot()
    def swap_faces(self) -> None:
        """Show the levels as a table instead of the picture or the other way round; this user finds it so again."""
        table = not self._panel.shows_table()
        self._preferences.set_levels_as_table(self._user, table)
        self._panel.show_table(table)

    @Slot()
    def flip(self) -> None:
        """Show the patient's right at the left, or where it was; on paper too."""
        self._preferences.spine_flipped = not self._preferences.spine_flipped
        self._show_preferences()

    @Slot()
    def swap_upper(self) -> None:
        """Show the two joints above C2-3, or no more."""
        self._preferences.upper_cervical = not self._preferences.upper_cervical
        self._show_preferences()

    def _show_preferences(self) -> None:
        self._panel.set_sides(flipped=self._preferences.spine_flipped, upper=self._preferences.upper_cervical)

    def shows_picture(self) -> bool:
        """Tell whether the procedure has places to point at."""
        return self._kind in WITH_PICTURE

    @Slot()
    def look_again(self) -> None:
        """Show the places of the procedure and those that are typed."""
        choice = self._form.fields.procedure.choice()
        self._kind = choice.targets if choice else TargetKind.FACET
        can_choose = choice is not None and self.shows_picture() and self._form.fields.levels.isEnabled()
        sites = self._form.fields.levels.readable()
        wanted = (self._kind, can_choose, sites)
        if (*wanted, self._panel.picker.sites()) == self._shown:
            return  # another day or payer changes nothing in what is chosen
        for face in (self._panel.picker, self._panel.table):
            face.setEnabled(can_choose)
        to_see = self.shows_picture() or self._kind is TargetKind.CAUDAL
        self._panel.set_kind(self._kind if to_see else TargetKind.FACET)
        self._panel.set_sites(sites)
        self._shown = (*wanted, self._panel.picker.sites())

    def begin(self, booking_id: str) -> None:
        """Take what follows as questions about a booked visit, "" for a new one."""
        self._visit = booking_id
        self.forget()

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
        bare = replace(
            request, targets=(), nerves=(), lone_nerves=(), body_regions=(), starts=None, note="", provider_id=""
        )
        places = self._panel.places()
        if (bare, places) == self._asked:
            return
        self._asked = bare, places
        visit = self._visit
        self._latest.run(lambda: self._booking.spine(request, places, visit), self._panel.set_marks, self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        """The picture tells the answer a second time; when it fails it stays empty."""
        self._panel.set_marks(SpineMarks())

    @Slot(object)
    def _on_picked(self, sites: object) -> None:
        if isinstance(sites, Sites):
            self._form.take_sites(sites)
