"""The visit that is changed in Check and book: what it was when it was read, and whether it still is that."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tracker.domain.booking import BookingRequest
from tracker.domain.errors import NotFoundError
from tracker.domain.language import tr
from tracker.services.visits.visit_changes import VisitChangedError
from tracker.ui.check.booking_acts import BookingActs
from tracker.ui.check.form import CheckForm
from tracker.ui.failures_text import sentence_of
from tracker.ui.pages.page import CheckStart, PageContext
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.notice_bar import NoticeBar

ANEW_KEY = "Alt+Home"
_MOVE_TITLE, _CHANGE_TITLE = tr("Move a visit"), tr("Change a visit")
_ANEW = tr("Show what stands now ({key})", key=ANEW_KEY)


class Changing(QObject):
    """`wanted` carries the CheckStart that shows the visit as it stands now. While one is booked nothing happens."""

    wanted = Signal(object)

    def __init__(
        self, form: CheckForm, acts: BookingActs, notice: NoticeBar, context: PageContext, page: QWidget
    ) -> None:
        super().__init__(page)
        self._form, self._acts, self._notice = form, acts, notice
        self._booking = context.services.booking
        self._latest = LatestOnly(context.tasks, self)
        self._start = CheckStart()
        self._was: BookingRequest | None = None
        self._offered = False
        notice.step_wanted.connect(self.show_anew)
        shortcut = QShortcut(QKeySequence(ANEW_KEY), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.show_anew)

    def begin(self, start: CheckStart) -> None:
        """Forget the last visit."""
        self._latest.cancel()
        self._start, self._was, self._offered = start, None, False

    def title(self) -> str:
        """Return what the page is called while a visit is in hand, "" while none is."""
        if not self._start.booking_id:
            return ""
        return _CHANGE_TITLE if self._start.change else _MOVE_TITLE

    @Slot(object)
    def take(self, visit: BookingRequest) -> None:
        """The visit was read: what is saved is saved over just this."""
        self._was = visit
        self._acts.change_from(visit)

    def left(self) -> CheckStart | None:
        """Return how the form begins again with what was changed and not saved; None where nothing was."""
        if self._was is None:
            return None
        request, draft = self._form.reading().request, self._form.draft()
        same = request is not None and replace(request, minutes=self._was.minutes) == self._was
        return None if same or draft is None else replace(self._start, draft=draft)

    def look(self) -> None:
        """Look whether the visit still is what was read, and say so where it is not."""
        was, booking_id = self._was, self._start.booking_id
        if was is not None:
            self._latest.run(lambda: self._booking.as_it_stands(booking_id), self._on_looked, self._on_gone)

    def refuse(self, error: Exception) -> bool:
        """Say why nothing was saved, with the way to what stands now; False where that is no help."""
        if self._was is None or not isinstance(error, VisitChangedError):
            return False
        self._offer(Status.NO, sentence_of(error))
        return True

    def _on_looked(self, now: BookingRequest) -> None:
        if now != self._was:
            self._offer(Status.CAUTION, tr("This visit was changed meanwhile; what is shown here cannot be saved."))

    def _on_gone(self, error: Exception) -> None:
        if isinstance(error, NotFoundError):
            self._notice.show_error(error)

    def _offer(self, status: Status, sentence: str) -> None:
        self._offered = True
        self._notice.show_sentence(status, sentence, _ANEW)

    @Slot()
    def show_anew(self) -> None:
        """Show the visit as it stands now."""
        if self._offered:
            self.wanted.emit(replace(self._start, draft=None))
