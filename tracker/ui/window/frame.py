"""What stands round the pages: menus above, sections at the left, the status line below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.ui import theme
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.navigation import WIDTH, Navigation, Section
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.status_line import StatusLine
from tracker.ui.widgets.tab_chain import chain
from tracker.ui.window.menu_row import DemoStrip, MenuRow
from tracker.ui.window.shelf import Kind

NARROW_BELOW, CROWDED_BELOW = 1100, 800


class PageStack(QStackedWidget):
    """No page keeps the window high from behind: the one in front alone says how low it may become."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else QSize()


class Frame(QWidget):
    """The central widget; `stack` holds the pages that have been made, `guide` the strip below the menus, if any."""

    def __init__(self, kinds: tuple[Kind, ...], demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu_row = MenuRow(self)
        self.stack = PageStack(self)
        listed = tuple(Section(kind.id, kind.title, kind.icon, kind.parted) for kind in kinds if kind.listed)
        self.navigation = Navigation(listed, self)
        self.status_line = StatusLine(self)
        self.notice = NoticeBar(self)
        self.guide: QWidget | None = None
        self._build(demo)

    def _build(self, demo: bool) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.notice)
        beside.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(beside, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if demo:
            column.addWidget(DemoStrip(self))
        column.addWidget(self.menu_row)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)

    def show_guide(self, strip: QWidget) -> None:
        """Put a strip below the menus that leads a person on; another one makes room for it."""
        if self.guide is not None:
            self.hide_guide(self.guide)
        self.guide = strip
        self._column.insertWidget(self._column.indexOf(self.menu_row) + 1, strip)
        chain(self.menu_row.search, *strip.findChildren(ActionButton))
        strip.show()

    def hide_guide(self, strip: QWidget) -> None:
        if strip is self.guide:
            self.guide = None
        self._column.removeWidget(strip)
        strip.hide()
        strip.deleteLater()

    def fit(self, width: int) -> None:
        """Show icons only where words have no room."""
        self.navigation.set_narrow(width < NARROW_BELOW + theme.scaled(WIDTH) - WIDTH)
        self.menu_row.set_narrow(width < theme.scaled(CROWDED_BELOW))

    def focusNextPrevChild(self, on: bool) -> bool:
        """Step on; what a page made since the last step stands before the line below it."""
        self.status_line.stand_last()
        return super().focusNextPrevChild(on)
