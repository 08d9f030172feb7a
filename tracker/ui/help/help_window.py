"""The window of the help: contents and search at the left, the page at the right; it stands beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tracker.domain import language
from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.help.book import START, HelpBook, shipped
from tracker.ui.help.reader import HelpReader
from tracker.ui.help.trail import Trail
from tracker.ui.paper.document_printing import print_document
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.tab_chain import chain
from tracker.ui.widgets.typed_ahead import TypedAhead

_SIDE, _NARROW_BELOW = 250, 620
_PLACE = int(Qt.ItemDataRole.UserRole)


class HelpWindow(QDialog):
    """Not modal, except over a dialog that is: then it belongs to that."""

    def __init__(self, parent: QWidget, book: HelpBook | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.typed_ahead = TypedAhead(self)
        self.book = book or shipped()
        self.trail = Trail()
        self.search = LineField(tr("Search the help"), self, name=tr("Search the help"))
        self.contents = QListWidget(self)
        self.reader = HelpReader(self.book, self)
        self.notice = NoticeBar(self)
        self.back = ActionButton(tr("Back"), self, key="Alt+Left", icon="chevron-left", small=True)
        self.forward = ActionButton(tr("Forward"), self, key="Alt+Right", icon="chevron-right", small=True)
        self.print_button = ActionButton(tr("Print…"), self, key="Ctrl+P", icon="printer", small=True)
        self._build()
        chain(self.contents, self.back, self.forward, self.print_button, self.reader)
        self._connect()
        self._list_contents()
        self.resize(QSize(860, 620).boundedTo(parent.window().size()))

    def _build(self) -> None:
        self.contents.setAccessibleName(tr("Contents of the help"))
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setProperty("onpanel", True)
        self.contents.setProperty("ringed", True)
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side = Ground("panel", self, lines="r")
        self.side.setFixedWidth(_SIDE)
        left = QVBoxLayout(self.side)
        left.setContentsMargins(12, 12, 12, 8)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        head.addStretch(1)
        head.addWidget(self.print_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(Divider(self))
        right.addWidget(self.notice)
        right.addWidget(self.reader, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._open_current)
        self.contents.itemClicked.connect(lambda _item: self._open_current())
        self.contents.itemActivated.connect(lambda _item: self._open_current())
        self.reader.place_wanted.connect(self.open_place)
        self.reader.copied.connect(self._on_copied)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.print_button.clicked.connect(self._print)
        for key, button in (("Alt+Left", self.back), ("Alt+Right", self.forward), ("Ctrl+P", self.print_button)):
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        for key in ("Ctrl+F", "/"):
            QShortcut(QKeySequence(key), self).activated.connect(self.search.setFocus)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.open_place(START))

    # --- what is shown ------------------------------------------------------------------------------------------------

    @Slot(str)
    def open_place(self, place: str) -> None:
        """Show a place and remember the way."""
        self.trail.go(place)
        self._show(place)

    def _step(self, by: int) -> None:
        self._show(self.trail.step(by))

    def _show(self, place: str) -> None:
        self.notice.clear()
        self.reader.show_place(place)
        self.back.setEnabled(self.trail.can_step(-1))
        self.forward.setEnabled(self.trail.can_step(1))
        page = self.reader.page()
        if page is not None and page.language != language.code():
            self.notice.show_sentence(Status.NEUTRAL, tr("This page is there in English only so far."))
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if page is not None and not self.search.text().strip() and item.data(_PLACE).partition("#")[0] == page.id:
                self.contents.setCurrentItem(item)

    def _list_contents(self) -> None:
        self.contents.clear()
        for page in self.book.pages():
            self._add(page.title, page.sections[0].place)

    def _add(self, text: str, place: str) -> None:
        item = QListWidgetItem(text, self.contents)
        item.setData(_PLACE, place)
        if "\n" not in text:
            item.setSizeHint(QSize(_SIDE // 2, theme.row_height(28)))

    @Slot(str)
    def _on_search(self, text: str) -> None:
        if not text.strip():
            self._list_contents()
            return
        hits = self.book.search(text)
        self.contents.clear()
        for hit in hits:
            page = self.book.page(hit.section.page)
            where = f" ({page.title})" if page is not None and page.title != hit.section.title else ""
            self._add(f"{hit.section.title}{where}\n{hit.about}", hit.section.place)
        if hits:
            self.contents.setCurrentRow(0)
        else:
            self._add(tr("Nothing found. Try fewer or other words."), "")

    @Slot()
    def _open_current(self) -> None:
        item = self.contents.currentItem()
        if item is not None and item.data(_PLACE):
            self.open_place(item.data(_PLACE))

    @Slot(str)
    def _on_copied(self, address: str) -> None:
        words = tr("Copied {address}. The program opens no addresses itself.", address=address)
        self.notice.show_sentence(Status.NEUTRAL, words)

    @Slot()
    def _print(self) -> None:
        print_document(self.reader.document().clone(self), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(_SIDE if self.width() >= _NARROW_BELOW else 170)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("surface"))


def show_help(over: QWidget, place: str) -> HelpWindow:
    """Open the help over a window, or bring the one that is open there to the front."""
    found = over.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    window = found or HelpWindow(over)
    window.open_place(place)
    window.show()
    window.raise_()
    window.activateWindow()
    window.typed_ahead.listen()
    window.reader.setFocus(Qt.FocusReason.OtherFocusReason)
    return window
