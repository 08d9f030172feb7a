"""The codes of a request or of an approval, a row each: code, units, levels and sides, and what the payer said."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tracker.domain.anatomy import Target
from tracker.domain.authorization import AuthorizationLine
from tracker.domain.authorization_request import AskedLine
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.procedure import Approach, Sites, TargetKind
from tracker.ui.widgets.fields import ErrorRow, LineField
from tracker.ui.widgets.level_field import LevelField
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.scaled_width import ScaledWidth
from tracker.ui.widgets.segments import Segments

_CODE_WIDTH, _UNITS_WIDTH = 84, 56
MOST_UNITS = 999


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one line; `used` and `granted` where the payer has answered."""

    code: LineField
    units: LineField
    levels: LevelField
    used: LineField | None = None
    granted: Segments | None = None


class LineEditor(QWidget):
    """An empty row stands below the last one; a row whose code is emptied is left out. `grown` comes with a new row,
    `touched` when something was typed.

    What is wrong with a field is said below the rows.
    """

    grown = Signal()
    touched = Signal()

    def __init__(self, kind: TargetKind, approach: Approach | None, decided: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind, self._approach, self._decided = kind, approach, decided
        self._add_ons: frozenset[str] = frozenset()
        self.rows: list[Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        heads = (tr("Code"), tr("Units"), tr("Level and side"))
        for column, words in enumerate((*heads, tr("Used"), tr("Approved")) if decided else heads):
            self._grid.addWidget(PlainLabel(words, "caption_strong", "ink3", self), 0, column)
        self.wrong = ErrorRow(self)

    def show_asked(self, lines: tuple[AskedLine, ...]) -> None:
        self._add_ons = frozenset(line.code for line in lines if line.add_on)
        for line in lines:
            self._fill(self._add_row(), line.code, str(line.units), line.targets)
        self._add_row()

    def show_granted(self, lines: tuple[AuthorizationLine, ...]) -> None:
        for line in lines:
            row = self._add_row()
            self._fill(row, line.code, "" if line.units is None else str(line.units), line.targets)
            if row.used is not None and row.granted is not None:
                row.used.setText(str(line.used) if line.used else "")
                row.granted.set_value(not line.denied)
        self._add_row()

    def asked(self) -> tuple[AskedLine, ...]:
        """Return the lines as they are typed. Raises InvalidEntryError."""
        return tuple(
            AskedLine(
                code, _number(row.units, code) or 1, (row.levels.sites() or Sites()).targets, code in self._add_ons
            )
            for code, row in self._filled()
        )

    def granted(self) -> tuple[AuthorizationLine, ...]:
        """Return the lines as they are typed; no units: no limit. Raises InvalidEntryError."""
        return tuple(
            AuthorizationLine(
                code,
                _number(row.units, code),
                (_number(row.used, code) or 0) if row.used else 0,
                _targets(row),
                denied=row.granted is not None and not row.granted.value(),
            )
            for code, row in self._filled()
        )

    def value(self) -> tuple[object, ...]:
        """Return all that stands in the rows, to tell whether something was typed."""
        return tuple(
            (row.code.text(), row.units.text(), row.levels.text(), row.used.text() if row.used else "",
             row.granted.value() if row.granted else None)
            for row in self.rows
            if row.code.text().strip()
        )  # fmt: skip

    def typed(self) -> str:
        """Return all rows as one text, for what is kept of a form that is not saved."""
        filled = [row for row in self.rows if row.code.text().strip()]
        return json.dumps([[_text_of(field) for field in _fields_of(row)] for row in filled], ensure_ascii=False)

    def type_again(self, text: str) -> None:
        """Put the rows of such a text back; one that is none of ours changes nothing."""
        rows = _rows_of(text)
        for place, texts in enumerate(rows):
            row = self.rows[place] if place < len(self.rows) else self._add_row()
            for field, typed in zip(_fields_of(row), texts, strict=False):
                _type_into(field, typed)
        for text_field in (field for row in self.rows[len(rows) :] for field in _fields_of(row)):
            if isinstance(text_field, LineField):
                text_field.clear()
        if self.rows[-1].code.text().strip():
            self._add_row()
        if rows:
            self.grown.emit()

    def fields(self) -> list[QWidget]:
        """Return every field as one reads."""
        return [field for row in self.rows for field in _fields_of(row)]

    def first_wrong(self) -> LineField | None:
        texts = [field for field in self.fields() if isinstance(field, LineField)]
        return next((field for field in texts if field.error()), None)

    def _filled(self) -> list[tuple[str, Row]]:
        """Return the rows that name a code. Raises InvalidEntryError for a code or a level that has no meaning."""
        found = []
        for row in self.rows:
            code = row.code.text().strip().upper()
            if not code:
                continue
            if not (len(code) == 5 and code.isascii() and code.isalnum()):
                _refuse(row.code, tr("“{code}” is no procedure code: it has five characters.", code=code))
            if not row.levels.settle():
                raise InvalidEntryError(row.levels.error(), about="lines")
            found.append((code, row))
        if not found:
            _refuse(self.rows[0].code, tr("Name at least one code."))
        return found

    def chain_focus(self) -> None:
        """Let Tab go as one reads, from the first field to the last."""
        for before, after in itertools.pairwise(self.fields()):
            QWidget.setTabOrder(before, after)

    def _fill(self, row: Row, code: str, units: str, targets: tuple[Target, ...]) -> None:
        row.code.setText(code)
        row.units.setText(units)
        row.levels.set_sites(Sites(targets))

    def _add_row(self) -> Row:
        place = len(self.rows) + 1
        code = LineField("", self, name=tr("Code of line {place}", place=place))
        units = LineField("", self, name=tr("Units of line {place}", place=place))
        levels = LevelField(self, name=tr("Levels of line {place}", place=place))
        levels.set_kind(self._kind, self._approach)
        ScaledWidth(code, _CODE_WIDTH)
        ScaledWidth(units, _UNITS_WIDTH)
        row = Row(code, units, levels)
        if self._decided:
            units.setPlaceholderText(tr("no limit"))
            used = LineField("0", self, name=tr("Units used of line {place}", place=place))
            ScaledWidth(used, _UNITS_WIDTH)
            yes_no = ((True, tr("Yes")), (False, tr("No")))
            row = Row(code, units, levels, used, Segments(yes_no, self, name=tr("Line {place} approved", place=place)))
        for column, field in enumerate(field for field in (code, units, levels, row.used, row.granted) if field):
            self._grid.addWidget(field, place, column)
        code.textEdited.connect(lambda _text: self._on_typed(row))
        for text in (field for field in (code, units, levels, row.used) if field is not None):
            text.textEdited.connect(self.touched)
        if row.granted is not None:
            row.granted.chosen.connect(self.touched)
        for text in (code, units, levels):
            text.textEdited.connect(lambda _text, text=text: text.set_error(None))
            text.error_changed.connect(self.wrong.show_sentence)
        self.rows.append(row)
        self._grid.addWidget(self.wrong, place + 1, 0, 1, -1)
        self.setFocusProxy(self.rows[0].code)
        return row

    def _on_typed(self, row: Row) -> None:
        if row is self.rows[-1] and row.code.text().strip():
            self._add_row()
            self.grown.emit()


def _fields_of(row: Row) -> list[LineField | Segments]:
    fields = (row.code, row.units, row.levels, row.used, row.granted)
    return [field for field in fields if field is not None]


def _text_of(field: LineField | Segments) -> str:
    return field.text() if isinstance(field, LineField) else ("yes" if field.value() else "no")


def _type_into(field: LineField | Segments, text: str) -> None:
    if isinstance(field, LineField):
        field.setText(text)
    else:
        field.set_value(text == "yes")


def _rows_of(text: str) -> list[list[str]]:
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    return [[str(each) for each in row] for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _number(field: LineField, code: str) -> int | None:
    """Return the number in a field, None for an empty one. Raises InvalidEntryError."""
    text = field.text().strip()
    if not text:
        return None
    if not text.isdecimal() or not 0 <= int(text) <= MOST_UNITS:
        _refuse(field, tr("“{text}” units of {code} is no number.", text=text, code=code))
    return int(text)


def _refuse(field: LineField, sentence: str) -> None:
    field.set_error(sentence)
    raise InvalidEntryError(sentence, about="lines")


def _targets(row: Row) -> tuple[Target, ...]:
    sites = row.levels.sites()
    return sites.targets if sites else ()
