"""The slip that a patient takes home: when, where, with whom, in plain words and in the patient's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.domain.booking import Booking
from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import ENGLISH, Words, tr, words_of
from tracker.domain.letterhead import PaperHead
from tracker.services.answers.charts import Chart
from tracker.services.desk.clinic_settings import head_of
from tracker.services.transactions import Transactions
from tracker.services.words.patient_words import long_day, plain_procedure
from tracker.services.words.wording import us_time


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on it, in its own language. `facts` are (label, value); `name` and `born` stand on it as they are."""

    words: Words
    head: PaperHead
    title: str
    name: str
    born: date
    day: str
    starts: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


class SlipService:
    """`languages` is the folder of the catalogues."""

    def __init__(self, transactions: Transactions, clock: Clock, languages: Path) -> None:
        self._transactions = transactions
        self._clock = clock
        self._languages = languages

    def slip(self, booking_id: str, language: str = ENGLISH) -> Slip:
        """Return the slip of an open visit. Raises InvalidEntryError for one that is over or called off."""
        with self._transactions.reading() as uow:
            booking = uow.bookings.get(booking_id)
            chart = Chart.load(uow, booking.patient_id)
            head = head_of(chart.clinic.settings)
        if not booking.status.open:
            raise InvalidEntryError(
                tr("This visit is not ahead any more, so there is nothing to hand out."),
                "",
                tr("Choose a visit that is booked."),
            )
        return _slip(booking, chart, head, words_of(language, self._languages))


def _slip(booking: Booking, chart: Chart, head: PaperHead, words: Words) -> Slip:
    tr = words.tr
    provider, site = chart.clinic.providers.get(booking.provider_id), chart.clinic.sites.get(booking.site_id)
    facts = (
        (tr("Procedure"), plain_procedure(booking.event, words)),
        (tr("With"), provider.name if provider else ""),
        (tr("Where"), site.name or site.facility if site else ""),
    )
    return Slip(
        words=words,
        head=head,
        title=tr("Your visit"),
        name=chart.patient.name,
        born=chart.patient.born,
        day=long_day(booking.day, words),
        starts=us_time(booking.starts) if booking.starts else tr("We will call you about the time."),
        facts=tuple((label, value) for label, value in facts if value),
        notes=(
            tr("Please bring a photo ID, your insurance card and a list of all medicines that you take."),
            tr(
                "Tell us before this day if your insurance changes, or if somebody else has given you an injection in "
                "the back or neck: your plan counts those too."
            ),
            tr("If you cannot come, please call us as soon as you know, so that the day goes to somebody who waits."),
        ),
    )
