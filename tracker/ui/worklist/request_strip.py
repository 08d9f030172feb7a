"""Strips about one request: they hold the row that was seen, and take its steps."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tracker.domain.authorization_request import Channel
from tracker.domain.clock import Clock
from tracker.domain.language import tr
from tracker.services.authorizations.authorization_steps import Step, taken
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField
from tracker.ui.widgets.fields import LineField
from tracker.ui.worklist.strip import Plan, Strip, value_of
from tracker.ui.worklist.work_words import CHANNELS

if TYPE_CHECKING:
    from tracker.domain.authorization_request import AuthorizationRecord
    from tracker.services import Services
    from tracker.services.authorizations.work_rows import WorkRow

NOON = time(12)
BY_CLOCK = tr("as the payer's clock says")


class RequestStrip(Strip):
    """A strip for the request of a row; the clock says what typed days are read by."""

    def __init__(self, row: WorkRow, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.today = clock.today()
        self._clock = clock
        self.name_patient(row.patient, f"{row.procedure}, {row.payer}")
        self.build()
        self.seal()

    @property
    def record(self) -> AuthorizationRecord:
        return self.row.record

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def take_row(self, row: WorkRow) -> None:
        """Go on with the request as it stands now; what was typed stays."""
        if row.record.version != self.row.record.version:
            self.consented = False
        self.row = row

    def line(self, hint: str = "", name: str = "") -> LineField:
        return LineField(hint, self, name=name)

    def day(self, day: date | None = None, hint: str = "") -> DayField:
        field = DayField(self.today, self, placeholder=hint)
        field.set_day(day)
        return field

    def channel(self, wanted: Channel = Channel.PORTAL) -> ChoiceField:
        field = ChoiceField([Choice(each, words) for each, words in CHANNELS.items()], self)
        field.set_value(wanted)
        return field


class StepStrip(RequestStrip):
    """A strip whose saving takes the request one step on."""

    def step(self) -> Step:
        """Return the step as it was typed."""
        raise NotImplementedError

    def note(self) -> str:
        return ""

    def plan(self, services: Services) -> Plan:
        step, record, note = self.step(), self.record, self.note()
        after = taken(step, record) if record.status.grants else None
        return Plan(lambda: services.authorizations.step(record.id, record.version, step, note), after)


def channel_of(field: QWidget) -> Channel | None:
    """Return the chosen channel; a list of choices gives back the plain text of what it was given."""
    value = value_of(field)
    return Channel(str(value)) if value else None


def at_noon(day: date, now: datetime) -> datetime:
    """Return the moment that stands for a day: now for today, else its noon."""
    local = now.astimezone()
    return now if day == local.date() else datetime.combine(day, NOON).astimezone()
