"""What is left to do once a clinic was set up: payers, patients, keys. Each step, or all of them, can be skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.language import tr
from tracker.ui.tour.guide_strip import GuideStrip

if TYPE_CHECKING:
    from tracker.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A sentence, the button that goes there, and the pages that can do it, the best first ("" for the tour)."""

    sentence: str
    button: str
    pages: tuple[str, ...] = ()


_PAYERS = FirstStep(
    tr("Look through the payers you work with: which rules are there, and how well each is documented."),
    tr("Choose payers"),
    ("settings", "rules"),
)
_PATIENTS = FirstStep(
    tr("Bring patients and their history in from a file. Or add the first patient when he calls; the demo clinic, from"
       " the sign-in window, is there to practice."),
    tr("Import…"),
    ("import",),
)  # fmt: skip
_TOUR = FirstStep(tr("Try the keys: 90 seconds, nothing is changed."), tr("Start the tour"))
STEPS = (_PAYERS, _PATIENTS, _TOUR)
DEMO_STEPS = (_TOUR,)


class FirstSteps(QObject):
    """Step one, the clinic and who works here, was done by the first window. `tour_wanted` comes at the end."""

    tour_wanted = Signal()

    def __init__(self, window: MainWindow) -> None:
        self.strip = GuideStrip(escape=False)
        super().__init__(self.strip)
        self._window = window
        self.steps = DEMO_STEPS if window.context.services.clinic.demo else STEPS
        self._at = 0
        window.frame.show_guide(self.strip)
        self.strip.go_wanted.connect(self._go)
        self.strip.next_wanted.connect(self._advance)
        self.strip.left.connect(self.leave)
        self._show()

    def step(self) -> FirstStep:
        return self.steps[self._at]

    def _show(self) -> None:
        step = self.step()
        several = len(self.steps) > 1
        count = tr("Step {n} of {all}", n=self._at + 2, all=len(self.steps) + 1) if several else tr("New here?")
        self.strip.show_step(count, step.sentence, go=step.button)
        self.strip.next.setVisible(self._at + 1 < len(self.steps))
        self.strip.leave.setText(tr("Not now"))

    @Slot()
    def _go(self) -> None:
        step = self.step()
        if not step.pages:
            self.leave()
            self.tour_wanted.emit()
            return
        page = next((each for each in step.pages if each in self._window.pages), "")
        self._window.open_page(page)
        self._advance()

    @Slot()
    def _advance(self) -> None:
        if self._at + 1 < len(self.steps):
            self._at += 1
            self._show()
        else:
            self.leave()

    @Slot()
    def leave(self) -> None:
        """End them; they do not come again by themselves on this computer."""
        self._window.context.preferences.welcomed = True
        self._window.frame.hide_guide(self.strip)
