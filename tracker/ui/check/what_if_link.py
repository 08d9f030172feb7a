"""Opens what-if in the place of the form, asks for its answers, and takes an alternative over into the form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from tracker.domain.booking import BookingRequest
from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.answers.what_if import Alternative, WhatIf
from tracker.ui.check.act_bar import ActBar
from tracker.ui.check.body import CheckBody
from tracker.ui.check.form import CheckForm
from tracker.ui.check.form_reading import NO_DATE_HELPS
from tracker.ui.check.what_if_panel import WhatIfPanel
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly

NOTHING_ASKED = tr("Fill in patient, procedure and levels first; then ask what if.")
TAKE, ADD_FIRST = tr("Take it over"), tr("Add the coverage…")
_ONLY_DAY = tr("only the day can change")


class WhatIfLink(QObject):
    """`refused` says why it did not open, "" once that is so no more; `coverage_wanted` carries a coverage that must be
    on file first.
    """

    refused = Signal(str)
    coverage_wanted = Signal(object)

    def __init__(self, form: CheckForm, body: CheckBody, bar: ActBar, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._body, self._bar = form, body, bar
        self._panel: WhatIfPanel = body.what_if
        self._service = context.services.what_if
        self._latest = LatestOnly(context.tasks, self)
        self._latest_typed = LatestOnly(context.tasks, self)
        self._unseen = context.tasks.unseen
        self._moving, self._whole = "", False
        self._asked: BookingRequest | None = None
        self._typed_for: tuple[BookingRequest, WhatIf] | None = None
        self._dated = False
        self._take_typed = self._refused = False
        self._hands: QWidget | None = None
        panel = self._panel
        panel.wanted.connect(self.take)
        panel.chosen.connect(self._show_act)
        panel.fields.changed.connect(self._ask_typed)
        panel.fields.entered.connect(self._on_entered)
        panel.fields.next_wanted.connect(self._on_next_wanted)
        bar.take_pressed.connect(self.take_current)

    def is_open(self) -> bool:
        return self._asked is not None

    def begin(self, booking_id: str = "", *, whole: bool = False) -> None:
        """Be closed; with an id the visit of that id is being moved, or (`whole`) changed in any way."""
        self._moving, self._whole = booking_id, whole
        self._leave()

    @Slot()
    def open(self) -> None:
        """Show the alternatives to what the form says now; open already, lead back to their list."""
        if self.is_open():
            self._panel.focus_list()
            return
        reading = self._form.reading()
        if reading.request is None:
            self._refused = True
            self.refused.emit(NOTHING_ASKED)
            return
        self._hands = QApplication.focusWidget()
        self._panel.fields.begin(self._form.fields.procedure.choice())
        self._panel.begin()
        self._asked = reading.request
        self._panel.show()
        self._panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._body.set_what_if(True)
        self._show_act()
        self._ask()

    @Slot()
    def close(self) -> None:
        """Bring the form back as it was, with the hands where they were."""
        hands = self._hands
        self._form.show()  # before the list goes, or the hands would pass through other fields on their way
        if hands is not None and hands.isVisible() and hands.isEnabled():
            hands.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._form.focus_first()
        self._leave()

    def _leave(self) -> None:
        self._latest.cancel()
        self._latest_typed.cancel()
        self._asked = self._typed_for = self._hands = None
        self._take_typed = False
        self._body.set_what_if(False)
        self._bar.set_taking(None)

    def focus(self) -> None:
        self._panel.focus_list()

    @Slot()
    def look_again(self) -> None:
        """Ask again where the form asks for something else now: its day can be moved on the timeline."""
        request = self._form.reading().request
        if self._refused and request is not None:
            self._refused = False
            self.refused.emit("")
        if self.is_open() and request is not None and request != self._asked:
            self._asked = request
            self._ask()

    def forget(self) -> None:
        """Ask anew: something on file has changed."""
        if self.is_open():
            self._ask()

    def _ask(self) -> None:
        request, moving, whole = self._asked, self._moving, self._whole
        if request is None:
            return
        self._dated = self._form.reading().dated
        self._latest.run(
            lambda: self._service.suggestions(request, moving, whole=whole), self._panel.show_found, self._on_failed
        )
        self._typed_for = None
        self._ask_typed()

    @Slot()
    def _ask_typed(self) -> None:
        request, what = self._asked, self._panel.fields.what()
        moving, whole = self._moving, self._whole
        self._take_typed = False
        if request is None or what is None:
            self._latest_typed.cancel()
            self._typed_for = None
            self._panel.show_typed(None)
            return
        if (request, what) != self._typed_for:
            self._typed_for = request, what
            self._latest_typed.run(
                lambda: self._service.ask(request, what, moving, whole=whole), self._on_typed, self._on_typed_failed
            )

    def _on_typed(self, alternative: Alternative) -> None:
        self._panel.show_typed(alternative)
        if self._take_typed:
            self._take_typed = False
            self.take(alternative)

    def _on_typed_failed(self, error: Exception) -> None:
        self._take_typed = False
        if isinstance(error, InvalidEntryError):
            self._panel.refuse_typed(error)
        else:
            self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TrackerError):
            self._panel.show_refusal(error)
        else:
            self._unseen.emit(error)

    @Slot()
    def _on_entered(self) -> None:
        """Take what was typed, as soon as its answer is there."""
        what, current = self._panel.fields.what(), self._panel.current()
        if what is None:
            self._panel.focus_list()
        elif current is not None and current.what == what:
            self.take(current)
        else:
            self._take_typed = True

    @Slot()
    def _on_next_wanted(self) -> None:
        """Put the earliest day as asked where "n" was typed."""
        present, day = self._panel.present(), self._panel.fields.day
        first = present.first or present.verdict.earliest if present else None
        if first is None:
            day.set_error(NO_DATE_HELPS)
            return
        day.set_day(first)
        self._ask_typed()

    @Slot()
    def take_current(self) -> None:
        current = self._panel.current()
        if current is not None:
            self.take(current)

    @Slot(object)
    def take(self, alternative: Alternative) -> None:
        """Fill the form with it; its answer there is asked for as always, and nothing is booked."""
        if alternative.missing is not None and not self._only_day():
            self.coverage_wanted.emit(alternative.missing)
        elif alternative.request is None:
            self.refused.emit(alternative.obstacle)
        else:
            self._take(alternative.what, alternative.request)

    def _only_day(self) -> bool:
        return bool(self._moving) and not self._whole

    def _take(self, what: WhatIf | None, request: BookingRequest) -> None:
        """Bring the form back with the request in it; a day that nobody typed stays open."""
        dated, only_day = self._dated, self._only_day()
        self.close()
        if what is None:
            return
        if only_day:
            self._form.show_next(request.day)
        else:
            self._form.take_request(request, dated=dated or what.day is not None)

    @Slot()
    def _show_act(self) -> None:
        """Say on the filled button what Enter would do."""
        if not self.is_open():
            return
        current = self._panel.current()
        if current is None:
            self._bar.set_taking(TAKE, tr("nothing to take over"))
        elif current.missing is not None and not self._only_day():
            self._bar.set_taking(ADD_FIRST)
        else:
            self._bar.set_taking(TAKE, _ONLY_DAY if current.request is None else "")
