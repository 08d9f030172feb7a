"""Short names of checklist items, for lists and for the packet; the whole sentence stands beside them."""

from __future__ import annotations

from tracker.domain.checklist import ChecklistItem, Proof
from tracker.domain.language import msg, tr

_LABELS = {
    "identifiers": msg("Two identifiers on every page"),
    "visit-note": msg("Visit note, signed and dated"),
    "procedure-note": msg("Procedure note, signed and dated"),
    "procedure-named": msg("Codes, units, levels and sides"),
    "diagnosis": msg("Diagnosis with its code"),
    "provider-and-site": msg("Who does it, and where"),
    "planned-dates": msg("Planned day or days"),
    "planned-after-two-weeks": msg("Two weeks between the blocks"),
    "sessions-counted": msg("Sessions used so far"),
    "sedation-reason": msg("Why sedation"),
    "several-blocks-reason": msg("Why several kinds of block"),
    "pain-duration": msg("How long the pain has been there"),
    "pain-score": msg("Pain score now, one number"),
    "pain-place": msg("Pain below L5, no radiculopathy"),
    "function-scale": msg("Function on a named scale"),
    "axial-pain": msg("Axial pain, no radiculopathy"),
    "radicular-pain": msg("Radicular pain"),
    "facet-loading": msg("Facet loading"),
    "provocative-tests": msg("Provocative tests of the joint"),
    "other-causes-imaging": msg("Imaging, no other cause"),
    "imaging-report": msg("MRI or CT report"),
    "conservative-care": msg("Conservative care tried"),
    "conservative-care-goes-on": msg("Conservative care goes on"),
    "medication-trial": msg("Medication tried"),
    "anti-inflammatory": msg("Anti-inflammatory drug tried"),
    "ablation-considered": msg("Ablation in view"),
    "ablation-impossible": msg("Why ablation cannot be done"),
    "beyond-a-year": msg("Why beyond twelve months"),
    "new-blocks-after-two-years": msg("New blocks, or why not"),
    "new-episode": msg("All that a first one needs"),
    "level-and-side": msg("Level and side"),
    "place-reason": msg("Why at this place of service"),
    "image-guidance": msg("What guides the needle"),
    "no-image-guidance": msg("Without guidance by imaging"),
    "thermal-ablation": msg("Ablation by heat"),
    "no-anterior-fusion": msg("No anterior lumbar fusion"),
    "no-centralized-pain": msg("No centralized pain"),
    "anesthetic-volume": msg("How much anesthetic a level"),
}


def label_of(item: ChecklistItem) -> str:
    """Return a short name with the figure that is asked; the item's own sentence where no short one is known."""
    if item.id not in _LABELS:
        return tr(item.text).rstrip(".")
    label = tr(_LABELS[item.id])
    asked = item.satisfied_by
    if asked.lasting is not None and asked.proof is Proof.DURATION:
        label = f"{label}: {asked.lasting.words}"
    elif asked.at_least is not None and asked.proof in (Proof.SCORE, Proof.FINDING):
        label = tr("{label}: {least:g} {unit} or more", label=label, least=asked.at_least, unit=asked.unit)
    if not item.only_if:
        return label
    return tr("If {only_if}: {label}", only_if=tr(item.only_if), label=f"{label[0].lower()}{label[1:]}")
