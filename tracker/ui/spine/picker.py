"""The picker: one part of the spine, its places as buttons, moved through by keys as one stop of the Tab key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.anatomy import Level, Side, Target
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.site_marks import SpineMarks
from tracker.ui.spine import bones, picture
from tracker.ui.spine.rows import View, part_of, view
from tracker.ui.spine.site_button import MARGIN, SiteButton

MINI = 84
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class SpinePicker(QWidget):
    """`changed` carries the chosen Sites after a key or a click, `current_changed` the place that the keys are on."""

    changed = Signal(object)
    current_changed = Signal(object)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Levels on the spine")
        self._chosen: dict[Target, None] = {}
        self._marks = SpineMarks()
        self._typed = ""
        self._tight = False
        self._buttons: dict[Target, SiteButton] = {}
        self._current: Target | None = None
        self._view = view("L", TargetKind.FACET)
        self._show_view(self._view)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def view(self) -> View:
        return self._view

    def set_kind(self, kind: TargetKind) -> None:
        """Show the places of another kind of procedure; what was chosen and does not fit is dropped."""
        if kind is not self._view.kind:
            part = "L" if kind in (TargetKind.SI, TargetKind.CAUDAL) else self._view.part
            self._show_view(view(part, kind, tight=self._tight))

    def set_part(self, part: str) -> None:
        """Turn to the cervical (C), thoracic (T) or lumbar (L) part."""
        if part != self._view.part and self._view.kind not in (TargetKind.SI, TargetKind.CAUDAL):
            self._show_view(view(part, self._view.kind, tight=self._tight))

    def set_tight(self, tight: bool) -> None:
        """Put the rows closer together where there is little height."""
        if tight != self._tight:
            self._tight = tight
            self._show_view(view(self._view.part, self._view.kind, tight=tight))

    def set_sites(self, sites: Sites) -> None:
        """Show what was typed; says nothing."""
        chosen = {Target(t.level, side): None for t in sites.targets for side in (t.side.single_sides or {t.side})}
        if chosen == self._chosen:
            return
        self._chosen = chosen
        if chosen:
            self.set_part(part_of(next(iter(chosen)).level))
            self._current = next((target for target in chosen if self._can(target)), self._current)
        self._paint_choice()

    def set_marks(self, marks: SpineMarks) -> None:
        self._marks = marks
        for target, button in self._buttons.items():
            button.show_mark(marks.mark(target))
        self.update()
        self.current_changed.emit(self._current)

    def sites(self) -> Sites:
        """Return the choice, left and right of one level joined."""
        sides: dict[Level, set[Side]] = {}
        for target in self._chosen:
            sides.setdefault(target.level, set()).add(target.side)
        return Sites(tuple(sorted(Target(level, _joined(found)) for level, found in sides.items())))

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
        self._chosen = {
            target: None for target in self._chosen if part_of(target.level) != shown.part or self._can(target)
        }
        self._current = next((target for target in self._buttons if self._can(target)), None)
        self.setFixedSize(MINI + 352, int(shown.height) + 8)
        self._paint_choice()
        self.current_changed.emit(self._current)
        self.view_changed.emit()

    def _make_button(self, target: Target) -> SiteButton:
        button = SiteButton(target, self)
        button.setEnabled(self._view.enabled(target))
        box = self._view.button_box(target).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).translated(MINI, 0)
        button.setGeometry(box.toRect())
        button.show_mark(self._marks.mark(target))
        button.clicked.connect(self._on_button_clicked)
        button.installEventFilter(self)
        button.show()
        return button

    def _can(self, target: Target) -> bool:
        button = self._buttons.get(target)
        return button is not None and button.isEnabled()

    def _paint_choice(self) -> None:
        for target, button in self._buttons.items():
            button.setChecked(target in self._chosen)
        self.update()

    # --- choosing -----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_button_clicked(self) -> None:
        if isinstance(button := self.sender(), SiteButton):
            self._current = button.target
            self._toggle([button.target])
            self.current_changed.emit(self._current)

    def _toggle(self, targets: Iterable[Target]) -> None:
        for target in targets:
            if not self._can(target):
                continue
            if target in self._chosen:
                del self._chosen[target]
            else:
                self._chosen[target] = None
        self._tell()

    def _choose(self, targets: Iterable[Target]) -> None:
        self._chosen |= {target: None for target in targets if self._can(target)}
        self._tell()

    def _tell(self) -> None:
        self._paint_choice()
        self.changed.emit(self.sites())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act(event) and not self._jump(event.text()):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        here = self._current
        if here is None or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._move(self._beside(here, -1 if event.key() == Qt.Key.Key_Up else 1), extend)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                side = Side.LEFT if event.key() == Qt.Key.Key_Left else Side.RIGHT
                self._move(Target(here.level, side), extend)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                ends = [target for target in self._buttons if self._can(target) and target.side is here.side]
                self._move(ends[0 if event.key() == Qt.Key.Key_Home else -1], extend)
            case Qt.Key.Key_Space:
                self._toggle([here])
            case Qt.Key.Key_B:
                self._choose(Target(here.level, side) for side in _OTHER)
            case Qt.Key.Key_M:
                self._choose([Target(t.level, _OTHER[t.side]) for t in self._chosen if t.side in _OTHER])
            case Qt.Key.Key_C:
                self._toggle(list(self._chosen))
            case Qt.Key.Key_BracketLeft | Qt.Key.Key_BracketRight:
                self._turn(-1 if event.key() == Qt.Key.Key_BracketLeft else 1)
            case _:
                return False
        return True

    def _beside(self, here: Target, step: int) -> Target:
        column = [target for target in self._buttons if self._can(target) and target.side is here.side]
        place = column.index(here) + step if here in column else 0
        return column[max(0, min(place, len(column) - 1))] if column else here

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
        parts = "CTL"
        self.set_part(parts[max(0, min(parts.index(self._view.part) + step, 2))])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _jump(self, text: str) -> bool:
        """Go to the level whose name ends in the digits typed: 45 is L4-5."""
        if not text.isdigit() or self._current is None:
            return False
        self._typed = (self._typed + text)[-4:]
        for length in range(len(self._typed), 1, -1):
            for target in self._buttons:
                figures = "".join(char for char in target.level.name if char.isdigit())
                if figures == self._typed[-length:] and target.side is self._current.side and self._can(target):
                    self._move(target, False)
                    return True
        return True

    # --- focus and paint ----------------------------------------------------------------------------------------------

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if at.x() < MINI:
            share = at.y() / max(1.0, float(self.height()))
            self.set_part("C" if share < 0.3 else "T" if share < 0.68 else "L")
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        states = {target: button.state() for target, button in self._buttons.items()}
        states |= dict.fromkeys(self._chosen, "chosen")
        bones.paint_whole(painter, QRectF(24, 6, 38, self.height() - 12), self._view.part, states)
        painter.translate(MINI, 0)
        picture.paint(painter, self._view, frozenset(self._chosen), self._marks.full)


def _joined(sides: set[Side]) -> Side:
    return Side.BOTH if {Side.LEFT, Side.RIGHT} <= sides else next(iter(sides))
