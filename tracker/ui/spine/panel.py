"""The panel beside the form: head, the spine, the legend with its keys, and what is known of the current place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.anatomy import THIRD_OCCIPITAL, Target, nerves_of
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.site_marks import SpineMarks
from tracker.ui.spine.picker import SpinePicker
from tracker.ui.theme.status import Status
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider, KeyCap, StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel

WIDTH, TIGHT_WIDTH = 452, 437
_LEGEND = "• used    ! last one    × closed"
_KEYS = (("B", "both"), ("M", "mirror"), ("[ ]", "part"))


class SpinePanel(Ground):
    """`changed` carries the Sites chosen in the picture."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="l")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._tight = False
        self.picker = SpinePicker(self)
        self.title = PlainLabel("", "caption", "ink2", self, elide=True)
        self.full = StatusLabel(Status.NO, "Region full", self)
        self.full.hide()
        self.place = PlainLabel("", "heading", parent=self)
        self.chosen = PlainLabel("", "body", "ink2", self)
        self.nerves = PlainLabel("", "body", "ink2", self)
        self.told = PlainLabel("", "caption", "ink2", self, wrap=True)
        self._build()
        self.picker.changed.connect(self.changed)
        self.picker.changed.connect(self._show_place)
        self.picker.current_changed.connect(self._show_place)
        self._show_place()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._legend())
        column.addWidget(Divider(self))
        column.addLayout(self._detail())
        column.addStretch(1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(8)
        row.addWidget(PlainLabel("Levels", "heading", parent=self))
        row.addWidget(self.title, 1)
        row.addWidget(self.full)
        return row

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(6)
        row.addWidget(PlainLabel(_LEGEND, "caption", "ink3", self), 1)
        for key, words in _KEYS:
            row.addWidget(KeyCap(key, self))
            row.addWidget(PlainLabel(words, "caption", "ink3", self))
        return row

    def _detail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.nerves)
        column.addLayout(row)
        column.addWidget(self.told)
        return column

    def set_tight(self, tight: bool) -> None:
        """Take less room in small windows."""
        self._tight = tight
        self.picker.set_tight(tight)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(TIGHT_WIDTH if self._tight else WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # a window that becomes narrow hides it; until then it must not hold the window open

    def set_kind(self, kind: TargetKind) -> None:
        self.picker.set_kind(kind)
        self._show_place()

    def set_sites(self, sites: Sites) -> None:
        self.picker.set_sites(sites)
        self._show_place()

    def set_marks(self, marks: SpineMarks) -> None:
        self.picker.set_marks(marks)
        self.full.setVisible(bool(marks.full))

    @Slot()
    def _show_place(self) -> None:
        """Tell about the place that the keys are on: its last events, what is used there, when it opens."""
        self.title.setText(self.picker.view().title)
        button = self.picker.current()
        if button is None:
            for label in (self.place, self.chosen, self.nerves, self.told):
                label.setText("")
            return
        target: Target = button.target
        nerves = nerves_of(target.level) if self.picker.view().kind is TargetKind.FACET else ()
        self.place.setText(target.label)
        self.chosen.setText("chosen" if button.isChecked() else "")
        self.nerves.setText(_nerve_words(nerves))
        lines = button.mark.lines if button.mark else ()
        self.told.setText("\n".join((*lines, f"{button.words().capitalize()}.")))


def _nerve_words(nerves: tuple[str, ...]) -> str:
    if nerves == (THIRD_OCCIPITAL,):
        return "third occipital nerve"
    return f"nerves {', '.join(nerves)}" if nerves else ""
