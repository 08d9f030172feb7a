"""The list of sections at the left, with counts; held Ctrl turns the counts into keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.ui import icons, theme
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.focus_ring import FocusRing
from tracker.ui.widgets.ground import Ground

WIDTH = 176
NARROW = 52
CHECK_KEY = "F3"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry: the page's id, its word, its icon; `parted`: a line stands above it."""

    id: str
    text: str
    icon: str
    parted: bool = False


class Navigation(Ground):
    """`chosen` carries a section's id; `check_wanted` comes from the button above the list."""

    chosen = Signal(str)
    check_wanted = Signal()

    def __init__(self, sections: tuple[Section, ...], parent: QWidget | None = None) -> None:
        super().__init__("nav", parent, lines="r")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._items: dict[str, NavigationItem] = {}
        self.check_button = ActionButton(tr("Check and book"), self, key=CHECK_KEY, kind="chosen")
        self.check_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.check_button.clicked.connect(self.check_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 9, 0)
        column.setSpacing(0)
        column.addSpacerItem(_gap(10))
        column.addWidget(self.check_button)
        column.addSpacerItem(_gap(10))
        for place, section in enumerate(sections):
            item = NavigationItem(section, place + 1, self)
            self._items[section.id] = item
            self._group.addButton(item, place)
            if section.parted:
                line = Ground("nav", self, lines="b")
                line.setFixedHeight(1)
                column.addSpacerItem(_gap(14))
                column.addWidget(line)
                column.addSpacerItem(_gap(10))
            column.addSpacerItem(_gap(2))
            column.addWidget(item)
        column.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)
        self.setMinimumWidth(NARROW)  # a window that gets smaller passes through widths without room for words
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._narrow = False
        theme.current().changed.connect(self._follow_theme)
        self.set_narrow(False)
        self.set_check_chosen(False)

    def set_current(self, section_id: str) -> None:
        """Mark a section; one that is not listed leaves none marked."""
        for key, item in self._items.items():
            item.setChecked(key == section_id)

    def set_check_chosen(self, chosen: bool) -> None:
        self.check_button.set_kind("chosen" if chosen else "accent")

    def count(self, section_id: str) -> int | None:
        """Return what stands beside a section, None for nothing."""
        return self._items[section_id].count()

    def set_count(self, section_id: str, count: int | None) -> None:
        """Show a count beside a section; one that is not listed has no place for it."""
        if item := self._items.get(section_id):
            item.set_count(count)

    def show_keys(self, shown: bool) -> None:
        """Show 1 to 9 in place of the counts while Ctrl is held."""
        for item in self._items.values():
            item.show_key(shown)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only."""
        self._narrow = narrow
        self.setMaximumWidth(NARROW if narrow else theme.scaled(WIDTH))
        self.check_button.setText("" if narrow else tr("Check and book"))
        self.check_button.set_icon("check" if narrow else "")
        self.check_button.set_key("" if narrow else CHECK_KEY)
        self.check_button.setToolTip(tr("Check and book") + f"  {CHECK_KEY}" if narrow else "")
        self.check_button.setAccessibleName(tr("Check and book"))
        for item in self._items.values():
            item.set_narrow(narrow)
        self.updateGeometry()

    @Slot()
    def _follow_theme(self) -> None:
        self.set_narrow(self._narrow)

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self._narrow else theme.scaled(WIDTH), super().sizeHint().height())

    def item(self, section_id: str) -> QAbstractButton:
        """Return the entry of a section; Check and book has its own button."""
        return self._items.get(section_id, self.check_button)

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(list(self._items)[place])


def _gap(pixels: int) -> QSpacerItem:
    """Return a gap that gives way in a low window, as the entries do down to what can be aimed at."""
    return QSpacerItem(0, pixels, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)


class NavigationItem(QAbstractButton):
    """30 px: icon, word, count."""

    def __init__(self, section: Section, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._number = section.icon, number
        self._count: int | None = None
        self._keys = self._narrow = False
        self._ring: FocusRing | None = None
        self.setText(section.text)
        self.setToolTip(tr("Ctrl+{number}", number=number))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def count(self) -> int | None:
        return self._count

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.setAccessibleName(self.text() if not count else f"{self.text()}, {count}")
        self.update()

    def show_key(self, shown: bool) -> None:
        self._keys = shown
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def nextCheckState(self) -> None:
        """Stay as the window says: a click asks, the window marks."""

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(WIDTH) - 17, theme.row_height(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, 24)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._ring is None and self.parentWidget() is not None:
            self._ring = FocusRing(self)
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(QPen(theme.color("line2"), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("nav_sel" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if chosen:
            painter.fillRect(QRectF(0, 5, 3, self.height() - 10), theme.color("accent"))
        ink = theme.color("accent" if chosen else "ink2")
        if self._narrow and self._keys:
            self._paint_key(painter)
            return
        left = (self.width() - 16) / 2 if self._narrow else 8
        icons.paint(painter, self._icon_name, QRectF(left, (self.height() - 16) / 2, 16, 16), ink)
        if not self._narrow:
            self._paint_words(painter)

    def _paint_key(self, painter: QPainter) -> None:
        """Show the number in the icon's place: there is no room beside it."""
        painter.setFont(theme.font("heading"))
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))

    def _paint_words(self, painter: QPainter) -> None:
        chosen = self.isChecked()
        painter.setFont(theme.font("heading" if chosen else "body"))
        painter.setPen(theme.color("ink" if chosen else "ink2"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(34, 0, -30, 0), int(flags | Qt.AlignmentFlag.AlignLeft), self.text())
        right = str(self._number) if self._keys else str(self._count) if self._count else ""
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3" if not chosen else "ink2"))
        painter.drawText(self.rect().adjusted(0, 0, -9, 0), int(flags | Qt.AlignmentFlag.AlignRight), right)
