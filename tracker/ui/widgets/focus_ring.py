"""The ring that shows where the hands are: two pixels wide, two pixels outside the widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.ui import theme

REACH = 4
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange)


class FocusRing(QWidget):
    """Drawn over the parent of `target`, four pixels outside; closed also where the parent has less room than that."""

    def __init__(self, target: QWidget, radius: float = 8.0) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)
        self._place(target.hasFocus() and target.isVisible())  # it may be made while its target takes the focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._target:
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._place(True)
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        elif event.type() in _FOLLOWED:
            self._place(self._target.hasFocus() and self._target.isVisible())
        return False

    def _place(self, visible: bool) -> None:
        home = self._target.parentWidget()
        if home is None or not visible:
            self.hide()
            return
        if self.parentWidget() is not home:
            self.setParent(home)
        self.setGeometry(self._target.geometry().adjusted(-REACH, -REACH, REACH, REACH) & home.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self._radius, self._radius)
