"""A dialog that saves through a service: it stays open with all that was typed until that has worked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.services.changes import Done
from tracker.ui.dialogs.base_dialog import BaseDialog
from tracker.ui.drafts import DraftKeeper
from tracker.ui.form_draft import FormDraft
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import ErrorRow
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scroll_column import FollowingArea
from tracker.ui.widgets.search_field import SearchField

_ONE_LINE = 32
_LEAVE = tr("Nothing is saved yet. Esc again leaves without saving; Ctrl+Enter saves.")


class SavingDialog(BaseDialog):
    """`acted` carries the Done. Subclasses fill `form`, then call `finish`, and override `work` and `place`."""

    acted = Signal(object)

    def __init__(
        self, context: PageContext, title: str, save: str, parent: QWidget, *, beside: str = "", width: int = 560
    ) -> None:
        super().__init__(title, parent, beside=beside, width=min(width, parent.window().width() - 24))
        self.context = context
        self.form = FormGrid(self)
        self._area = FollowingArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.form)
        self._area.setMinimumHeight(_ONE_LINE)
        self.body.addWidget(self._area)
        self._before: tuple[object, ...] = ()
        self._warned = False
        self._given_room: list[QWidget] = []
        self._draft: FormDraft | None = None
        self.add_close()
        self.save_button = self.add_button(ActionButton(save, self), primary=True)
        self.save_button.clicked.connect(self.save)

    def say(self, what: str, detail: str = "") -> None:
        """Put a line above the form that says what it is about, and a lighter one below that."""
        place = self.body.indexOf(self._area)
        self.body.insertWidget(place, PlainLabel(what, "strong", "ink", self, wrap=True))
        if detail:
            self.body.insertWidget(place + 1, PlainLabel(detail, "body", "ink2", self, wrap=True))

    def finish(self) -> None:
        """Take what stands in the fields now as unchanged; Enter goes from field to field."""
        self._before = self.form.state()
        for field in self.form.findChildren(QLineEdit):
            field.installEventFilter(self)
        for sentence in (*self.form.findChildren(ErrorRow), self.notice):
            self.make_room_for(sentence)
        self.form.chain_focus()
        self.form.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def make_room_for(self, widget: QWidget) -> None:
        """Be higher when this widget comes or grows: it must not take the room of the fields."""
        self._given_room.append(widget)
        widget.installEventFilter(self)

    def keep_draft(self, place: str) -> None:
        """Keep on file what is typed from now on, so that a crash takes nothing away; called after `finish`."""
        self._draft = FormDraft(place, self.form, self.notice, self.context, self)

    def draft_keeper(self) -> DraftKeeper | None:
        """Return what keeps the draft, None where none is kept."""
        return self._draft.keeper if self._draft else None

    def done(self, result: int) -> None:
        """Close; what was typed is saved by now, or was left for good."""
        if self._draft is not None:
            self._draft.forget()
        super().done(result)

    def work(self) -> Callable[[], Done[Any]] | None:
        """Return the call that saves, or mark what is wrong in the form and return None."""
        raise NotImplementedError

    def place(self, _error: TrackerError) -> bool:
        """Put an error of the service where it belongs; False: it is said above the form."""
        return False

    @Slot()
    def save(self) -> None:
        """Save, or say in place what is missing."""
        if not self.save_button.isEnabled():
            return
        self.notice.clear()
        work = self.work()
        if work is None:
            self._show_wrong()
            return
        self.save_button.setEnabled(False)
        self.context.tasks.run(self, work, self._on_saved, self._on_failed)

    def _show_wrong(self) -> None:
        wrong = self.form.first_wrong()
        if wrong is not None:
            self._fit_height()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong)

    def _on_saved(self, done: Done[Any]) -> None:
        self.accept()
        self.acted.emit(done)

    def _on_failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, TrackerError):
            self.context.tasks.unseen.emit(error)
        elif self.place(error):
            self._show_wrong()
        else:
            self.notice.show_error(error)

    def reject(self) -> None:
        """Leave; what was typed is not thrown away at the first press."""
        if not self._warned and self.form.state() != self._before:
            self._warned = True
            self.notice.show_sentence(Status.CAUTION, _LEAVE)
            return
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go to the next field, and save in the last one; make room for a sentence that comes."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.Resize) and watched in self._given_room:
            QTimer.singleShot(0, self, self._make_room)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
            self._warned = self._warned and event.key() == Qt.Key.Key_Escape
            if enter:
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, field: QLineEdit) -> None:
        if isinstance(field, SearchField):
            if not field.take_marked():
                return
            field.settle()  # what was picked may switch the next field on
        following = field.nextInFocusChain()
        while following is not None and following is not field and not _takes_focus(following):
            following = following.nextInFocusChain()
        if following is not None and self.form.isAncestorOf(following):
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_height()

    @Slot()
    def _make_room(self) -> None:
        """Be higher where the form needs it; one that somebody made higher stays so."""
        self._fit_height(self.height())

    def _fit_height(self, least: int = 0) -> None:
        """Be as high as the form, but never higher than the window below."""
        home = self.parentWidget()
        layout = self.layout()
        if home is None or layout is None:
            return
        layout.activate()
        wanted = self.form.height_for(self._area.width()) + self.height() - self._area.height()
        self.resize(
            self.width(), min(max(wanted, least, layout.totalMinimumSize().height()), home.window().height() - 16)
        )
        self._keep_on_screen()

    def _keep_on_screen(self) -> None:
        """Move up where it has grown beyond the lower edge: the buttons stand there."""
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        beyond = frame.bottom() - room.bottom()
        if beyond > 0:
            self.move(frame.left(), max(room.top(), frame.top() - beyond))


def _takes_focus(widget: QWidget) -> bool:
    tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabs and widget.isEnabled() and widget.isVisibleTo(widget.window())


def identity_of(patient: Patient) -> str:
    """Return name, birth date and record number, as they stand beside a dialog's heading."""
    return "   ".join(part for part in (patient.name, us_date(patient.born), patient.mrn) if part)
