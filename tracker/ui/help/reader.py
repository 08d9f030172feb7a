"""Shows one page of the help: our own Markdown in our own type, with places to jump to; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.help.book import HelpBook, HelpPage

_HEADS: tuple[theme.Role, ...] = ("title", "subtitle", "heading")


class HelpReader(QTextBrowser):
    """`place_wanted` carries the place of a link, `copied` the address of one that leads out of the program."""

    place_wanted = Signal(str)
    copied = Signal(str)

    def __init__(self, book: HelpBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._page: HelpPage | None = None
        self.setAccessibleName(tr("Help"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._on_link)
        theme.current().changed.connect(self._dress)

    def loadResource(self, _kind: int, _url: QUrl | str) -> None:
        """Fetch nothing: a page is what its text says."""

    def page(self) -> HelpPage | None:
        return self._page

    def show_place(self, place: str) -> None:
        """Show a page from one of its headings on."""
        page_id, _, anchor = place.partition("#")
        page = self._book.page(page_id)
        if page is None:
            return
        if page is not self._page:
            self._page = page
            self.setDocumentTitle(page.title)
            self._dress()
        if page.sections[0].anchor == anchor or not anchor:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)
        else:
            self.scrollToAnchor(anchor)

    @Slot()
    def _dress(self) -> None:
        if self._page is not None:
            write_page(self.document(), self._page)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        if url.scheme():
            QGuiApplication.clipboard().setText(url.toString())
            self.copied.emit(url.toString())
        elif self._page is not None and (place := self._book.resolve(url.toString(), self._page.id)):
            self.place_wanted.emit(place)


def write_page(document: QTextDocument, page: HelpPage) -> None:
    """Set the page in our type and mark its headings as places."""
    document.setDefaultFont(theme.font("body"))
    document.setMarkdown(page.markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    block, places = document.begin(), (section.anchor for section in page.sections)
    while block.isValid():
        _dress_block(block, places)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress_block(block: QTextBlock, places: Iterator[str]) -> None:
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    spacing = QTextBlockFormat()
    if level:
        spacing.setTopMargin(18 if level > 1 else 0)
        spacing.setBottomMargin(6)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        shape = QTextCharFormat()
        shape.setFont(QFont(theme.font(_HEADS[min(level, 3) - 1])))
        shape.setAnchor(True)
        shape.setAnchorNames([next(places)])
        cursor.mergeCharFormat(shape)
    elif block.textList() is None:
        spacing.setBottomMargin(8)
    else:
        spacing.setBottomMargin(3)
    spacing.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    QTextCursor(block).mergeBlockFormat(spacing)


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setCellPadding(4)
    shape.setCellSpacing(0)
    shape.setBorder(0)
    table.setFormat(shape)
    line = QTextTableCellFormat()
    line.setBottomBorder(1)
    line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    line.setBottomBorderBrush(theme.color("line2"))
    line.setPadding(4)
    for row in range(table.rows()):
        for column in range(table.columns()):
            table.cellAt(row, column).setFormat(line)
