"""Strips for the payer's decision: approved, approved in part line by line, denied."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.authorization import AuthorizationLine
from tracker.domain.authorization_request import AskedLine, PeerToPeer
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.services.authorizations.authorization_steps import Approval, Denial, Step
from tracker.services.words.wording import targets_text
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.day_field import DayField, read_day
from tracker.ui.widgets.segments import Segments
from tracker.ui.worklist.request_strip import BY_CLOCK, StepStrip
from tracker.ui.worklist.strip import day_of, text_of, value_of

CALLS: dict[PeerToPeer, str] = {
    PeerToPeer.UNKNOWN: tr("as the payer's terms say"),
    PeerToPeer.CAN_OVERTURN: tr("can overturn it"),
    PeerToPeer.EDUCATIONAL: tr("only explains it"),
    PeerToPeer.NONE: tr("is not offered"),
}


class ApprovedStrip(StepStrip):
    """P: approved as asked. A number of days in "To" is counted from the first day."""

    title = tr("Approved as asked")
    button = tr("Approved")

    def build(self) -> None:
        self.add("number", tr("&Number"), self.line(tr("as the payer gave it")))
        start = self.day(self.today)
        end = DayField(self.today, self, read=lambda text, today: read_day(text, start.day() or today),
                       placeholder=tr("+90, a date, or as the terms say"))  # fmt: skip
        start.textChanged.connect(end.read_again)
        self.add("start", tr("&From"), start)
        self.add("end", tr("&To"), end)

    def step(self) -> Step:
        fields, answer = self.fields, self.record.authorization
        return Approval(
            text_of(fields["number"]),
            self.today,
            day_of(fields["start"]),
            day_of(fields["end"]),
            self.lines(),
            answer.facility,
            answer.place_of_service,
            answer.provider,
        )

    def lines(self) -> tuple[AuthorizationLine, ...]:
        return ()


class PartialStrip(ApprovedStrip):
    """L: line by line."""

    title = tr("Approved in part")
    button = tr("Save the lines")

    def build(self) -> None:
        super().build()
        for place, line in enumerate(self.record.request.asked):
            where = f"{line.code} {targets_text(line.targets)}".strip()
            granted = Segments(((True, tr("Yes")), (False, tr("No"))), self, name=tr("{where} approved", where=where))
            units = self.line(name=tr("Units of {where}", where=where))
            units.setText(str(line.units))
            units.setMaximumWidth(64)
            units.setPlaceholderText(tr("no limit"))
            self.add(
                f"granted {place}",
                line.code,
                granted,
                (f"units {place}", tr("Units"), units),
            )

    def lines(self) -> tuple[AuthorizationLine, ...]:
        return tuple(self._answered())

    def _answered(self) -> Iterator[AuthorizationLine]:
        for place, line in enumerate(self.record.request.asked):
            granted = bool(value_of(self.fields[f"granted {place}"]))
            yield AuthorizationLine(line.code, self._units(place, line), 0, line.targets, denied=not granted)

    def _units(self, place: int, line: AskedLine) -> int | None:
        typed = text_of(self.fields[f"units {place}"])
        if not typed:
            return None
        if not typed.isdecimal() or not 0 < int(typed) < 1000:
            raise InvalidEntryError(
                tr("“{typed}” units of {code} is no number.", typed=typed, code=line.code), "",
                tr("Type how many units the payer granted, or nothing if it set no limit."),
                typed, about=f"units {place}",
            )  # fmt: skip
        return int(typed)


class DeniedStrip(StepStrip):
    """D: the payer's no."""

    title = tr("Denied")
    button = tr("Denied")

    def build(self) -> None:
        self.add("text", tr("&Reason"), self.line(tr("the payer's, in a few words")))
        self.add("code", tr("&Code"), self.line(tr("if it gave one")))
        self.add("decided", tr("&On"), self.day(self.today))
        self.add("appeal", tr("A&ppeal by"), self.day(hint=BY_CLOCK))
        call = ChoiceField([Choice(each, words) for each, words in CALLS.items()], self)
        self.add("call", tr("P&eer call"), call)
        self.add("call by", tr("Call &by"), self.day(hint=BY_CLOCK))

    def step(self) -> Step:
        fields, call = self.fields, value_of(self.fields["call"])
        return Denial(
            day_of(fields["decided"]) or self.today,
            text_of(fields["code"]),
            text_of(fields["text"]),
            PeerToPeer(str(call)),
            day_of(fields["call by"]),
            day_of(fields["appeal"]),
        )
