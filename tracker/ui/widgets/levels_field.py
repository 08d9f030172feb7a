"""A field for levels as the desk types them; inside it stands what was understood."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.domain.level_entry import parse_levels, written
from tracker.domain.procedure import Approach, Sites, TargetKind
from tracker.services.wording import sites_text
from tracker.ui.widgets.fields import LineField

_HINTS = {
    TargetKind.FACET: "l45b, c56r, n l3 l4 l",
    TargetKind.FORAMEN: "l45l, s1r",
    TargetKind.INTERSPACE: "l45, c7t1",
    TargetKind.SI: "sil, sir or sib",
    TargetKind.CAUDAL: "caudal",
    TargetKind.NONE: "this procedure has no levels",
}


class LevelsField(LineField):
    """`set_kind` says what may be typed. Errors wait until the field is left: half a level is no mistake."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__("", parent, name=name)
        self._kind = TargetKind.NONE
        self._approach: Approach | None = None
        self._sites = Sites()
        self._given: tuple[str, Sites] = ("", Sites())
        self.textChanged.connect(self._on_changed)
        self.set_kind(TargetKind.NONE, None)
        self.setPlaceholderText("choose the procedure first")

    def set_kind(self, kind: TargetKind, approach: Approach | None) -> None:
        """Read what is typed for another procedure; what has no meaning there is said when the field is left."""
        self._kind, self._approach = kind, approach
        self.setPlaceholderText(_HINTS[kind])
        self.setEnabled(kind is not TargetKind.NONE)
        if kind is TargetKind.CAUDAL:
            self.setText("caudal")
        elif kind is TargetKind.NONE or self.text() == "caudal":
            self.setText("")
        self._on_changed(self.text())

    def sites(self) -> Sites:
        return self._sites

    def set_sites(self, sites: Sites) -> None:
        """Show sites that are on file; they stay as they are until something else is typed."""
        text = written(sites)
        self._given = (text, sites)
        self.setText(text)
        self._on_changed(text)

    @Slot()
    def settle(self) -> bool:
        """Say below the field which part has no meaning; True when there is none."""
        sentence = None
        try:
            self._sites = self._read(self.text())
        except InvalidEntryError as error:
            sentence = error.sentence()
        self.set_error(sentence)
        return sentence is None

    def _read(self, text: str) -> Sites:
        if self._given[0] and text.strip() == self._given[0]:
            return self._given[1]
        return parse_levels(text, self._kind, self._approach)

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.set_error(None)
        try:
            self._sites = self._read(text)
        except InvalidEntryError:
            self._sites = Sites()
        self.set_echo(sites_text(self._sites))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()
