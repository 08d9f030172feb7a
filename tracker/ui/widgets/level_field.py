"""A field for where it goes as the desk types it: "l45b", "c56r c67r", "neck"; inside it stands what was understood."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.level_entry import may_become_levels, parse_levels, readable_levels, written
from tracker.domain.procedure import Approach, ProcedureChoice, Sites, TargetKind
from tracker.services.words.body_words import body_text
from tracker.services.words.wording import targets_text
from tracker.ui.widgets.typed_field import TypedField

_EXAMPLES = {
    TargetKind.FACET: "l45b, c56r c67r, n l3 l4 l",
    TargetKind.FORAMEN: "l45r, s1l",
    TargetKind.INTERSPACE: "l45, c7t1",
    TargetKind.SI: tr("sil, sir, sib"),
    TargetKind.CAUDAL: tr("caudal"),
    TargetKind.BODY: tr("neck, lower back"),
    TargetKind.NONE: tr("no level to name"),
}


class LevelField(TypedField):
    """`set_kind` or `set_choice` says what may be typed; before that nothing has a meaning yet."""

    help_place = "check#levels"

    def __init__(self, parent: QWidget | None = None, *, name: str = tr("Levels"), echoes: bool = True) -> None:
        super().__init__(tr("choose the procedure first"), parent, name=name, echoes=echoes)
        self._kind: TargetKind | None = None
        self._name = name
        self._approach: Approach | None = None
        self._sites: Sites | None = Sites()
        self._given: tuple[str, Sites] = ("", Sites())
        self.setEnabled(False)
        self.textChanged.connect(self._on_text_changed)

    def set_kind(self, kind: TargetKind, approach: Approach | None) -> None:
        """Read what stands there for another procedure; of caudal ones the level is written by itself."""
        self._kind, self._approach = kind, approach
        self._name_it()
        self.setPlaceholderText(_EXAMPLES[kind])
        self.setEnabled(kind is not TargetKind.NONE)
        if kind is TargetKind.CAUDAL:
            self.setText("caudal")
        elif kind is TargetKind.NONE or self.text() == "caudal":
            self.setText("")
        self.read()

    def set_choice(self, choice: ProcedureChoice | None) -> None:
        """Read the levels as those of this procedure; a field without levels to name is off."""
        self._kind = choice.targets if choice else None
        self._approach = choice.approach if choice else None
        self._name_it()
        self.setEnabled(self._kind not in (TargetKind.NONE, TargetKind.CAUDAL))
        self.setPlaceholderText(
            _EXAMPLES[self._kind or TargetKind.FACET] if self.isEnabled() else tr("no level to name")
        )
        self.read()

    def _name_it(self) -> None:
        self.setAccessibleName(tr("Regions of the body") if self._kind is TargetKind.BODY else self._name)

    def sites(self) -> Sites | None:
        """Return what was typed, None while it has no meaning."""
        return self._sites

    def readable(self) -> Sites:
        """Return as much of what was typed as has a meaning."""
        if self._sites is not None or self._kind is None:
            return self._sites or Sites()
        return readable_levels(self.text(), self._kind, self._approach)

    def set_sites(self, sites: Sites) -> None:
        """Show these levels in the short form; they stay as they are until something else is typed."""
        text = written(sites)
        self._given = (text, sites)
        self.setText(text)
        self.read()

    @Slot()
    def settle(self) -> bool:
        """Say below the field which part has no meaning, begun or not; True when there is none."""
        try:
            self._sites = self._read()
        except InvalidEntryError as error:
            self._sites = None
            self.set_error(error.sentence())
        else:
            self.set_error(None)
        return self._sites is not None

    def is_begun(self) -> bool:
        return self._kind is not None and may_become_levels(self.text(), self._kind)

    def is_wrong(self) -> bool:
        return self._sites is None

    def read(self) -> None:
        try:
            self._sites = self._read()
        except InvalidEntryError as error:
            self._sites = None
            self._refuse(error)
        else:
            self.set_echo(_echo_of(self._sites))
            self.set_error(None)

    def _read(self) -> Sites:
        text = self.text().strip()
        if self._kind is None or not text or not self.isEnabled():
            return Sites()
        if text == self._given[0]:
            return self._given[1]
        return parse_levels(text, self._kind, self._approach)

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self.read()


def _echo_of(sites: Sites) -> str:
    if sites.targets:
        return targets_text(sites.targets)
    if sites.body_regions:
        return body_text(sites.body_regions)
    return tr("{join}, no joint", join=" ".join(sites.lone_nerves)) if sites.lone_nerves else ""
