"""Short names of checklist items, for lists and for the packet; the whole sentence stands beside them."""

from __future__ import annotations

from tracker.domain.checklist import ChecklistItem, Proof
from tracker.domain.language import tr

_LABELS = {
    "identifiers": tr("Two identifiers on every page"),
    "visit-note": tr("Visit note, signed and dated"),
    "procedure-note": tr("Procedure note, signed and dated"),
    "procedure-named": tr("Codes, units, levels and sides"),
    "diagnosis": tr("Diagnosis with its code"),
    "provider-and-site": tr("Who does it, and where"),
    "planned-dates": tr("Planned day or days"),
    "planned-after-two-weeks": tr("Two weeks between the blocks"),
    "sessions-counted": tr("Sessions used so far"),
    "sedation-reason": tr("Why sedation"),
    "several-blocks-reason": tr("Why several kinds of block"),
    "pain-duration": tr("How long the pain has been there"),
    "pain-score": tr("Pain score now, one number"),
    "pain-place": tr("Pain below L5, no radiculopathy"),
    "function-scale": tr("Function on a named scale"),
    "axial-pain": tr("Axial pain, no radiculopathy"),
    "radicular-pain": tr("Radicular pain"),
    "facet-loading": tr("Facet loading"),
    "provocative-tests": tr("Provocative tests of the joint"),
    "other-causes-imaging": tr("Imaging, no other cause"),
    "imaging-report": tr("MRI or CT report"),
    "conservative-care": tr("Conservative care tried"),
    "conservative-care-goes-on": tr("Conservative care goes on"),
    "medication-trial": tr("Medication tried"),
    "anti-inflammatory": tr("Anti-inflammatory drug tried"),
    "ablation-considered": tr("Ablation in view"),
    "ablation-impossible": tr("Why ablation cannot be done"),
    "beyond-a-year": tr("Why beyond twelve months"),
    "new-blocks-after-two-years": tr("New blocks, or why not"),
    "new-episode": tr("All that a first one needs"),
    "level-and-side": tr("Level and side"),
    "place-reason": tr("Why at this place of service"),
}


def label_of(item: ChecklistItem) -> str:
    """Return a short name with the figure that is asked; the item's own sentence where no short one is known."""
    label = _LABELS.get(item.id)
    if label is None:
        return item.text.rstrip(".")
    asked = item.satisfied_by
    if asked.lasting is not None and asked.proof is Proof.DURATION:
        label = f"{label}: {asked.lasting.text}"
    elif asked.at_least is not None and asked.proof in (Proof.SCORE, Proof.FINDING):
        label = tr("{label}: {at_least:g} {unit} or more", label=label, at_least=asked.at_least, unit=asked.unit)
    return (
        tr("If {only_if}: {label}{label2}", only_if=item.only_if, label=label[0].lower(), label2=label[1:])
        if item.only_if
        else label
    )
