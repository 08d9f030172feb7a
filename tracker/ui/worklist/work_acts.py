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
    from tracker.services.authorizations.work_rows import WorkRow


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


PACKET_KEY = "Ctrl+P"
"""The window's own key: it opens the packet of whatever page is in front."""
_GRANTED = frozenset(each for each in At if each.grants)
WORK_ACTS = (
    WorkAct("S", "submitted", tr("Submitted"), tr("&Submitted"), tr("submitted"), SubmittedStrip,
            frozenset({At.SUBMITTED})),
    WorkAct("G", "pending", tr("Pending"), tr("&Got the payer's reference"), tr("pending"), PendingStrip,
            frozenset({At.PENDED})),
    WorkAct("W", "more wanted", tr("Payer wants more"), tr("Payer &wants more"), tr("wants more"), MoreWantedStrip,
            frozenset({At.MORE_WANTED})),
    WorkAct("P", "approved", tr("Approve"), tr("A&pproved"), tr("approve"), ApprovedStrip, frozenset({At.APPROVED})),
    WorkAct("L", "partial", tr("In part"), tr("Approved in part, &line by line"), tr("in part"),
            PartialStrip, _GRANTED),
    WorkAct("D", "denied", tr("Deny"), tr("&Denied"), tr("deny"), DeniedStrip, frozenset({At.DENIED})),
    WorkAct("A", "appeal", tr("Appeal"), tr("&Appealed"), tr("appeal"), AppealStrip, frozenset({At.APPEALED})),
    WorkAct("Q", "not required", tr("Not required"), tr("Not re&quired"), tr("not required"), NotRequiredStrip,
            frozenset({At.NOT_REQUIRED})),
    WorkAct("X", "close request", tr("Cancel or withdraw"), tr("&Cancel or withdraw"), tr("cancel"), ClosingStrip,
            frozenset({At.CANCELLED, At.WITHDRAWN})),
    WorkAct("F", "follow-up", tr("Follow-up done"), tr("&Follow-up done"), tr("follow-up done"), FollowUpStrip),
    WorkAct("C", "contact", tr("Contact"), tr("C&ontact or note"), tr("contact"), ContactStrip),
    WorkAct("O", "owner", tr("Assign"), tr("Assi&gn"), tr("owner"), OwnerStrip),
    WorkAct("K", CHECKLIST, tr("Checklist"), tr("Chec&klist"), tr("checklist")),
    WorkAct("M", DOCUMENTS, tr("Documents"), tr("Docu&ments"), tr("documents")),
    WorkAct(PACKET_KEY, PACKET, tr("Packet"), tr("Packet for the payer"), tr("packet")),
    WorkAct("E", WHOLE, tr("Edit all"), tr("&Edit lines, providers, site"), tr("edit all")),
    WorkAct("Return", "edit request", tr("Correct"), tr("Co&rrect the request"), tr("correct"), EditStrip),
)  # fmt: skip
BY_KEY = {act.key: act for act in WORK_ACTS}
WORK_KEYS = tuple((act.shown_key, act.menu_text.replace("&", "")) for act in WORK_ACTS if act.key != PACKET_KEY)


def misfit(act: WorkAct, row: WorkRow) -> str:
    """Return why the request cannot take the step from where it stands."""
    status = row.record.status
    ways = ", ".join(sorted(tr(WORDS[each]).lower() for each in MOVES[status]))
    step = act.menu_text.replace("&", "").lower()
    what = tr("It can become: {ways}.", ways=ways) if ways else tr("That stands: start a new one with N.")
    return tr(
        "This request is {WORDS}, so “{step}” is no step from there. {what}",
        WORDS=tr(WORDS[status]).lower(),
        step=step,
        what=what,
    )


def next_acts(row: WorkRow) -> tuple[WorkAct, ...]:
    """Return what the desk most likely does next with a request, the likeliest first."""
    status = row.record.status
    if status is At.DRAFT:
        keys: tuple[str, ...] = ("S", "E", PACKET_KEY)
    elif status is At.DENIED:
        keys = ("A", "F", PACKET_KEY)
    elif status.at_payer:
        keys = ("F", "P", PACKET_KEY)
    else:
        keys = ("C", "M", "Return")
    return tuple(BY_KEY[key] for key in keys)
