"""What every page has: its services, its place in the navigation, and the signals by which the window carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tracker.domain.booking import BookingRequest
from tracker.domain.draft import Draft
from tracker.services import Services
from tracker.services.changes import Changes
from tracker.ui.actions import Act, LocalKeys
from tracker.ui.notifier import Notifier
from tracker.ui.preferences import Preferences
from tracker.ui.tasks import TaskRunner
from tracker.ui.widgets.ground import Ground


@dataclass(frozen=True, slots=True)
class PageContext:
    """What pages and dialogs may use."""

    services: Services
    tasks: TaskRunner
    notifier: Notifier
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class PageAct:
    """An act that a page puts into the menus; with `here` it can be done only while the page is in front.

    Several pages may have a `shared` one: it is done by the page in front. `off` says why it cannot be done elsewhere.
    It stands in the menu of the rows of these `lists`, of those that it `fits`: the one where the hands are is asked.
    """

    act: Act
    do: Callable[[], object]
    here: bool = True
    shared: bool = False
    off: str = ""
    lists: tuple[QAbstractItemView, ...] = ()
    fits: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class CheckStart:
    """How Check and book begins: empty, for a patient, with a whole request, for a free time, to move a booking,
    or with what was typed before.

    `change`: everything of the visit `booking_id` may be changed, not its day and time only.
    `pin_id`: where the request comes from the pinboard, so that booking it takes it off.
    """

    patient_id: str = ""
    request: BookingRequest | None = None
    booking_id: str = ""
    day: date | None = None
    starts: time | None = None
    provider_id: str = ""
    pin_id: str = ""
    draft: Draft | None = None
    change: bool = False


@dataclass(frozen=True, slots=True)
class PatientStart:
    """How the patient's page begins, where it is not with its summary: `part` is the id of a tab.

    `event_id`: the injection of that tab on which the hands are.
    """

    patient_id: str
    part: str = ""
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class RequestStart:
    """How a request for an authorization begins: empty, for a patient, from a check; or one on file that is shown."""

    patient_id: str = ""
    request: BookingRequest | None = None
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class MonthStart:
    """What the month of the schedule is judged for."""

    request: BookingRequest
    pin_id: str = ""


NO_MONTH = "no month"
"""What the schedule begins with where a patient is in front whose procedure or levels are not known yet."""

NARROWEST = 560
"""What a small enlarged window leaves to a page: none may hold the window wider open, not even a hidden one."""


class Page(Ground):
    """A section of the window.

    Subclasses set `id`, `title`, `icon`, `keys` (key and what it does, for the list of keys), `menus` (where their acts
    stand: these menus are there before the page is made), `go_key` (the key that brings them to the front beside Ctrl
    and their number), and either are `listed` in the navigation (`parted`: a line
    stands above them) or name the `section` that is marked while they are in front; one whose `packet` opens something
    sets `has_packet`; `unfinished`: what was typed before the program ended stands there, and the page's key goes on
    with it; F6 goes from where `opened` leads through its `panes`, as far as they are shown. They build in `__init__`
    and override `begin`, `opened`, `refresh`, `primary`, `packet`, `summary`, `acts`. Changes that come while a page is
    hidden are told when it is opened. A list that is made later is told by `table_made`, with the name under which its
    columns are kept.
    """

    id = ""
    title = ""
    icon = ""
    listed = True
    section = ""
    go_key = ""
    parted = False
    has_packet = False
    keys: tuple[tuple[str, str], ...] = ()
    menus: tuple[str, ...] = ()
    part_keys: tuple[LocalKeys, ...] = ()
    unfinished = False
    panes: tuple[QWidget, ...] = ()

    acted = Signal(object)
    patient_wanted = Signal(str)
    patient_at_wanted = Signal(object)
    check_wanted = Signal(object)
    course_wanted = Signal(str)
    find_wanted = Signal(str)
    request_wanted = Signal(object)
    month_wanted = Signal(object)
    counted = Signal(int)
    copy_wanted = Signal()
    closed = Signal()
    front_wanted = Signal()
    table_made = Signal(object, str)
    fronted = Signal(bool)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.context = context
        self._waiting: Changes | None = None
        self._active = False
        context.notifier.changed.connect(self._on_changed)
        context.notifier.day_turned.connect(self._on_day_turned)

    def minimumSizeHint(self) -> QSize:
        """Pages give way in `resizeEvent`, which never comes while what they show holds the window open."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), NARROWEST), hint.height())

    def begin(self, what: object) -> None:
        """Take what to show, before the page comes to the front: a patient's id, a text to find, a CheckStart."""

    def opened(self) -> None:
        """Called each time the page comes to the front: put the focus where the hands should be."""

    def refresh(self, changes: Changes) -> None:
        """Look again at what is shown; called for changes while in front, else on the next opening."""

    def primary(self) -> None:
        """Do the page's main act, for Ctrl+Enter."""

    def packet(self) -> None:
        """Open the packet for the payer of what is in front, for Ctrl+P."""

    def summary(self) -> str:
        """Return what Ctrl+Shift+C copies, "" for nothing."""
        return ""

    def acts(self) -> tuple[PageAct, ...]:
        """Return what the page adds to the menus and keys of the window."""
        return ()

    def current_patient(self) -> str:
        """Return the id of the patient that the page is about now, "" for none: Check and book starts with it."""
        return ""

    def request_start(self) -> RequestStart:
        """Return how a request for an authorization begins from here."""
        return RequestStart(self.current_patient())

    def month_start(self) -> MonthStart | None:
        """Return the request in front, of which the schedule shows a month; None where none is complete."""
        return None

    def set_active(self, active: bool) -> None:
        """Called by the window when the page comes to the front or leaves it."""
        self._active = active
        self.fronted.emit(active)
        if not active:
            return
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.refresh(waiting)
        self.opened()

    @Slot()
    def _on_day_turned(self) -> None:
        """Look at everything again: what is late, due or over is so as of another day."""
        self._on_changed(Changes.everything())

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._active:
            self.refresh(changes)
        else:
            self._waiting = changes if self._waiting is None else self._waiting | changes
