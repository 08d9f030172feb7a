"""What a line of the palette says, and how commands and patients become lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.folding import folded
from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.ui.actions import ActionRegistry, Entry
from tracker.ui.commands.ranking import Candidate, Match, Span, fit_of, ranked

if TYPE_CHECKING:
    from tracker.services.patients.patients import PatientHit
    from tracker.services.patients.worth_knowing import WorthKnowing

MOST_COMMANDS = 8
MOST_PATIENTS = 6
_OWN = frozenset({"palette"})
"""Acts that do nothing more from inside the palette."""
_ICONS = {"&File": "folder", "&Edit": "edit", "&View": "sliders", "&Go": "chevron-right", "&Patient": "user",
          "&Schedule": "calendar", "&Authorization": "clipboard", "&Reports": "chart", "&Rules": "book",
          "&Help": "note"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading (`id` is ""), a patient or a command. `beside` is light, `right` a key or why it is off.

    `identifiers` stand whole, whatever has to give way: a name may be very long.
    """

    text: str
    id: str = ""
    icon: str = ""
    spans: tuple[Span, ...] = ()
    beside: str = ""
    right: str = ""
    patient: bool = False
    possible: bool = True
    fact: WorthKnowing | None = None
    identifiers: str = ""

    @property
    def heading(self) -> bool:
        return not self.id

    def spoken(self) -> str:
        """Return the line as it is read out."""
        told = self.fact.text if self.fact else self.right
        return ", ".join(part for part in (self.text, self.identifiers, self.beside, told) if part)


def command_lines(registry: ActionRegistry, typed: str, recent: Sequence[str]) -> tuple[Line, ...]:
    """Return the commands that fit, under their heading; without anything typed the recent ones stand first."""
    entries = {entry.act.id: entry for entry in registry.entries() if entry.act.id not in _OWN}
    candidates = [
        Candidate(act_id, entry.act.words, entry.act.also, entry.action.isEnabled())
        for act_id, entry in entries.items()
    ]
    matches = ranked(typed, candidates, recent)
    if typed.strip():
        return _under(tr("Commands"), [_command(match, entries) for match in matches[:MOST_COMMANDS]])
    used = [match for match in matches if match.candidate.id in recent and match.candidate.possible]
    rest = [match for match in matches if match not in used and match.candidate.possible]
    return (
        *_under(tr("Recent"), [_command(match, entries) for match in used[:MOST_COMMANDS]]),
        *_under(tr("Commands"), [_command(match, entries) for match in rest]),
    )


def _command(match: Match, entries: dict[str, Entry]) -> Line:
    entry = entries[match.candidate.id]
    act, reason = entry.act, entry.reason()
    menu = act.menu.replace("&", "")
    beside = f"{menu}, {match.by}" if match.by else menu
    if reason:
        beside = tr("{menu}; off: {reason}", menu=menu, reason=reason)
    return Line(act.words, act.id, _ICONS.get(act.menu, "note"), match.spans, beside, entry.shown_key(),
                possible=not reason)  # fmt: skip


def patient_lines(typed: str, hits: Iterable[PatientHit], alike: Iterable[PatientHit]) -> tuple[Line, ...]:
    """Return who was found, each with two identifiers, and below who is spelt much alike."""
    found = [_patient(typed, hit) for hit in hits][:MOST_PATIENTS]
    similar = [_patient(typed, hit) for hit in alike][: MOST_PATIENTS - len(found)]
    return (*_under(tr("Patients"), found), *_under(tr("Did you mean"), similar))


def _patient(typed: str, hit: PatientHit) -> Line:
    patient = hit.patient
    identifiers = "  ".join(part for part in (us_date(patient.born), patient.mrn) if part)
    found = fit_of(folded(typed).replace(",", " ").split(), patient.name)
    return Line(patient.name, patient.id, "users", found[1] if found else (), hit.coverage_label, patient=True,
                identifiers=identifiers)  # fmt: skip


def with_fact(line: Line, fact: WorthKnowing) -> Line:
    """Return the line with what is worth knowing at its right."""
    return replace(line, fact=fact)


def _under(heading: str, lines: list[Line]) -> tuple[Line, ...]:
    return (Line(heading, right=str(len(lines))), *lines) if lines else ()
