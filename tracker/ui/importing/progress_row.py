"""How far a file has been read, with a way to call it off; shown only when it takes longer than a moment."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.announcing import announce
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.faces import paint_filled
from tracker.ui.widgets.plain_label import PlainLabel

SHOWN_AFTER_MS, LOOK_EVERY_MS, BUSY_AFTER_MS = 300, 100, 100


class Job(Protocol):
    """What is followed: how much is done, and how much there is, 0 where nobody knows."""

    @property
    def told(self) -> tuple[int, int]: ...


class ProgressRow(QWidget):
    """`follow` looks at a job until `stop`; `called_off` comes when the person has had enough.

    Before it shows itself the pointer over its panel tells that something is under way.
    """

    called_off = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel = parent
        self._job: Job | None = None
        self._doing = ""
        self._told_quarter = 0
        self._words = PlainLabel("", "body", "ink2", self)
        self._line = _Line(self)
        self.cancel_button = ActionButton(tr("Cancel"), self, key="Esc", small=True, bind=True)
        self.cancel_button.clicked.connect(self._on_cancel)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._line)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOWN_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(BUSY_AFTER_MS)
        self._busy.timeout.connect(lambda: self._panel.setCursor(Qt.CursorShape.BusyCursor))
        self.hide()

    def follow(self, job: Job, doing: str) -> None:
        """Show how far the job is; `doing` says what is done ("Checking visits.csv")."""
        self._job, self._doing, self._told_quarter = job, doing, 0
        self.cancel_button.set_off(None)
        self._busy.start()
        self._delay.start()
        self._clock.start()
        self.look()

    def following(self) -> bool:
        """Tell whether a job is under way."""
        return self._job is not None

    def stop(self) -> None:
        for timer in (self._busy, self._delay, self._clock):
            timer.stop()
        self._panel.unsetCursor()
        self._job = None
        self.hide()

    @Slot()
    def look(self) -> None:
        """Take over what the job has told by now."""
        if self._job is None:
            return
        done, total = self._job.told
        share = min(1.0, done / total) if total else 0.0
        values = {"doing": self._doing, "done": f"{done:,}", "total": f"{total:,}", "share": f"{share:.0%}"}
        told = tr("{doing}: {share}, {done} of {total} steps", **values) if total else f"{self._doing}…"
        self._words.setText(tr("{doing}: {done} tried…", **values) if done and not total else told)
        self._line.set_share(share)
        if int(share * 4) != self._told_quarter:
            self._told_quarter = int(share * 4)
            announce(self, self.words())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        announce(self, self.words())

    def words(self) -> str:
        return self._words.text()

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_button.set_off(tr("stopping"))
        self.called_off.emit()


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Progress"))

    def set_share(self, share: float) -> None:
        self._share = share
        self.setAccessibleDescription(f"{share:.0%}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_filled(painter, box, theme.color("line"), 2)
        box.setWidth(box.width() * self._share)
        paint_filled(painter, box, theme.color("accent"), 2)
