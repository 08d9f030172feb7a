"""The sheets that say what is asked for and why: request form, levels, checklist, history, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF

from tracker.domain.anatomy import Target
from tracker.domain.language import msg, tr
from tracker.domain.request_facts import FACTS
from tracker.services.packets.packet_content import CountRow, ItemState, Packet
from tracker.ui.paper.flow import ACROSS, Flow, TableColumn
from tracker.ui.paper.sheet import LEFT, POINT
from tracker.ui.paper.spine_drawing import single_sided, spine_drawing, views_of

_PATIENT = ("patient.name", "patient.born", "patient.sex", "patient.phone", "patient.mrn")
_COVERAGE = ("coverage.payer", "coverage.plan", "coverage.member_id")
_ASKED = ("request.type", "request.urgency", "request.procedure", "request.intent", "request.approach",
          "request.levels", "request.diagnoses", "request.from", "request.to", "request.planned")  # fmt: skip
_PEOPLE = ("ordering.name", "ordering.npi", "rendering.name", "rendering.npi", "site.name", "site.facility",
           "site.place_of_service", "site.state")  # fmt: skip
_CODES = (
    TableColumn(msg("Code"), 0.13),
    TableColumn(msg("What it is, in our words"), 0.43),
    TableColumn(msg("Units"), 0.09),
    TableColumn(msg("Levels and sides"), 0.35),
)
_ITEMS = (TableColumn("", 0.14), TableColumn(msg("What the payer asks for"), 0.46), TableColumn(msg("On file"), 0.4))
_HISTORY = (
    TableColumn(msg("No."), 0.07),
    TableColumn(msg("Date"), 0.15),
    TableColumn(msg("Procedure"), 0.25),
    TableColumn(msg("Levels and sides"), 0.27),
    TableColumn(msg("Done"), 0.12),
    TableColumn(msg("Relief"), 0.14),
)
_DRAWING = 196 * POINT
_STATE_WORDS = {
    ItemState.PRESENT: msg("✓ present"),
    ItemState.MISSING: msg("– missing"),
    ItemState.NOT_NEEDED: msg("if it applies"),
}


def titled(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """Return columns with their titles in the language in use."""
    return [replace(column, title=tr(column.title)) for column in columns]


def lay_request(flow: Flow, packet: Packet, *, flipped: bool = False) -> None:
    """Fill the request form."""
    flow.paragraph(tr("Request form"), 16, strong=True)
    for title, names in ((tr("Patient"), _PATIENT), (tr("Coverage"), _COVERAGE), (tr("What is asked for"), _ASKED)):
        flow.heading(title)
        _lay_facts(flow, packet, names)
    if course := course_text(packet):
        flow.gap(2)
        flow.paragraph(course, strong=True)
    if packet.asked:
        flow.gap(6)
        add = {True: tr("add-on: "), False: ""}
        rows = [(row.code, add[row.add_on] + row.label, str(row.units), row.where) for row in packet.asked]
        flow.table(titled(_CODES), rows)
    if any(packet.facts[name] for name in _PEOPLE):
        flow.heading(tr("Providers and site"))
        _lay_facts(flow, packet, _PEOPLE)
    if note := packet.facts["request.note"]:
        flow.heading(tr("Note"))
        flow.paragraph(note)
    _lay_drawing(flow, packet, flipped)


def course_text(packet: Packet) -> str:
    """Return how long after the first diagnostic the visit is planned, as reviewers look for (policies-2.md 1.4)."""
    first, planned = packet.facts["request.first_diagnostic"], packet.facts["request.planned"]
    days = packet.facts["request.days_after_first"]
    if not first:
        return ""
    if not planned:
        return tr("First diagnostic on {first}.", first=first)
    after = tr(" = {days} days later", days=days) if days else tr(", the exact day of the first being unknown")
    return tr("First diagnostic on {first}, planned date {planned}{after}.", first=first, planned=planned, after=after)


def _lay_facts(flow: Flow, packet: Packet, names: Iterable[str]) -> None:
    for name in names:
        if packet.facts[name]:
            flow.pair(FACTS[name], packet.facts[name])


def _which_side(flipped: bool) -> str:
    """Say which side of the sheet is which of the patient: a drawing on paper has no head to look up to."""
    if flipped:
        return tr("The left half of the drawing is the patient's RIGHT, the right half the LEFT.")
    return tr("The left half of the drawing is the patient's LEFT, the right half the RIGHT.")


def _lay_drawing(flow: Flow, packet: Packet, flipped: bool) -> None:
    """Draw each part of the spine that is meant, the words beside it."""
    shown = views_of(packet.targets, packet.kind, flipped=flipped)
    if not shown:
        return
    numbers: dict[Target, tuple[int, ...]] = {}
    for row in packet.history:
        for target in single_sided(row.targets):
            numbers[target] = (*numbers.get(target, ()), row.number)
    flow.need(_DRAWING + 40 * POINT)
    flow.heading(tr("Levels"))
    for part in shown:
        flow.need(_DRAWING)
        top = flow.y
        flow.draw(spine_drawing(part, packet.targets, numbers, QRectF(LEFT, top, ACROSS * 0.55, _DRAWING)))
        beside = LEFT + ACROSS * 0.6
        flow.paragraph(part.title, strong=True, x=beside, width=ACROSS * 0.4)
        if part.kind.sided:
            flow.paragraph(_which_side(flipped), 8, tone="ink2", x=beside, width=ACROSS * 0.4)
        flow.gap(4)
        for target in sorted(packet.targets):
            if target.level in {each.level for each in part.targets()}:
                flow.paragraph(f"✓ {target.label}", x=beside, width=ACROSS * 0.4)
        flow.gap(6)
        flow.paragraph(
            tr("✓ and a thick frame: asked for. Hatched, with #1, #2: treated before, by the numbers of the history."),
            8, tone="ink2", x=beside, width=ACROSS * 0.4,
        )  # fmt: skip
        flow.y = top + _DRAWING + 6 * POINT


def lay_checklist(flow: Flow, packet: Packet) -> None:
    """Fill the payer's checklist with what is on file and what is not."""
    flow.paragraph(tr("Checklist"), 16, strong=True)
    flow.gap(6)
    if not packet.checklist:
        known = tr("This payer asks for nothing in particular for this procedure.")
        unknown = tr("No checklist of this payer is on file for this procedure; see the papers behind.")
        flow.paragraph(known if packet.checklist_known else unknown)
        return
    papers = {line.id: [each for each in packet.papers if each.item == line.id] for line in packet.checklist}
    rows = []
    for line in packet.checklist:
        titles = "; ".join(paper.title for paper in papers[line.id])
        told = "; ".join(
            part for part in (line.detail, tr("attached: {titles}", titles=titles) if titles else "") if part
        )
        rows.append((tr(_STATE_WORDS[line.state]), line.label, told))
    flow.table(titled(_ITEMS), rows)


