"""The palette: one field, one list of patients and commands, one key from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from tracker.domain.folding import folded
from tracker.domain.language import tr
from tracker.ui import theme
from tracker.ui.actions import ActionRegistry
from tracker.ui.announcing import announce
from tracker.ui.commands.finder import Finder
from tracker.ui.commands.line_delegate import LineDelegate, height_of
from tracker.ui.commands.line_model import LineModel
from tracker.ui.commands.palette_field import HEIGHT, PaletteField
from tracker.ui.commands.ranking import fit_of
from tracker.ui.commands.rows import Line, command_lines, patient_lines
from tracker.ui.find.searcher import Found
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from tracker.ui.pages.page import PageContext

WIDTH, TOP, FOOT = 720, 84, 36
_EDGE = 16
_HINTS = (("Enter", tr("open or do")), ("Ctrl+Enter", tr("check and book")), ("Ctrl+Shift+A", tr("new request")))
_NOTHING = tr("No patient and no command fits. Esc, then Ctrl+Shift+N adds a patient.")
_CLOSE = (("Esc", tr("close")),)


class Palette(QDialog):
    """`act_wanted` carries an act's id, the others a patient's id; the palette closes before they come."""

    help_place = "palette#find-patient-or-command"

    act_wanted = Signal(str)
    patient_wanted = Signal(str)
    check_wanted = Signal(str)
    request_wanted = Signal(str)

    def __init__(
        self, context: PageContext, registry: ActionRegistry, recent: Sequence[str], parent: QWidget, typed: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr("Find patient or command"))
        self.setModal(True)
        TypedAhead(self)
        self._registry, self._recent = registry, tuple(recent)
        self._found = Found("", (), ())
        self._waiting: list[Callable[[], None]] = []
        self._unanswered = False
        self._moved = False
        self.finder = Finder(context, self)
        self.field = PaletteField(self)
        self.model = LineModel(self)
        self.list = QListView(self)
        self._build()
        self._connect()
        self.field.setText(typed)
        self._show_lines()

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setAccessibleName(tr("Patients and commands"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        foot = Ground("panel", self, lines="t")
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(KeyHints(_HINTS, foot))
        row.addStretch(1)
        row.addWidget(KeyHints(_CLOSE, foot))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self.field, Divider(self), self.list, foot):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_text_changed)
        self.field.moved.connect(self.step)
        self.field.entered.connect(self._on_enter)
        self.list.clicked.connect(self._on_clicked)
        self.finder.found.connect(self._on_found)
        self.finder.failed.connect(self._on_failed)
        self.finder.fact.connect(self.model.put_fact)
        QShortcut(QKeySequence("Ctrl+Shift+A"), self).activated.connect(self._on_request)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._show_help)

    # --- what is shown ------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._waiting.clear()
        self._moved = False
        self._unanswered = bool(text.strip())
        self.finder.search(text)
        self._show_lines()

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._found = found
        self._unanswered = False
        self._show_lines()
        self.finder.ask_facts(line.id for line in self.model.lines() if line.patient)
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            if self.isVisible():
                act()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        """Commands can be found without the clinic's file; nobody is shown rather than the wrong one."""
        self._found = Found("", (), ())
        self._unanswered = False
        self._waiting.clear()
        self._show_lines()

    def _show_lines(self) -> None:
        before = self.current() if self._moved else None
        typed = self.field.text()
        lines = self._people(typed) + command_lines(self._registry, typed, self._recent)
        if not lines and self.finder.is_answered(typed):
            lines = (Line(_NOTHING),)
            announce(self.list, _NOTHING)
        self.model.show_lines(_commands_before_alike(typed, lines))
        self._choose(before)
        self._place()

    def _people(self, typed: str) -> tuple[Line, ...]:
        """Return who was found; until the newest letters are answered, those found before that still fit."""
        found = self._found
        if not typed.strip() or not typed.strip().casefold().startswith(found.text.casefold()) or not found.text:
            return ()
        if found.text == typed.strip():
            return patient_lines(typed, found.hits, found.alike)
        wanted = folded(typed).replace(",", " ").split()
        return patient_lines(typed, (hit for hit in found.hits if fit_of(wanted, hit.patient.name)), ())

    def _choose(self, before: Line | None) -> None:
        lines = self.model.lines()
        places = [row for row, line in enumerate(lines) if not line.heading]
        kept = next((row for row in places if before is not None and lines[row].id == before.id), None)
        row = kept if kept is not None else places[0] if places else -1
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def _place(self) -> None:
        """Stand below the menu row of the window, as high as the lines need."""
        home = self.parentWidget()
        if home is None:
            return
        width = min(WIDTH, home.width() - 2 * _EDGE)
        top = TOP if home.height() > 500 else 8
        lines = sum(height_of(line) for line in self.model.lines())
        most = home.height() - top - 40
        height = min(most, HEIGHT + 1 + max(lines, 36) + FOOT + 2)
        corner = home.mapToGlobal(home.rect().topLeft())
        self.setGeometry(corner.x() + (home.width() - width) // 2, corner.y() + top, width, height)

    # --- what is done -------------------------------------------------------------------------------------------------

    def current(self) -> Line | None:
        """Return the marked line."""
        index = self.list.currentIndex()
        return self.model.lines()[index.row()] if index.isValid() else None

    def _when_answered(self, act: Callable[[], None]) -> None:
        """What is typed before the patients come waits for them, in order, so that nothing unseen is done."""
        if self._unanswered:
            self._waiting.append(act)
        else:
            act()

    @Slot(int)
    def step(self, by: int) -> None:
        """Move the marker over the lines that can be chosen; it stays at both ends."""
        self._when_answered(partial(self._step, by))

    def _step(self, by: int) -> None:
        lines = self.model.lines()
        places = [row for row, line in enumerate(lines) if not line.heading]
        if not places:
            return
        here = self.list.currentIndex().row()
        at = places.index(here) if here in places else 0
        row = places[max(0, min(len(places) - 1, at + by))]
        self._moved = True
        self.list.setCurrentIndex(self.model.index(row))
        announce(self.list, lines[row].spoken())

    @Slot(bool)
    def _on_enter(self, checking: bool) -> None:
        self._when_answered(partial(self._do_current, checking))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._do_current(False)

    @Slot()
    def _on_request(self) -> None:
        self._when_answered(self._request_current)

    def _request_current(self) -> None:
        line = self.current()
        if line is not None and line.patient:
            self.accept()
            self.request_wanted.emit(line.id)

    @Slot()
    def _show_help(self) -> None:
        from tracker.ui.help.help_window import show_help

        show_help(self, self.help_place)

    def _do_current(self, checking: bool) -> None:
        line = self.current()
        if line is None or not line.possible:
            return
        self.accept()
        if not line.patient:
            self.act_wanted.emit(line.id)
        elif checking:
            self.check_wanted.emit(line.id)
        else:
            self.patient_wanted.emit(line.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("raised"))
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _commands_before_alike(typed: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Put a command that is meant above people who are only spelt much alike."""
    heads = [row for row, line in enumerate(lines) if line.heading]
    alike = next((row for row in heads if lines[row].text == tr("Did you mean")), -1)
    commands = next((row for row in heads if lines[row].text == tr("Commands")), -1)
    if alike < 0 or commands < alike or not lines[commands + 1].spans or not typed.strip():
        return lines
    return (*lines[:alike], *lines[commands:], *lines[alike:commands])
