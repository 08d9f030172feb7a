"""The row above the schedule: which days, which face, whose visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.clock import Clock
from tracker.domain.language import tr, tr_for
from tracker.domain.us_dates import long_date, month_year, us_date
from tracker.ui import theme
from tracker.ui.schedule.faces import DAY, FACES, MONTH, WEEK
from tracker.ui.theme.status import Status
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.go_to_day import GoToDay
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.scaled_width import ScaledWidth
from tracker.ui.widgets.segments import Segments

NARROW_BELOW = 1040
_ARROW, _FIELD, _NARROW_FIELD, _PROVIDER, _SITE = 30, 124, 98, 190, 138
_NAMES = {DAY: tr("day"), WEEK: tr("week"), MONTH: tr("month")}


class ScheduleBar(QWidget):
    """`stepped` carries -1 or 1, `face_wanted` a face, `day_wanted` a date; `filters_changed` comes of the choices."""

    stepped = Signal(int)
    face_wanted = Signal(str)
    day_wanted = Signal(object)
    filters_changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._clock = clock
        self._narrow = False
        self._providers: list[Choice] = []
        self._wanted = ""
        self._build()
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.faces.chosen.connect(lambda face: self.face_wanted.emit(str(face)))
        self.provider.chosen.connect(self._on_provider)
        self.site.chosen.connect(lambda _value: self.filters_changed.emit())
        self.field.day_wanted.connect(self.day_wanted)
        self.field.refused.connect(self.notice.show_error)
        self.field.mended.connect(self.notice.clear)

    def _build(self) -> None:
        self.head = PageHead(tr("Schedule"), parent=self)
        self.before = ActionButton("", self, icon="chevron-left")
        self.after = ActionButton("", self, icon="chevron-right")
        for button in (self.before, self.after):
            button.setFixedWidth(_ARROW)
        self.field = GoToDay(self._clock, self)
        self._field_width = ScaledWidth(self.field, _FIELD)
        self.faces = Segments(FACES, self, name=tr("View"), ticks=False)
        self.provider = ChoiceField((Choice("", tr_for("providers", "All")),), self, name=tr("Provider"))
        self.provider.set_label(tr("Provider"))
        self.site = ChoiceField((Choice("", tr_for("sites", "All")),), self, name=tr("Site"))
        self.site.set_label(tr("Site"))
        for widget, gap in ((self.before, 8), (self.after, 0), (self.field, 0), (self.faces, 8)):
            self.head.add_beside(widget, gap)
        for field, most in ((self.provider, _PROVIDER), (self.site, _SITE)):
            field.setMaximumWidth(most)
            self.head.add_right(field)
        self.notice = NoticeBar(self)
        between = QHBoxLayout()
        between.setContentsMargins(16, 0, 16, 8)
        between.addWidget(self.notice)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(16, 0, 16, 0)
        self._below.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(between)
        column.addLayout(self._below)

    def show_face(self, face: str, first: date, last: date) -> None:
        """Name what is shown."""
        self.faces.set_value(face)
        self.before.setAccessibleName(tr("Before: one {unit}", unit=_NAMES[face]))
        self.after.setAccessibleName(tr("After: one {unit}", unit=_NAMES[face]))
        self._offer_providers(face)
        self.site.setVisible(face != MONTH)
        self.head.set_beside(self._span(face, first, last))

    def _span(self, face: str, first: date, last: date) -> str:
        if face == DAY:
            return us_date(first, weekday=True) if self._narrow else long_date(first)
        if face == WEEK:
            return f"{first:%m/%d} – {last:%m/%d}" if self._narrow else f"{first:%m/%d} – {us_date(last)}"
        return month_year(first)

    def set_lists(self, providers: Iterable[tuple[str, str]], sites: Iterable[tuple[str, str]]) -> None:
        """Offer these, each an id and a name."""
        self._providers = [Choice(*pair) for pair in providers]
        self.site.set_choices([Choice("", tr_for("sites", "All")), *(Choice(*pair) for pair in sites)])
        self._offer_providers(str(self.faces.value()))
        if not self._providers:
            words = tr("No provider is on file, so all visits stand in one column. Settings, Providers adds them.")
            self.notice.show_sentence(Status.NEUTRAL, words)

    def _offer_providers(self, face: str) -> None:
        """A week is one provider's; a day may be everybody's, and an opening anybody's."""
        everybody = (
            []
            if face == WEEK and self._providers
            else [Choice("", tr("Any") if face == MONTH else tr_for("providers", "All"))]
        )
        self.provider.set_choices([*everybody, *self._providers], self._wanted)
        self.provider.updateGeometry()

    def choose_provider(self, provider_id: str) -> None:
        """Wish for one, "" for all: chosen as soon as the list is there, and again after a face that cannot."""
        self._wanted = provider_id
        self.provider.set_value(provider_id)

    @Slot(object)
    def _on_provider(self, provider_id: object) -> None:
        self._wanted = str(provider_id or "")
        self.filters_changed.emit()

    def provider_id(self) -> str:
        return str(self.provider.value() or "")

    def site_id(self) -> str:
        return str(self.site.value() or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_narrow(self.width() < theme.scaled(NARROW_BELOW))

    def _set_narrow(self, narrow: bool) -> None:
        """Provider and site move down where there is no room beside the faces."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._field_width.set_usual(_NARROW_FIELD if narrow else _FIELD)
        self._below.setContentsMargins(16, 0, 16, 8 if narrow else 0)
        for field in (self.provider, self.site):
            if narrow:
                self._below.addWidget(field)
            else:
                self._below.removeWidget(field)
                self.head.add_right(field)
        if narrow:
            self._below.addStretch(1)

    @Slot(str)
    def type_on(self, text: str) -> None:
        """Go on with a date that was begun in the schedule."""
        self.field.type_on(text)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
