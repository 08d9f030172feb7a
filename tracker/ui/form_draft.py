"""Keeps what is typed into a form on file until that is saved or left, and puts it back after a crash."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.domain.draft import Draft, KeptDraft
from tracker.domain.language import tr
from tracker.ui.drafts import DISCARD_KEY, DraftKeeper, typed_at
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.form_grid import FormGrid, TypedParts
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.segments import Segments


class FormDraft(QObject):
    """Made when the form stands as it begins; nobody's fields are touched who has typed before the file answered."""

    def __init__(self, place: str, form: FormGrid, notice: NoticeBar, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._notice, self._context = form, notice, context
        self._begun = form.typed()
        self._offered = False
        self.keeper = DraftKeeper(place, self._read, context, self)
        for line in form.findChildren(QLineEdit):
            line.textChanged.connect(self.keeper.touch)
        for choice in form.findChildren(ChoiceField):
            choice.chosen.connect(self.keeper.touch)
        for segments in form.findChildren(Segments):
            segments.chosen.connect(self.keeper.touch)
        for parts in form.findChildren(QWidget):
            if isinstance(parts, TypedParts):
                parts.touched.connect(self.keeper.touch)
        notice.step_wanted.connect(self._on_step)
        shortcut = QShortcut(QKeySequence(DISCARD_KEY), parent)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_step)
        self.keeper.look(self._on_found)

    def forget(self) -> None:
        """It is saved, or left for good."""
        self.keeper.forget()

    def _read(self) -> Draft | None:
        typed = self._form.typed()
        return None if typed == self._begun else Draft("", typed)

    def _on_found(self, kept: KeptDraft) -> None:
        if self._form.typed() != self._begun:
            return
        self._form.type_again(dict(kept.draft.typed or {}))
        self._offered = True
        sentence = tr("Taken up again: what was typed at {time}.", time=typed_at(kept, self._context))
        self._notice.show_sentence(Status.NEUTRAL, sentence, tr("Discard ({key})", key=DISCARD_KEY))

    @Slot()
    def _on_step(self) -> None:
        """Put back what stood there before; a step that another sentence offers is not ours."""
        if self._offered:
            self._offered = False
            self._form.type_again(self._begun)
            self._notice.clear()
            self.keeper.save()