def lay_history(flow: Flow, packet: Packet) -> None:
    """Fill the numbered history, and below it what each limit counts of it."""
    flow.paragraph(tr("Injections on file"), 16, strong=True)
    flow.gap(6)
    if packet.history:
        rows = [
            (f"#{row.number}", row.day, row.what, row.where, row.place, row.relief or tr("not recorded"))
            for row in packet.history
        ]
        flow.table(titled(_HISTORY), rows)
    else:
        flow.paragraph(tr("None, neither at this clinic nor known from elsewhere."))
    flow.heading(tr("What counts toward this request"))
    if packet.counts_problem:
        flow.paragraph(packet.counts_problem)
    elif not packet.counts:
        flow.paragraph(tr("The payer's published rules set no limit that counts these injections."))
    for count in packet.counts:
        _lay_count(flow, count)


def _lay_count(flow: Flow, count: CountRow) -> None:
    flow.need(46 * POINT)
    flow.paragraph(f"{count.label}: {count.used}, {count.window}", strong=True)
    counted = ", ".join(f"#{number}" for number in count.counted)
    flow.paragraph(tr("Counted: {counted}.", counted=counted) if counted else tr("Counted: none."))
    for number, reason in count.not_counted:
        flow.paragraph(tr("Not counted: #{number}, {reason}", number=number, reason=reason))
    if count.source:
        flow.paragraph(tr("Rule: {source}", source=count.source), 8, tone="ink2")
    flow.gap(6)
