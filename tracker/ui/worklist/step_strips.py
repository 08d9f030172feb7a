"""Strips for what goes to the payer and what it says before it decides: submitted, pending, more wanted, appeal."""

from __future__ import annotations

from datetime import datetime

from tracker.domain.authorization_request import Channel
from tracker.domain.errors import InvalidEntryError
from tracker.services.authorization_steps import Appeal, Closing, NotRequired, Pending, Step, Submission
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.request_strip import BY_CLOCK, StepStrip, at_noon, channel_of
from tracker.ui.worklist.strip import day_of, text_of, value_of


class SubmittedStrip(StepStrip):
    """S: it went out."""

    title = "Submitted to the payer"
    button = "Submitted"

    def build(self) -> None:
        self.add("reference", "&Reference", self.line("the payer's, if it gave one"))
        self.add("channel", "&How", self.channel(self.record.request.channel or Channel.PORTAL))
        self.add("sent", "&On", self.day(self.today))
        self.add("next action", "&Look again", self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        fields = self.fields
        return Submission(
            _moment(self, "sent"),
            channel_of(fields["channel"]) or Channel.PORTAL,
            text_of(fields["reference"]),
            next_action=day_of(fields["next action"]),
        )


class PendingStrip(StepStrip):
    """G: the payer has it and named its reference."""

    title = "The payer has it"
    button = "Pending"

    def build(self) -> None:
        reference = self.line("the payer's reference")
        reference.setText(self.record.request.reference)
        self.add("reference", "&Reference", reference)
        self.add("next action", "&Look again", self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        return Pending(text_of(self.fields["reference"]), next_action=day_of(self.fields["next action"]))


class MoreWantedStrip(StepStrip):
    """W: the payer wants more papers."""

    title = "The payer wants more"
    button = "Payer wants more"

    def build(self) -> None:
        self.add("wants", "&What", self.line("such as: pain scores after the second block"))
        self.add("next action", "&Look again", self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        wants = text_of(self.fields["wants"])
        if not wants:
            raise InvalidEntryError("Say what the payer wants.", "", "A few words are enough.", about="wants")
        return Pending(wants=wants, next_action=day_of(self.fields["next action"]))


class AppealStrip(StepStrip):
    """A: the denial is fought."""

    title = "Appeal sent"
    button = "Appealed"

    def build(self) -> None:
        self.add("reference", "&Reference", self.line("of the appeal, if there is one"))
        self.add("channel", "&How", self.channel(Channel.FAX))
        self.add("sent", "&On", self.day(self.today))
        self.add("next action", "&Look again", self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        fields = self.fields
        return Appeal(
            _moment(self, "sent"),
            channel_of(fields["channel"]) or Channel.PORTAL,
            text_of(fields["reference"]),
            next_action=day_of(fields["next action"]),
        )


class NotRequiredStrip(StepStrip):
    """Q: the payer says that none is needed."""

    title = "No authorization required"
    button = "Not required"

    def build(self) -> None:
        self.add("who", "&Who said so", self.line("a name, or the portal's"))
        self.add("reference", "&Reference", self.line("of the call or the page"))
        self.add("decided", "&On", self.day(self.today))

    def step(self) -> Step:
        fields = self.fields
        return NotRequired(
            day_of(fields["decided"]) or self.today, text_of(fields["who"]), text_of(fields["reference"])
        )


class ClosingStrip(StepStrip):
    """X: void, or taken back."""

    title = "Cancel or withdraw"
    button = "Close it"

    def build(self) -> None:
        self.add("why", "&Why", self.line("such as: patient changed plans"))
        ways = Segments(((False, "Void"), (True, "Taken back from the payer")), self, name="How it is closed")
        ways.set_value(self.record.status.at_payer)
        self.add("withdrawn", "&How", ways)

    def step(self) -> Step:
        return Closing(text_of(self.fields["why"]), bool(value_of(self.fields["withdrawn"])))


class UnusedStrip(ClosingStrip):
    """W on the list of expirations: the approval will not be used."""

    title = "Will not be used"
    button = "Will not be used"

    def build(self) -> None:
        why = self.line()
        why.setText("Will not be used.")
        self.add("why", "&Why", why)

    def step(self) -> Step:
        return Closing(text_of(self.fields["why"]))


def _moment(strip: StepStrip, name: str) -> datetime:
    day = day_of(strip.fields[name])
    if day is None:
        raise InvalidEntryError(
            "The day on which it was sent is missing.", "", "Type t for today, or the date.", about=name
        )
    return at_noon(day, strip.now)
