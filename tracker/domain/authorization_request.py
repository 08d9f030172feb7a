"""A request for an authorization from draft to decision: what was asked, who follows it, what was said (ux.md 5.5).

What the payer granted is `tracker.domain.authorization.Authorization`; the two are kept apart, line by line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.anatomy import Target
from tracker.domain.authorization import Authorization, AuthorizationStatus
from tracker.domain.body_regions import BodyRegion
from tracker.domain.errors import InvalidEntryError
from tracker.domain.language import tr
from tracker.domain.npi import check_npi
from tracker.domain.procedure import Approach, Family, Intent


class RequestType(StrEnum):
    """What is asked of the payer. A transition carries an old plan's approval into a new one (42 CFR 422.112(b)(8))."""

    INITIAL = "initial"
    EXTENSION = "extension"
    RETRO = "retro"
    TRANSITION = "transition"


class Channel(StrEnum):
    """How something went to the payer or came from it."""

    PORTAL = "portal"
    FAX = "fax"
    PHONE = "phone"
    MAIL = "mail"
    EMAIL = "email"
    VISIT = "visit"


class PeerToPeer(StrEnum):
    """What a call between the clinicians can do: overturn a denial, or only explain it."""

    UNKNOWN = "unknown"
    CAN_OVERTURN = "can-overturn"
    EDUCATIONAL = "educational"
    NONE = "none"


OVERTURNS_NOTHING = frozenset({PeerToPeer.EDUCATIONAL, PeerToPeer.NONE})


class LogKind(StrEnum):
    """What an entry of the log is about."""

    MOVE = "move"
    CONTACT = "contact"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One code of the request; `add_on` where it is billed beside another. Empty targets: no level is named."""

    code: str
    units: int = 1
    targets: tuple[Target, ...] = ()
    add_on: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """A provider or a facility that is not of the clinic, as the payer knows it; without a name: nobody."""

    name: str = ""
    npi: str = ""

    @classmethod
    def typed(cls, name: str, npi: str, about: str) -> Outside:
        """Return what was typed; `about`: ordering, rendering or facility.

        Raises InvalidEntryError for an NPI that proves to be wrong, and for one without a name.
        """
        called = " ".join(name.split())
        try:
            proved = check_npi(npi)
        except InvalidEntryError as error:
            raise InvalidEntryError(error.title, error.detail, error.remedy, npi, about=f"{about} npi") from None
        if proved and not called:
            remedy = tr("Type it as the payer knows it.")
            raise InvalidEntryError(tr("The name is missing."), "", remedy, about=f"{about} name")
        return cls(called, proved)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Who said or did what, when. A move names both statuses; a contact its channel and the payer's call reference."""

    kind: LogKind
    at: datetime
    by: str
    text: str = ""
    channel: Channel | None = None
    spoke_with: str = ""
    reference: str = ""
    before: AuthorizationStatus | None = None
    after: AuthorizationStatus | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What the clinic asked for and how the request is followed; days are the clinic's, moments aware.

    `wanted_from`, `wanted_to`: the span asked for; `planned_for`: the day that the visit is planned on.
    `complete_at`: when the payer had everything, where its clock begins then. `next_action` is set while it is open.
    Who is `outside` stands in the place of the clinic's own provider or site; `facility_place`: its place of service.
    """

    type: RequestType = RequestType.INITIAL
    expedited: bool = False
    coverage_id: str = ""
    site_id: str = ""
    ordering_provider_id: str = ""
    rendering_provider_id: str = ""
    ordering_outside: Outside = Outside()
    rendering_outside: Outside = Outside()
    facility_outside: Outside = Outside()
    facility_place: str = ""
    family: Family | None = None
    intent: Intent | None = None
    approach: Approach | None = None
    targets: tuple[Target, ...] = ()
    body_regions: tuple[BodyRegion, ...] = ()
    diagnoses: tuple[str, ...] = ()
    asked: tuple[AskedLine, ...] = ()
    wanted_from: date | None = None
    wanted_to: date | None = None
    planned_for: date | None = None
    channel: Channel | None = None
    reference: str = ""
    submitted_at: datetime | None = None
    complete_at: datetime | None = None
    decide_by: datetime | None = None
    owner: str = ""
    next_action: date | None = None
    next_step: str = ""
    denial_code: str = ""
    denial_text: str = ""
    peer_to_peer: PeerToPeer = PeerToPeer.UNKNOWN
    peer_to_peer_by: date | None = None
    appeal_level: int = 0
    appeal_by: date | None = None
    replaces: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuthorizationRecord:
    """One request with the payer's answer to it and everything that was said about it, oldest first."""

    patient_id: str
    authorization: Authorization
    request: AuthorizationRequest
    log: tuple[LogEntry, ...] = ()
    version: int = 1

    @property
    def id(self) -> str:
        return self.authorization.id

    @property
    def status(self) -> AuthorizationStatus:
        return self.authorization.status

    def expired(self, today: date) -> bool:
        """Tell whether an approval has run out; it is told by its last day, never stored."""
        end = self.authorization.end
        return self.status.grants and end is not None and end < today
