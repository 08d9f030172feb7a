"""What is known of one place of the spine: its last events, its limit, when it is free, and the rule that decides."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.anatomy import THIRD_OCCIPITAL, Target, nerves_of
from tracker.domain.language import tr
from tracker.domain.procedure import TargetKind
from tracker.services.answers.site_marks import SiteMark
from tracker.ui.spine.site_button import SiteButton
from tracker.ui.widgets.plain_label import PlainLabel


class PlaceCard(QWidget):
    """Stands in a fixed place below the picture, for keys and pointer alike. Nerves are named beside the joint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tight = False
        self.place = PlainLabel("", "heading", parent=self)
        self.chosen = PlainLabel("", "body", "ink2", self)
        self.nerves = PlainLabel("", "body", "ink2", self)
        self.told = PlainLabel("", "caption", "ink2", self, wrap=True)
        self.rule = PlainLabel("", "caption", "ink3", self, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.nerves)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.rule)
        column.addStretch(1)

    def set_tight(self, tight: bool) -> None:
        """Leave out what stands beside it where every pixel of height counts; from the next place on."""
        self._tight = tight

    def show_button(self, button: SiteButton | None, kind: TargetKind) -> None:
        """Tell about the place of a button, about none for None."""
        if button is None:
            for label in (self.place, self.chosen, self.nerves, self.told, self.rule):
                label.setText("")
            return
        words = button.words()
        state = f"{words[:1].upper()}{words[1:]}."
        self._show(button.target, button.mark, kind, chosen=button.isChecked(), state=state)

    def show_mark(self, place: Target, mark: SiteMark | None, kind: TargetKind, *, chosen: bool) -> None:
        """Tell about a place that has no button."""
        self._show(place, mark, kind, chosen=chosen, state="" if mark else tr("No answer yet."))

    def _show(self, place: Target, mark: SiteMark | None, kind: TargetKind, *, chosen: bool, state: str) -> None:
        self.place.setText(place.label)
        self.chosen.setText(tr("chosen") if chosen else "")
        self.nerves.setText(_nerve_words(nerves_of(place.level) if kind is TargetKind.FACET else ()))
        self.told.setText("\n".join(line for line in (*_lines(mark), state) if line))
        self.rule.setText(mark.rule if mark else "")
        self.rule.setVisible(bool(mark and mark.rule) and not chosen)  # of what is chosen the answer beside it tells


def _lines(mark: SiteMark | None) -> tuple[str, ...]:
    if mark is None:
        return ()
    parts = [part for part in (mark.limit, mark.next) if part]
    limit = "; ".join(parts)
    return (*mark.lines, f"{limit[:1].upper()}{limit[1:]}." if limit else "")


def _nerve_words(nerves: tuple[str, ...]) -> str:
    if nerves == (THIRD_OCCIPITAL,):
        return tr("third occipital nerve")
    return tr("nerves {names}", names=", ".join(nerves)) if nerves else ""
