"""Parts of the detail panel: facts, lines asked and granted, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.authorization import AuthorizationLine
from tracker.domain.authorization_moves import WORDS
from tracker.domain.language import tr
from tracker.services.authorizations.request_facts import asked_where
from tracker.services.words.wording import targets_text
from tracker.ui import theme
from tracker.ui.theme.glyphs import Glyph
from tracker.ui.theme.status import Status
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marks import Divider, StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.worklist.work_words import STATUS, entry_head, entry_rest, entry_when

if TYPE_CHECKING:
    from tracker.domain.authorization_request import AskedLine, AuthorizationRecord, LogEntry

MOST_ENTRIES = 12
_WHEN = 92


@dataclass(frozen=True, slots=True)
class LineView:
    """One code: where, how much was asked, and what became of it."""

    code: str
    place: str
    asked: str
    decision: str
    status: Status
    glyph: Glyph


def line_views(record: AuthorizationRecord) -> Iterator[LineView]:
    """Yield each code asked for beside its answer, then what was granted and not asked for."""
    left = list(record.authorization.lines)
    for asked in record.request.asked:
        found = next((line for line in left if line.code == asked.code and line.targets == asked.targets), None)
        found = found or next((line for line in left if line.code == asked.code), None)
        if found is not None:
            left.remove(found)
        yield _view(asked, found, record)
    for line in left:
        yield _view(None, line, record)


def _view(asked: AskedLine | None, line: AuthorizationLine | None, record: AuthorizationRecord) -> LineView:
    code = asked.code if asked else line.code if line else ""
    targets = line.targets if line and record.status.grants else asked.targets if asked else ()
    place = targets_text(targets) or asked_where(record.request)
    units = str(asked.units) if asked else "–"
    if line is None or not record.status.grants:
        status, glyph = STATUS[record.status]
        return LineView(code, place, units, tr(WORDS[record.status]), status, glyph)
    if line.denied:
        return LineView(code, place, units, tr("Denied"), Status.NO, Glyph.OCTAGON)
    granted = tr("no limit") if line.units is None else tr("{units} granted", units=line.units)
    return LineView(code, place, units, granted, Status.OK, Glyph.TICK_DISC)


class LineTable(QWidget):
    """Code, level and side, units asked, decision: request and answer side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(15, 0, 16, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        heads = ((tr("Code"), 0), (tr("Level and side"), 1), (tr("Asked"), 2), (tr("Decision"), 3))
        for text, column in heads:
            label = PlainLabel(text, "caption_strong", "ink3", self)
            self._grid.addWidget(label, 0, column, _side(column))
        self._rows: list[tuple[PlainLabel, PlainLabel, PlainLabel, StatusLabel]] = []

    def show_lines(self, views: Iterable[LineView]) -> None:
        shown = tuple(views)
        while len(self._rows) < len(shown):
            self._add_row()
        for place, widgets in enumerate(self._rows):
            for widget in widgets:
                widget.setVisible(place < len(shown))
            if place < len(shown):
                view, (code, where, asked, decision) = shown[place], widgets
                code.setText(view.code)
                where.setText(view.place or tr("any"))
                asked.setText(view.asked)
                decision.show_status(view.status, view.decision, view.glyph)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return what stands in the rows, cell by cell."""
        return tuple(tuple(cell.text() for cell in row) for row in self._rows if not row[0].isHidden())

    def _add_row(self) -> None:
        row = len(self._rows) + 1
        labels = (
            PlainLabel("", "strong", parent=self),
            PlainLabel("", "body", parent=self, wrap=True),  # a side is never cut
            PlainLabel("", "body", parent=self),
        )
        decision = StatusLabel(parent=self, tinted=False)
        for column, widget in enumerate((*labels, decision)):
            if column == 1:
                self._grid.addWidget(widget, row, column)
            else:
                self._grid.addWidget(widget, row, column, _side(column))
        self._rows.append((*labels, decision))


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft


class LogRows(QWidget):
    """What was said and done, the latest on top; the labels are kept and filled anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(15, 0, 16, 8)
        self._column.setSpacing(8)
        self._rows: list[_LogRow] = []
        self._earlier = PlainLabel("", "caption", "ink3", self)
        self._column.addWidget(self._earlier)
        self._earlier.hide()

    def show_log(self, entries: Iterable[LogEntry]) -> None:
        log = sorted(entries, key=lambda entry: entry.at)[::-1]
        shown = log[:MOST_ENTRIES]
        while len(self._rows) < len(shown):
            self._rows.append(_LogRow(self))
            self._column.insertWidget(len(self._rows) - 1, self._rows[-1])
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_entry(shown[place])
        self._earlier.setText(tr("and {n} earlier", n=len(log) - len(shown)))
        self._earlier.setVisible(len(log) > len(shown))

    def texts(self) -> tuple[str, ...]:
        """Return the entries as they stand."""
        return tuple(row.text() for row in self._rows if not row.isHidden())


class _LogRow(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._when = PlainLabel("", "caption", "ink3", self)
        self._what = PlainLabel("", "body", parent=self, wrap=True)
        self._rest = PlainLabel("", "caption", "ink2", self, wrap=True)
        self._by = PlainLabel("", "caption", "ink3", self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._rest)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._when, 0, top)
        row.addLayout(words, 1)
        row.addWidget(self._by, 0, top)

    def show_entry(self, entry: LogEntry) -> None:
        self._when.setFixedWidth(theme.scaled(_WHEN))
        self._when.setText(entry_when(entry))
        self._what.setText(entry_head(entry))
        self._rest.setText(entry_rest(entry))
        self._rest.setVisible(bool(entry_rest(entry)))
        self._by.setText(entry.by)

    def text(self) -> str:
        return f"{self._what.text()} {self._rest.text()}".strip()


class FactLines(QWidget):
    """Lines of text, wrapped where they must be; empty ones take no room."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 0, 16, 8)
        column.setSpacing(2)
        self._labels = [PlainLabel("", "body", "ink2", self, wrap=True, selectable=True) for _ in range(count)]
        for label in self._labels:
            column.addWidget(label)

    def show_lines(self, lines: Iterable[str | tuple[str, str]]) -> None:
        """Show these lines; a pair carries its tone."""
        shown = [line if isinstance(line, tuple) else (line, "ink2") for line in lines if line and line[0]]
        for place, label in enumerate(self._labels):
            text, tone = shown[place] if place < len(shown) else ("", "ink2")
            label.setText(text)
            label.set_tone(tone)
            label.setVisible(bool(text))
        self.setVisible(bool(shown))

    def text(self) -> str:
        return " ".join(label.text() for label in self._labels if label.text())


class Part(QWidget):
    """A titled part of the panel, parted by a line from what stands above."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading(title, "heading", parent=self)
        self.beside = PlainLabel("", "body", "ink3", self, elide=True)
        head = QHBoxLayout()
        head.setContentsMargins(15, 8, 16, 6)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(self, tone="line"))
        column.addLayout(head)
        column.addWidget(content)
