"""Packets that left the house: their ids, how the log names them, and the document that keeps what went."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from tracker.domain.authorization_request import AuthorizationRecord, Channel
from tracker.domain.clinical_record import SENT_PACKET, Document, DocumentKind
from tracker.domain.language import msg, tr
from tracker.services.packets.packet_content import Packet

_CHANNELS = {
    Channel.PORTAL: msg("portal"),
    Channel.FAX: msg("fax"),
    Channel.PHONE: msg("phone"),
    Channel.MAIL: msg("mail"),
    Channel.EMAIL: msg("email"),
    Channel.VISIT: msg("visit"),
}
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter that a fax turns into a figure: 0, 1, I and O are left out."""


def new_packet_id() -> str:
    """Return twelve letters and figures by chance, in groups that can be read out: 60 bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def logged(packet_id: str) -> str:
    """Return how an entry of the log about this packet begins."""
    return f"Packet {packet_id}"


def goes_with(paper: Document, record: AuthorizationRecord) -> bool:
    """Tell whether a paper may go with the request; a packet that went before does not go again."""
    return paper.authorization_id == record.id and paper.item != SENT_PACKET


def sent_document(packet: Packet, pages: int, channel: Channel, content: bytes, by: str, at: datetime) -> Document:
    """Return the document that keeps a packet as it went, with day and channel."""
    return Document(
        patient_id=packet.record.patient_id,
        kind=DocumentKind.REQUEST,
        title=tr("Packet {id}, sent by {channel}", id=packet.id, channel=tr(_CHANNELS[channel])),
        media_type="application/pdf",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        dated=at.astimezone().date(),
        pages=pages,
        item=SENT_PACKET,
        authorization_id=packet.record.id,
        added_by=by,
        added_at=at,
    )
