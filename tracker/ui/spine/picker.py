"""The picker: one part of the spine, its places as buttons, moved through by keys as one stop of the Tab key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.anatomy import Target
from tracker.domain.language import tr
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.answers.site_marks import SpineMarks
from tracker.ui.spine import moves, picture
from tracker.ui.spine.choice import OTHER, SiteChoice
from tracker.ui.spine.heat import NONE, HeatMode
from tracker.ui.spine.mini_spine import WIDTH as MINI
from tracker.ui.spine.mini_spine import MiniSpine
from tracker.ui.spine.moves import TypedLevel
from tracker.ui.spine.rows import USUAL, Layout, View, part_of, view
from tracker.ui.spine.site_button import MARGIN, SiteButton
from tracker.ui.widgets.tab_chain import chain

_BESIDE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ONE_PART = (TargetKind.SI, TargetKind.CAUDAL)


class SpinePicker(QWidget):
    """`changed` carries the chosen Sites after a key or a click, `current_changed` the place that the keys are on.

    `pointed` carries the button that the pointer is on, None when it leaves; `heat_changed` the new HeatMode.
    """

    changed = Signal(object)
    current_changed = Signal(object)
    pointed = Signal(object)
    heat_changed = Signal(object)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Levels on the spine"))
        self._chosen = SiteChoice()
        self._marks = SpineMarks()
        self._mode = HeatMode.WINDOW
        self._typed = TypedLevel()
        self._layout = USUAL
        self._buttons: dict[Target, SiteButton] = {}
        self._current: Target | None = None
        self._view = view("L", TargetKind.FACET)
        self.mini = MiniSpine(self)
        self.mini.part_wanted.connect(self.set_part)
        self._show_view(self._view)

    def view(self) -> View:
        return self._view

    def heat_mode(self) -> HeatMode:
        return self._mode

    def set_kind(self, kind: TargetKind) -> None:
        """Show the places of another kind of procedure; what was chosen and does not fit is dropped."""
        if kind is not self._view.kind:
            self._show_view(view("L" if kind in _ONE_PART else self._view.part, kind, self._layout))

    @Slot(str)
    def set_part(self, part: str) -> None:
        """Turn to the cervical (C), thoracic (T) or lumbar (L) part."""
        if part != self._view.part and self._view.kind not in _ONE_PART:
            self._show_view(view(part, self._view.kind, self._layout))

    def set_layout(self, layout: Layout) -> None:
        """Lay the rows out another way: closer, with sides exchanged, with the joints above C2-3."""
        if layout != self._layout:
            self._layout = layout
            self._show_view(view(self._view.part, self._view.kind, layout))

    def set_sites(self, sites: Sites) -> None:
        """Show what was typed; says nothing."""
        if not self._chosen.take(sites):
            return
        chosen = self._chosen.in_order()
        if chosen:
            self.set_part(part_of(chosen[0].level))
            self._current = next((target for target in chosen if self._can(target)), self._current)
        self._paint_choice()

    def set_marks(self, marks: SpineMarks) -> None:
        self._marks = marks
        for target, button in self._buttons.items():
            button.show_mark(marks.mark(target))
        self._show_heat()
        self.current_changed.emit(self._current)

    def set_heat_mode(self, mode: HeatMode) -> None:
        """Show the history another way."""
        self._mode = mode
        self._show_heat()
        self.heat_changed.emit(mode)
        self.current_changed.emit(self._current)

    def _show_heat(self) -> None:
        for target, button in self._buttons.items():
            button.show_heat(self._mode, self._marks.heat.get(target, NONE))
        self.mini.show_heat(self._marks.heat, self._mode)
        self._paint_choice()

    def sites(self) -> Sites:
        """Return the choice, left and right of one level joined."""
        return self._chosen.sites()

    def current(self) -> SiteButton | None:
        return self._buttons.get(self._current) if self._current else None

    def button(self, target: Target) -> SiteButton:
        return self._buttons[target]

    def _show_view(self, shown: View) -> None:
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._view = shown
        self._buttons = {target: self._make_button(target) for target in shown.targets()}
        chain(self, *self._buttons.values())  # new ones stand behind all others of the window
        self._chosen.keep(lambda target: part_of(target.level) != shown.part or self._can(target))
        if self._current is None or not self._can(self._current):
            self._current = moves.first_of(self._places(), self._current)
        self.setFixedSize(MINI + 352, int(shown.height) + 8)
        self.mini.setGeometry(0, 0, MINI, self.height())
        self._paint_choice()
        self.current_changed.emit(self._current)
        self.view_changed.emit()

    def _make_button(self, target: Target) -> SiteButton:
        button = SiteButton(target, self)
        button.setEnabled(self._view.enabled(target))
        box = self._view.button_box(target).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).translated(MINI, 0)
        button.setGeometry(box.toRect())
        button.show_mark(self._marks.mark(target))
        button.show_heat(self._mode, self._marks.heat.get(target, NONE))
        button.clicked.connect(self._on_button_clicked)
        button.pointed.connect(self.pointed)
        button.installEventFilter(self)
        button.show()
        return button

    def _places(self) -> list[Target]:
        return [target for target, button in self._buttons.items() if button.isEnabled()]

    def _can(self, target: Target) -> bool:
        button = self._buttons.get(target)
        return button is not None and button.isEnabled()

    def _paint_choice(self) -> None:
        for target, button in self._buttons.items():
            button.setChecked(target in self._chosen)
        states = {target: button.state() for target, button in self._buttons.items()}
        self.mini.show_part(self._view.part, states | dict.fromkeys(self._chosen.places(), "chosen"), self._layout)
        self.update()

    @Slot()
    def _on_button_clicked(self) -> None:
        if isinstance(button := self.sender(), SiteButton):
            self._current = button.target
            self._toggle([button.target])
            self.current_changed.emit(self._current)

    def _toggle(self, targets: Iterable[Target]) -> None:
        self._chosen.toggle([target for target in targets if self._can(target) or target in self._chosen])
        self._tell()

    def _choose(self, targets: Iterable[Target]) -> None:
        self._chosen.add([target for target in targets if self._can(target)])
        self._tell()

    def _tell(self) -> None:
        self._paint_choice()
        self.changed.emit(self.sites())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act(event) and not self._jump(event.text()):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        here = self._current
        if here is None or event.modifiers() & ~_BESIDE:
            return False
        extend, places = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier), self._places()
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._move(moves.beside(places, here, -1 if event.key() == Qt.Key.Key_Up else 1), extend)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                side = self._view.side_at(-1 if event.key() == Qt.Key.Key_Left else 1)
                self._move(Target(here.level, side), extend)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self._move(moves.end_of(places, here, last=event.key() == Qt.Key.Key_End), extend)
            case Qt.Key.Key_Space:
                self._toggle([here])
            case Qt.Key.Key_B:
                self._choose(Target(here.level, side) for side in OTHER)
            case Qt.Key.Key_M:
                self._choose(self._chosen.mirrored())
            case Qt.Key.Key_C:
                self._toggle(self._chosen.in_order())
            case Qt.Key.Key_H:
                self.set_heat_mode(self._mode.next)
            case Qt.Key.Key_BracketLeft | Qt.Key.Key_BracketRight:
                self._turn(-1 if event.key() == Qt.Key.Key_BracketLeft else 1)
            case _:
                return False
        return True

    def _move(self, target: Target, extend: bool) -> None:
        if not self._can(target):
            return
        if extend and self._current is not None:
            self._choose([self._current, target])
        self._current = target
        if self.hasFocus() or self.isAncestorOf(self.focusWidget() or self):
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)
        self.current_changed.emit(target)
        self.update()

    def _turn(self, step: int) -> None:
        self.set_part("CTL"[max(0, min("CTL".index(self._view.part) + step, 2))])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _jump(self, text: str) -> bool:
        """Go to the level that is typed: 45, l45."""
        if part := self._typed.letter(text):
            if part != self._view.part:
                self.set_part(part)
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if not text.isdigit() or self._current is None:
            return False
        if (found := self._typed.add(text, self._places(), self._current)) is not None:
            self._move(found, False)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is not None:
            self._buttons[self._current].setFocus(event.reason())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return False
            return self._act(event) or self._jump(event.text())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(MINI, 0)
        picture.paint(painter, self._view, self._chosen.places(), self._marks.full, self._marks.nearly)
