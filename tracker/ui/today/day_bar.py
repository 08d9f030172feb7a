"""The two rows above the list of visits: which day, which view, whose visits, which of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.clock import Clock
from tracker.domain.language import tr, tr_for
from tracker.domain.us_dates import day_in_year, long_date, us_date
from tracker.ui import theme
from tracker.ui.today.filter_field import FilterField
from tracker.ui.today.visit_list import CHIPS
from tracker.ui.widgets.action_button import ActionButton
from tracker.ui.widgets.chips import ChipRow
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.go_to_day import GoToDay
from tracker.ui.widgets.key_hints import KeyHints
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.segments import Segments

DAY, AHEAD = "day", "ahead"
AHEAD_DAYS = 14
NARROW_BELOW = 860
_TINY_BELOW = 680
_ARROW, _FIELD_WIDTH, _NARROW_FIELD, _CHOICE_WIDTH = 30, 132, 98, 138


class DayBar(QWidget):
    """`day_wanted` carries a day, `step_wanted` how many days on, `view_wanted` DAY or AHEAD, `chip_chosen` a key.

    What goes wrong on the page is said in `notice`, between the two rows.
    """

    day_wanted = Signal(object)
    step_wanted = Signal(int)
    view_wanted = Signal(str)
    filters_changed = Signal()
    chip_chosen = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._clock = clock
        self._shown: date | None = None
        self._span = ""
        self._narrow = self._work_in_front = False
        self._work_text = tr("Work")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = PageHead(tr("Today"), parent=self)
        self.before = ActionButton("", self, icon="chevron-left")
        self.after = ActionButton("", self, icon="chevron-right")
        for button, name in ((self.before, tr("Day before")), (self.after, tr("Day after"))):
            button.setAccessibleName(name)
            button.setFixedWidth(_ARROW)
        self.field = GoToDay(self._clock, self)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.views = Segments(
            ((DAY, tr("Day")), (AHEAD, tr("Next {AHEAD_DAYS} days", AHEAD_DAYS=AHEAD_DAYS))),
            self,
            name=tr("View"),
            ticks=False,
        )
        self.provider, self.site = self._choice(tr("Provider")), self._choice(tr("Site"))
        self.chips = ChipRow(CHIPS, self)
        self.work_button = ActionButton(tr("Work"), self, small=True)
        self._hints = KeyHints((("/", tr("filter")), ("Shift+R", tr("check all again"))), self)
        self.words = FilterField(self)
        self.words.left.connect(self._place_filter)
        self._hidden = PlainLabel(tr("Names hidden"), "caption_strong", "caut", self)
        self._hidden.hide()
        for widget, gap in ((self.before, 8), (self.after, 0), (self.field, 0), (self.views, 8)):
            self.head.add_beside(widget, gap)
        row = QWidget(self)
        row.setFixedHeight(42)
        self._filters = QHBoxLayout(row)
        self._filters.setContentsMargins(16, 0, 16, 8)
        self._filters.setSpacing(8)
        self._filters.addWidget(self.chips)
        self._filters.addStretch(1)
        self._filters.addWidget(self._hidden)
        self._filters.addWidget(self.words)
        self._filters.addWidget(self._hints)
        self.head.add_right(self.provider)
        self.head.add_right(self.site)
        self.head.add_right(self.work_button)
        self.work_button.hide()
        self._stack_rows(row)

    def _choice(self, name: str) -> ChoiceField:
        field = ChoiceField((Choice("", tr("All")),), self, name=name)
        field.set_label(name)
        field.setMaximumWidth(_CHOICE_WIDTH)
        return field

    def _stack_rows(self, filter_row: QWidget) -> None:
        self.notice = NoticeBar(self)
        between = QHBoxLayout()
        between.setContentsMargins(16, 0, 16, 8)
        between.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(between)
        column.addWidget(filter_row)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        self.field.day_wanted.connect(self.day_wanted)
        self.field.refused.connect(self.notice.show_error)
        self.field.mended.connect(self.notice.clear)
        self.views.chosen.connect(lambda view: self.view_wanted.emit(str(view)))
        self.provider.chosen.connect(lambda _value: self.filters_changed.emit())
        self.site.chosen.connect(lambda _value: self.filters_changed.emit())
        self.chips.chosen.connect(self.chip_chosen)

    def show_day(self, day: date) -> None:
        """Name the day that is shown."""
        self._shown = day
        self._name_day()
        self._set_day_controls(True)
        self.views.set_value(DAY)

    def day(self) -> date:
        """Return the day that is shown, today while the days ahead are."""
        return self._shown or self._clock.today()

    def show_ahead(self, first: date, last: date) -> None:
        """Name the span of days that is shown."""
        self.head.set_title(tr("Next {AHEAD_DAYS} days", AHEAD_DAYS=AHEAD_DAYS))
        self._shown = None
        end = us_date(last, weekday=True) if last.year != first.year else day_in_year(last)
        self._span = tr("{first} to {end}", first=day_in_year(first), end=end)
        self._name_day()
        self._set_day_controls(False)
        self.views.set_value(AHEAD)

    def _name_day(self) -> None:
        self.head.beside.setVisible(self._shown is not None or not self._narrow)
        if self._shown is None:
            self.head.set_beside(self._span)
        else:
            self.head.set_title(day_title(self._shown, self._clock.today()))
            self.head.set_beside(self._day_words(self._shown))

    def _day_words(self, day: date) -> str:
        """Name the day as long as there is room; its title, "Today" or "In 3 days", tells the year too."""
        if self.width() < theme.scaled(_TINY_BELOW):
            return day_in_year(day)
        return us_date(day, weekday=True) if self._narrow else long_date(day)

    def set_lists(self, providers: Iterable[tuple[str, str]], sites: Iterable[tuple[str, str]]) -> None:
        """Offer these providers and sites, each an id and a name."""
        self.provider.set_choices([Choice("", tr_for("providers", "All")), *(Choice(*pair) for pair in providers)])
        self.site.set_choices([Choice("", tr_for("sites", "All")), *(Choice(*pair) for pair in sites)])

    def provider_id(self) -> str:
        return str(self.provider.value() or "")

    def site_id(self) -> str:
        return str(self.site.value() or "")

    def set_counts(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            self.chips.set_count(key, count)
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Leave out chips that would show nothing where provider and site stand beside them."""
        for key, _words in CHIPS:
            chip = self.chips.chip(key)
            chip.setVisible(not self._narrow or chip.isChecked() or chip.count() != 0)

    def set_changed(self, count: int) -> None:
        """Say beside the days ahead how many of their answers changed since somebody looked."""
        button = self.views.button(AHEAD)
        button.setText(
            tr("Next {AHEAD_DAYS} days", AHEAD_DAYS=AHEAD_DAYS)
            + (tr(", {count} changed", count=count) if count else "")
        )
        button.updateGeometry()

    def set_work_count(self, count: int) -> None:
        self._work_text = tr("Work {count}", count=count) if count else tr("Work")
        self.set_work_away(self.work_button.isVisibleTo(self), in_front=self._work_in_front)

    def set_work_away(self, away: bool, *, in_front: bool = False) -> None:
        """Offer a way to the work list where there is no room for it at the side, and back."""
        self._work_in_front = in_front
        self.work_button.setVisible(away)
        self.work_button.setText(tr("Back to the visits") if in_front else self._work_text)
        self.work_button.updateGeometry()

    def open_filter(self) -> None:
        """Let the list be narrowed by words; where there is no room for both, in the place of the chips."""
        self.words.open()
        self._place_filter()

    def close_filter(self) -> None:
        """Show the whole list again."""
        self.words.close_empty()
        self._place_filter()

    @Slot()
    def _place_filter(self) -> None:
        self.chips.setVisible(not self._narrow or self.words.isHidden())

    def set_names_hidden(self, hidden: bool) -> None:
        """Say that the list names nobody."""
        self._hidden.setVisible(hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_narrow(self.width() < theme.scaled(NARROW_BELOW))
        self._name_day()

    def _set_narrow(self, narrow: bool) -> None:
        """Stand closer together: provider and site move down beside the chips."""
        self.field.setFixedWidth(theme.scaled(_NARROW_FIELD if narrow else _FIELD_WIDTH))
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._hints.setVisible(not narrow)
        self._filters.setSpacing(6 if narrow else 8)
        for place, field in enumerate((self.provider, self.site)):
            if narrow:
                self._filters.insertWidget(2 + place, field)
            else:
                self.head.add_right(field)
        self._fit_chips()
        self._place_filter()

    def _set_day_controls(self, shown: bool) -> None:
        for widget in (self.before, self.after):
            widget.setVisible(shown)


def day_title(day: date, today: date) -> str:
    """Return "Today", "Tomorrow", "In 3 days", "2 days ago"."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {-1: tr("Yesterday"), 0: tr("Today"), 1: tr("Tomorrow")}[distance]
    return tr("In {distance} days", distance=distance) if distance > 0 else tr("{value} days ago", value=-distance)
