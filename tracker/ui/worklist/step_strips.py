"""Strips for what goes to the payer and what it says before it decides: submitted, pending, more wanted, appeal."""

from __future__ import annotations

from datetime import datetime

from tracker.domain.authorization_request import Channel
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.authorizations.authorization_steps import Appeal, Closing, NotRequired, Pending, Step, Submission
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.request_strip import BY_CLOCK, StepStrip, at_noon, channel_of
from tracker.ui.worklist.strip import day_of, text_of, value_of


class SubmittedStrip(StepStrip):
    """S: it went out."""

    title = tr("Submitted to the payer")
    button = tr("Submitted")

    def build(self) -> None:
        self.add("reference", tr("&Reference"), self.line(tr("the payer's, if it gave one")))
        self.add("channel", tr("&How"), self.channel(self.record.request.channel or Channel.PORTAL))
        self.add("sent", tr("&On"), self.day(self.today))
        self.add("next action", tr("&Look again"), self.day(hint=BY_CLOCK))

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

    title = tr("The payer has it")
    button = tr("Pending")

    def build(self) -> None:
        reference = self.line(tr("the payer's reference"))
        reference.setText(self.record.request.reference)
        self.add("reference", tr("&Reference"), reference)
        self.add("next action", tr("&Look again"), self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        return Pending(text_of(self.fields["reference"]), next_action=day_of(self.fields["next action"]))


class MoreWantedStrip(StepStrip):
    """W: the payer wants more papers."""

    title = tr("The payer wants more")
    button = tr("Payer wants more")

    def build(self) -> None:
        self.add("wants", tr("&What"), self.line(tr("such as: pain scores after the second block")))
        self.add("next action", tr("&Look again"), self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        wants = text_of(self.fields["wants"])
        if not wants:
            raise InvalidEntryError(tr("Say what the payer wants."), "", tr("A few words are enough."), about="wants")
        return Pending(wants=wants, next_action=day_of(self.fields["next action"]))


class AppealStrip(StepStrip):
    """A: the denial is fought."""

    title = tr("Appeal sent")
    button = tr("Appealed")

    def build(self) -> None:
        self.add("reference", tr("&Reference"), self.line(tr("of the appeal, if there is one")))
        self.add("channel", tr("&How"), self.channel(Channel.FAX))
        self.add("sent", tr("&On"), self.day(self.today))
        self.add("next action", tr("&Look again"), self.day(hint=BY_CLOCK))

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

    title = tr("No authorization required")
    button = tr("Not required")

    def build(self) -> None:
        self.add("who", tr("&Who said so"), self.line(tr("a name, or the portal's")))
        self.add("reference", tr("&Reference"), self.line(tr("of the call or the page, or: none")))
        self.add("decided", tr("&On"), self.day(self.today))

    def step(self) -> Step:
        fields = self.fields
        day, reference = day_of(fields["decided"]), text_of(fields["reference"])
        if day is None:
            raise InvalidEntryError(
                tr("The day on which they said so is missing."), "", tr("Type t for today, or the date."),
                about="decided",
            )  # fmt: skip
        none = reference.casefold() in (tr("none"), "none")
        return NotRequired(day, text_of(fields["who"]), "" if none else reference, none)


class ClosingStrip(StepStrip):
    """X: void, or taken back."""

    title = tr("Cancel or withdraw")
    button = tr("Close it")

    def build(self) -> None:
        self.add("why", tr("&Why"), self.line(tr("such as: patient changed plans")))
        ways = Segments(
            ((False, tr("Void")), (True, tr("Taken back from the payer"))), self, name=tr("How it is closed")
        )
        ways.set_value(self.record.status.at_payer)
        self.add("withdrawn", tr("&How"), ways)

    def step(self) -> Step:
        return Closing(text_of(self.fields["why"]), bool(value_of(self.fields["withdrawn"])))


class UnusedStrip(ClosingStrip):
    """W on the list of expirations: the approval will not be used."""

    title = tr("Will not be used")
    button = tr("Will not be used")

    def build(self) -> None:
        why = self.line()
        why.setText(tr("Will not be used."))
        self.add("why", tr("&Why"), why)

    def step(self) -> Step:
        return Closing(text_of(self.fields["why"]))


def _moment(strip: StepStrip, name: str) -> datetime:
    day = day_of(strip.fields[name])
    if day is None:
        raise InvalidEntryError(
            tr("The day on which it was sent is missing."), "", tr("Type t for today, or the date."), about=name
        )
    return at_noon(day, strip.now)
