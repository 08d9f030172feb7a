"""Ninety seconds with the keys: each step waits for the real key and goes on when its act was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tracker.domain.language import tr, tr_for
from tracker.ui.tour.guide_strip import GuideStrip

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class TourStep:
    """What to press (the key of the act `act`) and what comes of it."""

    act: str
    sentence: str


STEPS = (
    TourStep("palette", tr("Patients and commands in one list. Press it, type, Enter does it, Esc closes.")),
    TourStep("go find", tr("Find a patient: letters of the name, a birth date, a number. Enter opens.")),
    TourStep("check", tr("Check and book: patient, procedure, levels, date. The answer comes while you type.")),
    TourStep("go today", tr("The sections have numbers: hold Ctrl to see them. Go to the first one.")),
    TourStep("next pane", tr("In a list single letters work; its foot names them. This moves to the next part.")),
    TourStep("help", tr("On any field this key opens its help. Close the help with Esc.")),
    TourStep("keys", tr("All keys on one page, to search and to print.")),
)  # fmt: skip


class Tour(QObject):
    """Lives until its last step, Leave or Escape; steps whose act the window does not have are left out."""

    def __init__(self, window: MainWindow) -> None:
        self.strip = GuideStrip()
        super().__init__(self.strip)  # another strip in its place ends the tour
        self._window = window
        known = {act.id for act in window.registry.acts()}
        self.steps = tuple(step for step in STEPS if step.act in known)
        self._at = 0
        window.frame.show_guide(self.strip)
        self.strip.go_wanted.connect(self._do)
        self.strip.next_wanted.connect(self._advance)
        self.strip.left.connect(self.leave)
        window.registry.done.connect(self._on_done)
        self._show()

    def step(self) -> TourStep | None:
        """Return the step that waits for its key, None at the end."""
        return self.steps[self._at] if self._at < len(self.steps) else None

    def _show(self) -> None:
        step = self.step()
        if step is None:
            words = tr("That was the tour. Help, Tour of the keys, starts it again; Ctrl+Z takes back the last act.")
            self.strip.show_step(tr_for("tour", "Done"), words)
            self.strip.next.hide()
            return
        count = tr("{n} of {all}", n=self._at + 1, all=len(self.steps))
        self.strip.show_step(count, step.sentence, self._window.registry.entry(step.act).shown_key())

    @Slot(str)
    def _on_done(self, act_id: str) -> None:
        step = self.step()
        if step is not None and step.act == act_id:
            self._advance()

    @Slot()
    def _do(self) -> None:
        step = self.step()
        if step is not None:
            self._window.registry.action(step.act).trigger()

    @Slot()
    def _advance(self) -> None:
        self._at += 1
        self._show()

    @Slot()
    def leave(self) -> None:
        """End the tour; the strip goes."""
        self._window.frame.hide_guide(self.strip)
