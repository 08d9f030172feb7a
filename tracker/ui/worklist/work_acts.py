"""What can be done with a request: one letter each while the list has the focus, the same acts in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.authorization import AuthorizationStatus as At
from tracker.domain.authorization_moves import MOVES, WORDS
from tracker.domain.language import tr
from tracker.ui.worklist.decision_strips import ApprovedStrip, DeniedStrip, PartialStrip
from tracker.ui.worklist.note_strips import ContactStrip, EditStrip, FollowUpStrip, OwnerStrip
from tracker.ui.worklist.request_strip import RequestStrip
from tracker.ui.worklist.step_strips import (
    AppealStrip,
    ClosingStrip,
    MoreWantedStrip,
    NotRequiredStrip,
    PendingStrip,
    SubmittedStrip,
)
from tracker.ui.worklist.work_dialogs import CHECKLIST, DOCUMENTS, PACKET, WHOLE

if TYPE_CHECKING:
    from tracker.services.work_rows import WorkRow


@dataclass(frozen=True, slots=True)
class WorkAct:
    """One letter: words for a button, a menu, the footer and the list of keys; `leads_to`: where the step may lead.

    It opens its `strip`, or where there is none what WorkDialogs opens under its id.
    """

    key: str
    id: str
    text: str
    menu_text: str
    hint: str
    strip: type[RequestStrip] | None = None
    leads_to: frozenset[At] = frozenset()

    @property
    def shown_key(self) -> str:
        return "Enter" if self.key == "Return" else self.key

    def fits(self, row: WorkRow) -> bool:
        """Tell whether the request can take this step from where it stands."""
        if self.key == "G" and row.record.status is At.PENDED:
            return True  # a reference may come late
        return not self.leads_to or bool(self.leads_to & MOVES[row.record.status])


_GRANTED = frozenset(each for each in At if each.grants)
WORK_ACTS = (
    WorkAct("S", "submitted", "Submitted", "&Submitted", "submitted", SubmittedStrip, frozenset({At.SUBMITTED})),
    WorkAct("G", "pending", "Pending", "&Got the payer's reference", "pending", PendingStrip, frozenset({At.PENDED})),
    WorkAct("W", "more wanted", "Payer wants more", "Payer &wants more", "wants more", MoreWantedStrip,
            frozenset({At.MORE_WANTED})),
    WorkAct("P", "approved", "Approve", "A&pproved", "approve", ApprovedStrip, frozenset({At.APPROVED})),
    WorkAct("L", "partial", "In part", "Approved in part, &line by line", "in part", PartialStrip, _GRANTED),
    WorkAct("D", "denied", "Deny", "&Denied", "deny", DeniedStrip, frozenset({At.DENIED})),
    WorkAct("A", "appeal", "Appeal", "&Appealed", "appeal", AppealStrip, frozenset({At.APPEALED})),
    WorkAct("Q", "not required", "Not required", "Not re&quired", "not required", NotRequiredStrip,
            frozenset({At.NOT_REQUIRED})),
    WorkAct("X", "close request", "Cancel or withdraw", "&Cancel or withdraw", "cancel", ClosingStrip,
            frozenset({At.CANCELLED, At.WITHDRAWN})),
    WorkAct("F", "follow-up", "Follow-up done", "&Follow-up done", "follow-up done", FollowUpStrip),
    WorkAct("C", "contact", "Contact", "C&ontact or note", "contact", ContactStrip),
    WorkAct("O", "owner", "Assign", "Assi&gn", "owner", OwnerStrip),
    WorkAct("K", CHECKLIST, tr("Checklist"), tr("Chec&klist"), tr("checklist")),
    WorkAct("M", DOCUMENTS, tr("Documents"), tr("Docu&ments"), tr("documents")),
    WorkAct("Ctrl+P", PACKET, tr("Packet"), tr("Packet for the payer"), tr("packet")),
    WorkAct("E", WHOLE, tr("Edit all"), tr("&Edit lines, providers, site"), tr("edit all")),
    WorkAct("Return", "edit request", "Correct", "Co&rrect the request", "correct", EditStrip),
)  # fmt: skip
BY_KEY = {act.key: act for act in WORK_ACTS}
WORK_KEYS = tuple((act.shown_key, act.menu_text.replace("&", "")) for act in WORK_ACTS)


def misfit(act: WorkAct, row: WorkRow) -> str:
    """Return why the request cannot take the step from where it stands."""
    status = row.record.status
    ways = ", ".join(sorted(WORDS[each].lower() for each in MOVES[status]))
    step = act.menu_text.replace("&", "").lower()
    what = f"It can become: {ways}." if ways else "That stands: start a new one with N."
    return f"This request is {WORDS[status].lower()}, so “{step}” is no step from there. {what}"


def next_acts(row: WorkRow) -> tuple[WorkAct, ...]:
    """Return what the desk most likely does next with a request, the likeliest first."""
    status = row.record.status
    if status is At.DRAFT:
        keys: tuple[str, ...] = ("S", "E", "Ctrl+P")
    elif status is At.DENIED:
        keys = ("A", "F", "Ctrl+P")
    elif status.at_payer:
        keys = ("F", "P", "Ctrl+P")
    else:
        keys = ("C", "M", "Return")
    return tuple(BY_KEY[key] for key in keys)
