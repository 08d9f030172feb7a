"""What saving a coverage would do to the patient's coming visits, told while the form is being filled."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.coverage import Coverage
from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.services.patients.overview import VisitEffect
from tracker.services.words.wording import event_text
from tracker.ui.pages.page import PageContext
from tracker.ui.tasks import LatestOnly
from tracker.ui.theme.status import Status
from tracker.ui.widgets.marks import StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel

PAUSE_MS = 200
MOST = 5


class CoverageEffects(QWidget):
    """`look_at` is given the coverage as it would be saved, None while the form cannot be read."""

    def __init__(self, context: PageContext, patient_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview, self._patient_id = context.services.overview, patient_id
        self._latest = LatestOnly(context.tasks, self)
        self._wanted: Coverage | None = None
        self.headline = StatusLabel(Status.CAUTION, "", self)
        self.visits = PlainLabel("", "body", "ink", self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.headline)
        column.addWidget(self.visits)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.hide()

    def look_at(self, coverage: Coverage | None) -> None:
        """Ask after a pause; what stands there is not true any more."""
        self._latest.cancel()
        if coverage == self._wanted:
            return
        self._wanted = coverage
        self.hide()
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self._latest.run(lambda: self._overview.effects(self._patient_id, wanted), self._show)

    def _show(self, effects: tuple[VisitEffect, ...]) -> None:
        self.setVisible(bool(effects))
        count = len(effects)
        self.headline.show_status(Status.CAUTION, tr_n("Touches {n} coming visit", "Touches {n} coming visits", count))
        lines = [_line(effect) for effect in effects[:MOST]]
        if count > MOST:
            lines.append(tr_n("and {n} more", "and {n} more", count - MOST))
        self.visits.setText("\n".join(lines))


def _line(effect: VisitEffect) -> str:
    booking = effect.booking
    what = f"{us_date(booking.day, weekday=True)}  {event_text(booking.event)}"
    return tr("{what}: {was} → {now}", what=what, was=effect.was, now=effect.now)
