"""A section that is one form: read, typed into, saved whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.panel import SettingsPanel
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.scroll_column import ScrollColumn
from tracker.ui.widgets.tab_chain import chain

LABEL_WIDTH = 148
_WIDEST_FORM = 640


class FormPanel(SettingsPanel):
    """Subclasses fill `form`, call `finish`, and override `read`, `show`, `work`. `places` names fields for errors."""

    def __init__(self, context: PageContext, parent: QWidget | None = None, *, lead: str = "") -> None:
        super().__init__(context, parent, lead=lead)
        self.form = FormGrid(self, label_width=LABEL_WIDTH)
        self.form.setMaximumWidth(_WIDEST_FORM)
        self.places: dict[str, LineField | ChoiceField] = {}
        self._area = ScrollColumn(self)
        self._area.column.setContentsMargins(16, 0, 16, 12)
        self._area.column.addWidget(self.form)
        self._area.column.addStretch(1)
        self.body.addWidget(self._area, 1)
        self._latest = LatestOnly(context.tasks, self)
        self._before: tuple[object, ...] | None = None
        self.save_button = self.add_button(ActionButton(tr("Save"), self, key="Ctrl+Enter", kind="primary"))
        self.save_button.clicked.connect(self.primary)
        self.reset_button = self.add_button(ActionButton(tr("As on file"), self, kind="quiet"))
        self.reset_button.clicked.connect(self.reset)
        self.end_bar()

    def below(self, widget: QWidget) -> None:
        """Put something below the form that scrolls with it."""
        self._area.column.insertWidget(self._area.column.count() - 1, widget)

    def finish(self) -> None:
        """Let Tab go as one reads: the buttons stand below the form."""
        self.form.chain_focus()
        chain(self.form.last(), self.save_button, self.reset_button)

    def apply_rights(self) -> None:
        super().apply_rights()
        self.save_button.set_off(self.context.services.rights.off(self.call) if self.call else None)

    def read(self) -> Any:
        """Return what is on file; runs off the screen's thread."""
        raise NotImplementedError

    def show_values(self, _found: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def work(self) -> Callable[[], Done[Any]] | None:
        """Return the call that saves, or mark what is wrong and return None."""
        raise NotImplementedError

    def load(self) -> None:
        if not self.unsaved():
            self._latest.run(self.read, self._on_read, self.show_failure)

    def _on_read(self, found: Any) -> None:
        if not self.unsaved():
            self.show_values(found)
            self._before = self.form.state()

    def unsaved(self) -> bool:
        return self._before is not None and self.form.state() != self._before

    def enter(self) -> None:
        self.form.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reset(self) -> None:
        """Give up what was typed and show what is on file."""
        self._before = None
        self.notice.clear()
        for field in self.places.values():
            field.set_error(None)
        self.load()
        self.enter()

    @Slot()
    def primary(self) -> None:
        """Save, or say in place what is wrong."""
        if not self.may(self.call) or not self.save_button.isEnabled():
            return
        self.notice.clear()
        if not self.unsaved():
            self.notice.show_sentence(Status.NEUTRAL, tr("Nothing is changed."))
            return
        work = self.work()
        if work is None:
            self._show_wrong()
            return
        self.save_button.setEnabled(False)
        self.context.tasks.run(self, work, self._on_saved, self._on_failed)

    def _show_wrong(self) -> None:
        wrong = self.form.first_wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong)

    def _on_saved(self, done: Done[Any]) -> None:
        self.save_button.setEnabled(True)
        self._before = self.form.state()
        self.acted.emit(done)

    def _on_failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        field = self.places.get(getattr(error, "about", ""))
        if field is not None and isinstance(error, TrackerError):
            field.set_error(error.sentence())
            self._show_wrong()
        else:
            self.show_failure(error)
