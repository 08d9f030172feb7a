"""When the desk is reminded: of approvals that end, of requests to ask about, of visits without an approval."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr

LONGEST_AHEAD = 365
LONGEST_FOLLOW_UP = 60
LONGEST_LEAD = 30


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many days ahead an approval that ends is shown: now, soon, later."""

    first: int = 7
    second: int = 14
    third: int = 30


@dataclass(frozen=True, slots=True)
class Reminders:
    """The clinic's own. `follow_up` counts business days where nothing is known of the payer's clock.

    `lead`: an authorization is to be there so many days before its visit; nobody asks later than that.
    """

    thresholds: Thresholds = Thresholds()
    follow_up: int = 3
    lead: int = 0


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What the clinic keeps for one payer, or for one of its plans; None: as for the clinic.

    `follow_up`: business days from sending to the first question.
    """

    payer: str
    plan: str = ""
    follow_up: int | None = None
    thresholds: Thresholds | None = None

    @property
    def says_nothing(self) -> bool:
        return self.follow_up is None and self.thresholds is None


def check_thresholds(days: Thresholds) -> Thresholds:
    """Return them. Raises InvalidEntryError unless each is longer than the one before."""
    if days.first < 1:
        raise InvalidEntryError(
            tr("The first reminder comes at least one day ahead."), "", tr("Type 1 or more."), about="first"
        )
    for about, before, after in (("second", days.first, days.second), ("third", days.second, days.third)):
        if after <= before:
            raise InvalidEntryError(
                tr("{after} days are not longer than the {before} before them.", after=after, before=before), "",
                tr("Let the days grow, such as 7, 14 and 30."), str(after), about=about,
            )  # fmt: skip
    if days.third > LONGEST_AHEAD:
        sentence = tr("{days} days ahead are too many.", days=days.third)
        raise InvalidEntryError(sentence, "", tr("Type 365 or fewer."), str(days.third), about="third")
    return days


def check_follow_up(days: int) -> int:
    """Return the number of business days. Raises InvalidEntryError."""
    if not 1 <= days <= LONGEST_FOLLOW_UP:
        sentence = tr("A follow-up after {days} business days cannot be.", days=days)
        raise InvalidEntryError(sentence, "", tr("Type 1 to 60."), str(days), about="follow_up")
    return days


def check_reminders(wanted: Reminders) -> Reminders:
    """Return them. Raises InvalidEntryError, `about` naming the field."""
    check_thresholds(wanted.thresholds)
    check_follow_up(wanted.follow_up)
    if not 0 <= wanted.lead <= LONGEST_LEAD:
        sentence = tr("{days} days before the visit cannot be.", days=wanted.lead)
        raise InvalidEntryError(sentence, "", tr("Type 0 to 30."), str(wanted.lead), about="lead")
    return wanted
