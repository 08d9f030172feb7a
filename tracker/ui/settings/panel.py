"""What every section of the settings has: a head, a place for a sentence, a body, a bar with one filled button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.errors import TrackerError
from tracker.services.changes import Changes
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel

_MOST_WIDE = 720


class SettingsPanel(Ground):
    """Subclasses set `id` and `title`, fill `top` or `body`, and override `load`, `enter` and `primary`.

    `call` names the service call that a section is there for: whoever may not make it is told so above it.
    """

    id = ""
    title = ""
    help_place = ""
    call = ""

    acted = Signal(object)
    patient_at_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lead: str = "") -> None:
        super().__init__("surface", parent)
        self.context = context
        self.lead = PlainLabel(lead, "body", "ink2", self, wrap=True)
        self.lead.setMaximumWidth(_MOST_WIDE)
        self.refused = PlainLabel("", "body", "ink", self, wrap=True)
        self.refused.setMaximumWidth(_MOST_WIDE)
        self.refused.hide()
        self.notice = NoticeBar(self)
        self.notice.setMaximumWidth(_MOST_WIDE)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(16, 12, 16, 12)
        self.top.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._bar = Ground("panel", self, lines="t")
        self._bar.setFixedHeight(54)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # keys give way, not the window
        self._keys: dict[ActionButton, str] = {}
        self.buttons = QHBoxLayout(self._bar)
        self.buttons.setContentsMargins(16, 0, 16, 0)
        self.buttons.setSpacing(8)
        self._lay_out(bool(lead))

    def _lay_out(self, lead: bool) -> None:
        self.lead.setVisible(lead)
        self.top.addWidget(self.lead)
        self.top.addWidget(self.refused)
        self.top.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(self))
        column.addLayout(self.top)
        column.addLayout(self.body, 1)
        column.addWidget(self._bar)

    def add_button(self, button: ActionButton) -> ActionButton:
        """Put a button into the bar, after those that are there."""
        self.buttons.addWidget(button)
        self._keys[button] = button.key()
        button.let_shrink()
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where the buttons have no room for them: the list of keys tells them too."""
        super().resizeEvent(event)
        for button, key in self._keys.items():
            button.set_key(key)
        if sum(button.sizeHint().width() + 8 for button in self._keys) + 24 > self.width():
            for button in self._keys:
                button.set_key("")

    def end_bar(self) -> None:
        """Keep the buttons at the left; without any there is no bar."""
        self._bar.setVisible(self.buttons.count() > 0)
        self.buttons.addStretch(1)

    def show_bar(self, shown: bool) -> None:
        """Take the bar away where what stands above it offers the one step that there is, and bring it back."""
        self._bar.setVisible(shown and bool(self._keys))

    def holds_hands(self, focus: QWidget | None) -> bool:
        """Tell whether the focus is on a button of the bar."""
        return focus is not None and self._bar.isAncestorOf(focus)

    def apply_rights(self) -> None:
        """Say what the role of whoever is signed in does not cover here."""
        refused = self.context.services.rights.refusal(self.call) if self.call else ""
        self.refused.setText(refused)
        self.refused.setVisible(bool(refused))

    def may(self, call: str) -> bool:
        """Tell whether a call may be made; say in place who may when it may not."""
        refused = self.context.services.rights.refusal(call) if call else ""
        if refused:
            self.notice.show_sentence(Status.NEUTRAL, refused)
        return not refused

    def load(self) -> None:
        """Read what is on file and show it; what is typed and not saved stays."""
        raise NotImplementedError

    def concerned(self, _changes: Changes) -> bool:
        """Tell whether what was changed may be shown here."""
        return True

    def enter(self) -> None:
        """Put the focus where the hands should be."""

    def primary(self) -> None:
        """Do what the filled button says."""

    def unsaved(self) -> bool:
        """Tell whether something is typed that is not saved."""
        return False

    def show_failure(self, error: Exception) -> None:
        """Say a mendable error in place; any other is the window's."""
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self.notice.show_sentence(Status.NO, "")
            self.context.tasks.unseen.emit(error)
