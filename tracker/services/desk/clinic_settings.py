"""What the clinic decides once for everybody: its paper, the days it is closed, reminders, and privacy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.letterhead import Letterhead, PaperHead, checked_letterhead, paper_head
from tracker.domain.privacy import Privacy, check_privacy
from tracker.domain.reminders import Reminders, Thresholds, check_reminders
from tracker.domain.us_dates import us_date
from tracker.services.changes import Changes, Done, Kind, UndoToken
from tracker.services.clinic_days import CLOSED_DAYS, closed_by_clinic, federal_holidays
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

CLINIC_NAME, LETTERHEAD, REMINDERS, PRIVACY = "clinic_name", "letterhead", "reminders", "privacy"
_SETTINGS = Changes(frozenset(), frozenset({Kind.SETTINGS}))


class ClinicSettingsService:
    """Every setting is one JSON value in the clinic's file; every change is one act that can be undone."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def letterhead(self) -> Letterhead:
        return letterhead_of(self._read())

    def paper_head(self) -> PaperHead:
        """Return what stands at the top of day sheets and slips."""
        return head_of(self._read())

    def reminders(self) -> Reminders:
        return reminders_of(self._read())

    def privacy(self) -> Privacy:
        return privacy_of(self._read())

    def closed_days(self) -> dict[date, str]:
        """Return the clinic's own closed days with their reasons, those that are over left out."""
        today = self._clock.today()
        return {day: why for day, why in sorted(closed_by_clinic(self._read()).items()) if day >= today}

    def holidays(self) -> dict[date, str]:
        """Return the federal holidays of this year and the next that are still to come."""
        today = self._clock.today()
        found = federal_holidays(today.year, today.year + 1)
        return {day: name for day, name in sorted(found.items()) if day >= today}

    def change_letterhead(self, entry: Letterhead) -> Done[Letterhead]:
        """Write what stands on paper. Raises InvalidEntryError, `about` naming the field."""
        written = checked_letterhead(entry)
        return self._write(LETTERHEAD, asdict(written), written, tr("Changed the letterhead"))

    def change_reminders(self, wanted: Reminders) -> Done[Reminders]:
        """Write when the desk is reminded. Raises InvalidEntryError, `about` naming the field."""
        written = check_reminders(wanted)
        return self._write(REMINDERS, asdict(written), written, tr("Changed the reminders"))

    def change_privacy(self, wanted: Privacy) -> Done[Privacy]:
        """Write how screens are kept private. Raises InvalidEntryError, `about` naming the field."""
        written = check_privacy(wanted)
        return self._write(PRIVACY, asdict(written), written, tr("Changed the privacy settings"))

    def close_day(self, day: date, reason: str) -> Done[date]:
        """Close one day. Raises InvalidEntryError for a day that is over, closed already, or given no reason."""
        reason, shown = reason.strip(), us_date(day, True)
        if day < self._clock.today():
            raise InvalidEntryError(tr("{day} is over.", day=shown), "", tr("Type a day to come."), about="day")
        if not reason:
            raise InvalidEntryError(
                tr("A closed day needs a reason."), "", tr("Type why, in a few words."), about="reason"
            )
        with self._transactions.writing() as uow:
            closed = closed_by_clinic(uow.clinic.settings())
            if day in closed:
                raise InvalidEntryError(
                    tr("{day} is closed already: {reason}.", day=shown, reason=closed[day]), "",
                    tr("Open it first to give another reason."), about="day",
                )  # fmt: skip
            return self._write_closed(uow, closed | {day: reason}, "close day", day, tr("Closed {day}", day=shown))

    def open_day(self, day: date) -> Done[date]:
        """Take a closed day back. Raises InvalidEntryError when the clinic did not close it."""
        with self._transactions.writing() as uow:
            closed = closed_by_clinic(uow.clinic.settings())
            if closed.pop(day, None) is None:
                raise InvalidEntryError(tr("The clinic did not close {day}.", day=us_date(day, True)))
            sentence = tr("{day} is open again", day=us_date(day, True))
            return self._write_closed(uow, closed, "open day", day, sentence)

    def _write_closed(
        self, uow: UnitOfWork, closed: Mapping[date, str], kind: str, day: date, sentence: str
    ) -> Done[date]:
        uow.clinic.set(CLOSED_DAYS, {each.isoformat(): why for each, why in sorted(closed.items())})
        act_id = uow.commit(Act(kind, "setting", CLOSED_DAYS))
        return Done(day, _SETTINGS, sentence, UndoToken(act_id, sentence))

    def _read(self) -> dict[str, Any]:
        with self._transactions.reading() as uow:
            return uow.clinic.settings()

    def _write(self, name: str, content: Any, value: Any, sentence: str) -> Done[Any]:
        with self._transactions.writing() as uow:
            uow.clinic.set(name, content)
            act_id = uow.commit(Act("change settings", "setting", name))
        return Done(value, _SETTINGS, sentence, UndoToken(act_id, sentence))


def letterhead_of(settings: Mapping[str, Any]) -> Letterhead:
    """Return what stands on paper."""
    return Letterhead(**settings.get(LETTERHEAD, {}))


def head_of(settings: Mapping[str, Any]) -> PaperHead:
    """Return what stands at the top of day sheets and slips."""
    return paper_head(str(settings.get(CLINIC_NAME, "")), letterhead_of(settings))


def reminders_of(settings: Mapping[str, Any]) -> Reminders:
    """Return when the desk is reminded; as shipped while the clinic has not said otherwise."""
    found = settings.get(REMINDERS)
    return Reminders(**found | {"thresholds": Thresholds(**found["thresholds"])}) if found else Reminders()


def privacy_of(settings: Mapping[str, Any]) -> Privacy:
    """Return how screens are kept private; as shipped while the clinic has not said otherwise."""
    return Privacy(**settings.get(PRIVACY, {}))
