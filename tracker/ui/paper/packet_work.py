"""Gathers and makes a packet on the lanes; only the newest choice of papers is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from tracker.domain.clinical_record import Document
from tracker.services.packets.packet_content import Packet
from tracker.ui.importing.import_job import ImportJob
from tracker.ui.pages.page import PageContext
from tracker.ui.paper.packet_maker import Enclosure, MadePacket, make_packet
from tracker.ui.tasks import LatestOnly


class PacketWork(QObject):
    """`gathered` carries a Packet, `made` a MadePacket, `failed` why there is none; `begun` the job of making one."""

    begun = Signal(object)
    gathered = Signal(object)
    made = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, record_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._service, self._preferences = context.services.packets, context.preferences
        self._record_id = record_id
        self._gathering = LatestOnly(context.tasks, self)
        self._making = LatestOnly(context.tasks, self, lane="long")
        self._kept_id = ""
        self._job = ImportJob()
        self._asked: tuple[Packet, Sequence[Document], Sequence[Enclosure]] | None = None
        self._under_way = False

    def gather(self) -> None:
        """Read anew what the packet says; it stays the same packet."""
        service, record_id, kept_id = self._service, self._record_id, self._kept_id
        self._gathering.run(lambda: service.gather(record_id, kept_id), self._on_gathered, self.failed.emit)

    def _on_gathered(self, packet: Packet) -> None:
        self._kept_id = packet.id
        self.gathered.emit(packet)

    def make(self, packet: Packet, papers: Sequence[Document], forms: Sequence[Enclosure]) -> None:
        """Make the pages; what was being made before is called off."""
        self._job.call_off()
        job, service, flipped = ImportJob(), self._service, self._preferences.spine_flipped
        self._job, self._asked = job, (packet, papers, forms)
        self._under_way = True
        self._making.run(
            lambda: make_packet(service, packet, papers, forms, job.pace(), flipped=flipped),
            self._on_made,
            self._on_not_made,
        )
        self.begun.emit(job)

    def make_again(self) -> None:
        """Make what was asked for last, where that was called off or failed."""
        if self._asked is not None and not self._under_way:
            self.make(*self._asked)

    @Slot()
    def call_off(self) -> None:
        """Stop making the pages; `failed` tells that it was called off."""
        self._job.call_off()

    def _on_made(self, made: MadePacket) -> None:
        self._under_way = False
        self.made.emit(made)

    def _on_not_made(self, error: Exception) -> None:
        self._under_way = False
        self.failed.emit(error)
