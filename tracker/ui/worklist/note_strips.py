"""Strips that leave the request where it stands: a follow-up, a contact, who follows it, corrected fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.authorization_request import Channel
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.pick_field import Pick, PickField
from tracker.ui.worklist.request_strip import RequestStrip, channel_of
from tracker.ui.worklist.strip import Plan, day_of, text_of
from tracker.ui.worklist.work_words import CHANNELS

if TYPE_CHECKING:
    from tracker.domain.authorization_request import AuthorizationRecord
    from tracker.services import Services
    from tracker.ui.pages.page import PageContext


class FollowUpStrip(RequestStrip):
    """F: looked at it, and when again. What is no longer open may be let go without a next day."""

    title = tr("Follow-up done")
    button = tr("Follow-up done")

    def build(self) -> None:
        hint = tr("+3, fri, 12/3") if self.record.status.waits else tr("+3, or empty: nothing more to do")
        self.add("next action", tr("&Next on"), self.day(hint=hint))
        self.add("note", tr("No&te"), self.line(tr("what was found, if anything")))

    def plan(self, services: Services) -> Plan:
        day, note, record = day_of(self.fields["next action"]), text_of(self.fields["note"]), self.record
        if day is None and record.status.waits:
            raise InvalidEntryError(
                tr("The next day to look at it is missing."), "", tr("Type +3, fri or a date."), about="next action"
            )
        contact = services.authorizations.contact
        return Plan(lambda: contact(record.id, record.version, note, next_action=day, nothing_more=day is None))


class ContactStrip(RequestStrip):
    """C: a call, a fax, a note."""

    title = tr("Contact or note")
    button = tr("Log it")

    def build(self) -> None:
        self.add("note", tr("&What"), self.line(tr("what was said")))
        ways = [Choice(None, tr("A note only")), *(Choice(each, words) for each, words in CHANNELS.items())]
        channel = ChoiceField(ways, self)
        channel.set_value(Channel.PHONE)
        self.add("channel", tr("&How"), channel)
        self.add("who", tr("Wit&h"), self.line(tr("a name")))
        self.add("reference", tr("Call &ref."), self.line(tr("the payer's")))
        self.add("next action", tr("&Next on"), self.day(hint=tr("as it is")))

    def plan(self, services: Services) -> Plan:
        fields, record = self.fields, self.record
        note, day = text_of(fields["note"]), day_of(fields["next action"])
        channel = channel_of(fields["channel"])
        who, reference = text_of(fields["who"]), text_of(fields["reference"])
        contact = services.authorizations.contact
        return Plan(
            lambda: contact(
                record.id, record.version, note, channel=channel, spoke_with=who, reference=reference, next_action=day
            )
        )


class OwnerStrip(RequestStrip):
    """O: who follows it; those who follow requests now are offered, whoever is signed in first."""

    title = tr("Who follows it")
    button = tr("Assign")

    def build(self) -> None:
        self.owner = PickField(tr("a name; empty for nobody"), self, free=True)
        self.owner.setText(self.record.request.owner)
        self.owner.selectAll()
        self.add("owner", tr("&Name"), self.owner)

    def prepare(self, context: PageContext) -> None:
        def offer(names: tuple[str, ...]) -> None:
            self.owner.set_picks(Pick(name, name) for name in names)

        context.tasks.run(self, context.services.worklist.owners, offer)

    def plan(self, services: Services) -> Plan:
        owner, record = text_of(self.fields["owner"]), self.record
        return Plan(lambda: services.authorizations.assign(record.id, record.version, owner))


class EditStrip(RequestStrip):
    """Enter: corrects what was typed wrong. What the payer decided can be corrected once it has decided."""

    title = tr("Correct the request")
    button = tr("Save")

    def build(self) -> None:
        answer, request = self.record.authorization, self.record.request
        if self.record.status.grants:
            number = self.line()
            number.setText(answer.number or "")
            self.add("number", tr("&Number"), number)
            self.add("start", tr("&From"), self.day(answer.start))
            self.add("end", tr("&To"), self.day(answer.end))
        else:
            self.add("wanted from", tr("Wanted &from"), self.day(request.wanted_from))
            self.add("wanted to", tr("Wanted &to"), self.day(request.wanted_to))
            self.add("next action", tr("&Look again"), self.day(request.next_action))
        reference, note = self.line(tr("the payer's")), self.line()
        reference.setText(request.reference)
        note.setText(request.note)
        self.add("reference", tr("&Reference"), reference)
        self.add("note", tr("No&te"), note)

    def plan(self, services: Services) -> Plan:
        changed = self._changed()
        return Plan(lambda: services.authorizations.change(changed), changed if changed.status.grants else None)

    def _changed(self) -> AuthorizationRecord:
        fields, answer, request = self.fields, self.record.authorization, self.record.request
        request = replace(request, reference=text_of(fields["reference"]), note=text_of(fields["note"]))
        if self.record.status.grants:
            number, start, end = text_of(fields["number"]), day_of(fields["start"]), day_of(fields["end"])
            answer = replace(answer, number=number or None, start=start, end=end)
        else:
            request = replace(
                request,
                wanted_from=day_of(fields["wanted from"]),
                wanted_to=day_of(fields["wanted to"]),
                next_action=day_of(fields["next action"]),
            )
        return replace(self.record, authorization=answer, request=request)
