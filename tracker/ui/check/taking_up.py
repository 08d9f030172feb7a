"""Takes up again what was typed in Check and book when the program ended in the middle of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from tracker.domain.draft import Draft, KeptDraft
from tracker.domain.language import tr
from tracker.ui.check.form import CheckForm
from tracker.ui.check.left_work import LeftWork
from tracker.ui.drafts import CHECK_PLACE, DISCARD_KEY, DraftKeeper, typed_at
from tracker.ui.pages.page import CheckStart, Page, PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.notice_bar import NoticeBar


class TakingUp(QObject):
    """`wanted` carries the CheckStart with what was typed, or an empty one when that is discarded.

    A form that began with something else keeps it; what was typed waits behind the button of left work then.
    """

    wanted = Signal(object)

    def __init__(
        self, form: CheckForm, left_work: LeftWork, notice: NoticeBar, context: PageContext, page: Page
    ) -> None:
        super().__init__(page)
        self._form, self._left_work, self._notice, self._context = form, left_work, notice, context
        self._start = CheckStart()
        self._page = page
        self.keeper = DraftKeeper(CHECK_PLACE, self._read, context, self)
        form.touched.connect(self.keeper.touch)
        form.changed.connect(self.keeper.touch)
        notice.step_wanted.connect(self.discard)
        shortcut = QShortcut(QKeySequence(DISCARD_KEY), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.discard)

    def look(self) -> None:
        """Look for what was typed before the program ended."""
        self.keeper.look(self._on_found)

    def begin(self, start: CheckStart) -> None:
        """The form begins anew."""
        self._start, self._page.unfinished = start, False
        self.keeper.touch()

    def forget(self) -> None:
        """What was typed is done: nothing of it stays on file."""
        self.keeper.save()

    @Slot()
    def discard(self) -> None:
        """Throw away what was taken up."""
        if self._page.unfinished:
            self.wanted.emit(CheckStart())
            self._left_work.forget()
            self.keeper.save()
            self._form.focus_first()

    def _read(self) -> Draft | None:
        """Return what stands in the form, else what waits behind its button; a visit that is moved is no draft."""
        return (None if self._start.booking_id else self._form.draft()) or self._left_work.draft()

    def _on_found(self, kept: KeptDraft) -> None:
        empty = self._start == CheckStart() and self._form.is_empty()
        if not empty:
            self._left_work.offer(kept.draft)
            return
        self.wanted.emit(CheckStart(draft=kept.draft))
        self._page.unfinished = True
        sentence = tr("Taken up again: what was typed at {time}.", time=typed_at(kept, self._context))
        self._notice.show_sentence(Status.NEUTRAL, sentence, tr("Discard ({key})", key=DISCARD_KEY))
