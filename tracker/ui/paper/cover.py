"""The cover sheet: to whom, from whom, how many pages, what is in it. Of the patient it says nothing but the stamp."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from tracker.domain.language import msg, tr
from tracker.domain.us_dates import us_date
from tracker.services.packets.packet_content import Packet
from tracker.ui.paper.flow import Flow, TableColumn
from tracker.ui.paper.qr import qr_code
from tracker.ui.paper.sheet import LEFT, POINT, TOP, WIDTH

CHANNEL_WORDS = {
    "portal": msg("Portal"),
    "fax": msg("Fax"),
    "phone": msg("Phone"),
    "mail": msg("Mail"),
    "email": msg("E-mail"),
    "visit": msg("Visit"),
}
_QR = 108 * POINT
_PRIVATE = msg(
    "This packet holds health information that the law protects. It is meant for the "
    "payer named above. If it reached you by mistake, please tell the clinic at once, "
    "destroy every page, and do not read, copy or pass it on."
)


def lay_cover(flow: Flow, packet: Packet, contents: Sequence[tuple[str, int, int]], total: int) -> None:
    """Fill the first sheet; `contents` are (what, first page, how many pages)."""
    text_width = WIDTH - 2 * LEFT - _QR - 12 * POINT
    flow.draw(qr_code(packet.id, QRectF(WIDTH - LEFT - _QR, TOP - 10 * POINT, _QR, _QR)))
    flow.paragraph(packet.clinic, 12, strong=True, width=text_width)
    for line in packet.letterhead:
        flow.paragraph(line, 8.5, tone="ink2", width=text_width)
    flow.gap(8)
    flow.paragraph(tr("Request for prior authorization"), 20, strong=True, width=text_width)
    flow.y = max(flow.y, TOP + _QR + 4 * POINT)
    flow.rule()
    flow.gap(10)
    channel = packet.record.request.channel
    for words, value in (
        (tr("To"), packet.payer),
        (tr("Sent by"), tr(CHANNEL_WORDS[channel.value]) if channel else ""),
        (tr("Payer's reference"), packet.facts["request.reference"]),
        (tr("Urgency"), packet.facts["request.urgency"]),
        (tr("Date"), us_date(packet.made_on)),
        (tr("Prepared by"), packet.sent_by),
        (tr("Pages, this one included"), str(total)),
        (tr("Packet"), packet.id),
    ):
        if value:
            flow.pair(words, value)
    flow.heading(tr("In this packet"))
    columns = (TableColumn(tr("What"), 0.72), TableColumn(tr("From page"), 0.14), TableColumn(tr("Pages"), 0.14))
    flow.table(columns, [(what, str(first), str(count)) for what, first, count in contents])
    flow.gap(18)
    flow.paragraph(tr(_PRIVATE), 8.5, tone="ink2")
