"""Makes a packet: lays our own sheets, fits the papers behind them, stamps every page. Runs off the window's thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tracker.domain.clinical_record import Document
from tracker.domain.errors import TrackerError
from tracker.domain.language import FOR_PAYERS, speaking, tr
from tracker.domain.us_dates import us_date
from tracker.services.pace import Pace
from tracker.services.packets.packet_content import Packet
from tracker.ui.paper.cover import lay_cover
from tracker.ui.paper.flow import Flow
from tracker.ui.paper.painting import Others, Stamp, foreign_sheet, sheets_pdf, stamps_pdf
from tracker.ui.paper.pictures import picture_sheets
from tracker.ui.paper.request_pages import lay_checklist, lay_history, lay_request
from tracker.ui.paper.sheet import Sheet, mistaken_letters, unprintable

if TYPE_CHECKING:
    from tracker.services.packets.packet import PacketService

PDF = "application/pdf"


class Binding(Protocol):
    """Where pages are put, one paper after the other (what `PacketService.binding` returns)."""

    def add(self, name: str, content: bytes, *, ours: bool) -> tuple[bool, ...]: ...


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something behind our own sheets: a PDF, or pictures."""

    title: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MadePacket:
    """A finished packet. `told` are sentences about what is not in it as one would expect."""

    packet: Packet
    pdf: bytes
    sheets: tuple[Sheet, ...]
    stamp: Stamp
    told: tuple[str, ...]
    others: Others | None = None

    @property
    def job(self) -> str:
        return tr("Packet {id}", id=self.packet.id)

    @property
    def foot(self) -> Stamp:
        return self.stamp

    @property
    def pages(self) -> int:
        return len(self.sheets)


def make_packet(
    service: PacketService,
    packet: Packet,
    papers: Sequence[Document],
    forms: Sequence[Enclosure] = (),
    pace: Pace | None = None,
    *,
    flipped: bool = False,
) -> MadePacket:
    """Return the packet with these papers in this order; a paper that cannot be read is left out and told."""
    heard, told = pace or Pace(), list[str]()
    binding = service.binding(mistaken_letters())
    behind: list[tuple[str, tuple[Sheet, ...]]] = []
    for enclosure in (*forms, *_enclosures(service, heard.each(papers), told)):
        try:
            behind.append((enclosure.title, _bound(binding, enclosure)))
        except TrackerError as error:
            told.append(tr("Left out: {sentence}", sentence=error.sentence()))
    heard.tell(len(papers), len(papers))
    front = _front(packet, [(title, len(sheets)) for title, sheets in behind], flipped)
    binding.add_first(sheets_pdf(front))
    stamp = Stamp(packet.facts["patient.name"], packet.facts["patient.born"], packet.id, len(binding.landscape))
    pdf = binding.stamped(stamps_pdf(stamp, binding.landscape), tr("Packet {id}", id=packet.id))
    sheets = (*front, *(sheet for _title, sheets in behind for sheet in sheets))
    others = (lambda: service.pictures(pdf)) if any(sheet.foreign for sheet in sheets) else None
    return MadePacket(packet, pdf, sheets, stamp, (*_lost_letters(packet), *told), others)


def _enclosures(service: PacketService, papers: Iterable[Document], told: list[str]) -> Iterator[Enclosure]:
    for paper in papers:
        try:
            title = f"{paper.title}, {us_date(paper.dated)}" if paper.dated else paper.title
            yield Enclosure(title, paper.media_type, service.content(paper))
        except TrackerError as error:
            told.append(tr("Left out: {sentence}", sentence=error.sentence()))


def _bound(binding: Binding, enclosure: Enclosure) -> tuple[Sheet, ...]:
    """Put a paper into the packet and return its sheets; the pages of a PDF show only their place."""
    title = enclosure.title
    if enclosure.media_type != PDF:
        sheets = picture_sheets(enclosure.content, title)
        binding.add(f"“{title}”", sheets_pdf(sheets), ours=True)
        return sheets
    lie = binding.add(f"“{title}”", enclosure.content, ours=False)
    return tuple(foreign_sheet(title, number, len(lie), each) for number, each in enumerate(lie, 1))


def _front(packet: Packet, behind: Sequence[tuple[str, int]], flipped: bool) -> tuple[Sheet, ...]:
    """Lay our own sheets: once to learn how many there are, once to say so on the cover."""
    found: tuple[Sheet, ...] = ()
    for _ in range(2):
        total = len(found) + sum(count for _title, count in behind)
        found = _laid(packet, behind, total, len(found), flipped)
    return found


@speaking(FOR_PAYERS)
def _laid(packet: Packet, behind: Sequence[tuple[str, int]], total: int, own: int, flipped: bool) -> tuple[Sheet, ...]:
    contents = [(tr("Request form, levels, checklist and history"), 2, max(own - 1, 1))]
    first = own + 1
    for title, count in behind:
        contents.append((title, first, count))
        first += count
    flow = Flow()
    lay_cover(flow, packet, contents, total)
    flow.new_sheet()
    lay_request(flow, packet, flipped=flipped)
    flow.new_sheet()
    lay_checklist(flow, packet)
    flow.gap(20)
    lay_history(flow, packet)
    return flow.sheets()


def _lost_letters(packet: Packet) -> Iterator[str]:
    lost = unprintable(packet.facts["patient.name"])
    if lost:
        yield (
            tr(
                "No font of this computer has {n} of the letters of the patient's name ({join}); a "
                "box stands in their place.",
                n=len(lost),
                join=", ".join(lost),
            )
        )
