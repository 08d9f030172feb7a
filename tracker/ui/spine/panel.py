"""The panel beside the form: the spine or the same levels as a table, and what is known of the current place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.anatomy import Target
from tracker.domain.language import tr
from tracker.domain.procedure import Sites, TargetKind
from tracker.services.answers.site_marks import SpineMarks
from tracker.ui.spine.heat import HeatMode
from tracker.ui.spine.level_table import LevelTable
from tracker.ui.spine.picker import SpinePicker
from tracker.ui.spine.place_card import PlaceCard
from tracker.ui.spine.rows import Layout
from tracker.ui.spine.site_button import SiteButton
from tracker.ui.theme.status import Status
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.marks import Divider, KeyCap, StatusLabel
from tracker.ui.widgets.plain_label import PlainLabel

WIDTH, TIGHT_WIDTH, TABLE_WIDTH = 452, 437, 476
TABLE_KEY = "Ctrl+T"
PICTURE_LEAST = 240


class SpinePanel(Ground):
    """`changed` carries the Sites chosen in picture or table; both always show the same."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent, lines="l")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._layout = Layout()
        self.picker = SpinePicker(self)
        self.table = LevelTable(self)
        self.title = PlainLabel("", "caption", "ink2", self, elide=True)
        self.full = StatusLabel(Status.NO, tr("Region full"), self)
        self.last = StatusLabel(Status.CAUTION, tr("One left"), self)
        for told in (self.full, self.last):
            told.hide()
        self.legend = PlainLabel("", "caption", "ink3", self)
        self.card = PlaceCard(self)
        self._build()
        self._connect()
        self.setFocusProxy(self.picker)
        self._show_legend()
        self._show_place()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._faces = QStackedLayout()
        self._picture = QScrollArea(self)
        self._picture.setFrameShape(QFrame.Shape.NoFrame)
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setWidget(self.picker)
        self._faces.addWidget(self._picture)
        self._faces.addWidget(self.table)
        column.addLayout(self._faces, 1)
        column.addLayout(self._legend_row())
        column.addWidget(Divider(self))
        column.addWidget(self.card)

    def _connect(self) -> None:
        for face in (self.picker, self.table):
            face.changed.connect(self.changed)
            face.changed.connect(self._show_place)
        self.picker.current_changed.connect(self._show_place)
        self.picker.pointed.connect(self._on_pointed)
        self.picker.heat_changed.connect(self._show_legend)
        self.picker.view_changed.connect(self._show_place)
        self.picker.view_changed.connect(self._show_legend)
        self.table.selectionModel().currentChanged.connect(self._show_place)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(8)
        row.addWidget(Heading(tr("Levels"), "heading", parent=self))
        row.addWidget(self.title, 1)
        row.addWidget(self.full)
        row.addWidget(self.last)
        return row

    def _legend_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(6)
        row.addWidget(self.legend, 1)
        self._heat_key = (KeyCap("H", self), PlainLabel(tr("heat"), "caption", "ink3", self))
        self._other_face = PlainLabel("", "caption", "ink3", self)
        both, mirror = (PlainLabel(words, "caption", "ink3", self) for words in (tr("both"), tr("mirror")))
        self._side_keys = (KeyCap("B", self), both, KeyCap("M", self), mirror)
        for part in (*self._side_keys, *self._heat_key, KeyCap(TABLE_KEY, self), self._other_face):
            row.addWidget(part)
        return row

    @Slot()
    def _show_legend(self) -> None:
        for part in self._heat_key:
            part.setVisible(not self.shows_table())
        for part in self._side_keys:
            part.setVisible(self.picker.view().kind.sided)
        self._other_face.setText(tr("picture") if self.shows_table() else tr("table"))
        if self.shows_table():
            self.legend.setText(tr("Space checks"))
            self.legend.setAccessibleName("")
            return
        mode = self.picker.heat_mode()
        marks = {
            HeatMode.WINDOW: tr("• used  ! last  × closed"),
            HeatMode.EVER: tr("figure: ever on file"),
            HeatMode.OFF: tr("history hidden"),
        }
        self.legend.setText(marks[mode])
        self.legend.setAccessibleName(tr("Marks: used, last, closed") if mode is HeatMode.WINDOW else marks[mode])

    def set_tight(self, tight: bool) -> None:
        """Take less room in small windows."""
        self._set_layout(Layout(tight, self._layout.flipped, self._layout.upper))

    def set_sides(self, *, flipped: bool, upper: bool) -> None:
        """Exchange the sides of the picture, and show the two joints above C2-3 or not."""
        self._set_layout(Layout(self._layout.tight, flipped, upper))

    def _set_layout(self, layout: Layout) -> None:
        self._layout = layout
        self._picture.setMinimumHeight(PICTURE_LEAST if layout.tight else 0)
        self.card.set_tight(layout.tight)
        self.picker.set_layout(layout)
        self._show_place()
        self.updateGeometry()

    def shows_table(self) -> bool:
        return self._faces.currentIndex() == 1

    def show_table(self, table: bool) -> None:
        """Show the levels as a table, or as the picture again; the hands stay on the levels."""
        focus = self.window().focusWidget()  # this panel's own is where the hands were last, also when they left
        had_hands = focus is not None and self.isAncestorOf(focus)
        self._faces.setCurrentIndex(1 if table else 0)
        self.setFocusProxy(self.table if table else self.picker)
        if had_hands:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_place()
        self._show_legend()
        self.updateGeometry()
        self.picker.view_changed.emit()

    def places(self) -> tuple[Target, ...]:
        """Return every place that wants an answer of its own: those in view, or all rows of the table."""
        if self.shows_table():
            return self.table.places()
        view = self.picker.view()
        return tuple(target for target in view.targets() if view.enabled(target))

    def sizeHint(self) -> QSize:
        picture = TIGHT_WIDTH if self._layout.tight else WIDTH
        return QSize(TABLE_WIDTH if self.shows_table() else picture, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # a window that becomes narrow hides it; until then it must not hold the window open

    def set_kind(self, kind: TargetKind) -> None:
        self.picker.set_kind(kind)
        self.table.set_kind(kind)
        self._show_place()

    def set_sites(self, sites: Sites) -> None:
        self.picker.set_sites(sites)
        self.table.set_sites(sites)
        self._show_place()

    def set_marks(self, marks: SpineMarks) -> None:
        self.picker.set_marks(marks)
        self.table.set_marks(marks)
        self.full.setVisible(bool(marks.full))
        self.last.setVisible(bool(marks.nearly))
        self._show_place()

    @Slot(object)
    def _on_pointed(self, button: object) -> None:
        """Tell about the place under the pointer; when it leaves, about the one that the keys are on."""
        if isinstance(button, SiteButton):
            self.card.show_button(button, self.picker.view().kind)
        else:
            self._show_place()

    @Slot()
    def _show_place(self) -> None:
        """Tell about the place that the keys are on, and have it in sight."""
        if (button := self.picker.current()) is not None and not self.shows_table():
            self._picture.ensureWidgetVisible(button, 0, 24)
        view = self.picker.view()
        self.title.setText(view.kind_title if self.shows_table() else view.title)
        kind = view.kind
        place = self.table.current_place() if self.shows_table() else None
        if place is not None:
            self.card.show_mark(place, self.table.mark(place), kind, chosen=self.table.ticked(place))
        else:
            self.card.show_button(self.picker.current() if self.picker.isEnabled() else None, kind)
