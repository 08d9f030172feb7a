"""Short names of checklist items, for lists and for the packet; the whole sentence stands beside them."""

from __future__ import annotations

from tracker.domain.checklist import ChecklistItem, Proof

_LABELS = {
    "identifiers": "Two identifiers on every page",
    "visit-note": "Visit note, signed and dated",
    "procedure-note": "Procedure note, signed and dated",
    "procedure-named": "Codes, units, levels and sides",
    "diagnosis": "Diagnosis with its code",
    "provider-and-site": "Who does it, and where",
    "planned-dates": "Planned day or days",
    "planned-after-two-weeks": "Two weeks between the blocks",
    "sessions-counted": "Sessions used so far",
    "sedation-reason": "Why sedation",
    "several-blocks-reason": "Why several kinds of block",
    "pain-duration": "How long the pain has been there",
    "pain-score": "Pain score now, one number",
    "pain-place": "Pain below L5, no radiculopathy",
    "function-scale": "Function on a named scale",
    "axial-pain": "Axial pain, no radiculopathy",
    "radicular-pain": "Radicular pain",
    "facet-loading": "Facet loading",
    "provocative-tests": "Provocative tests of the joint",
    "other-causes-imaging": "Imaging, no other cause",
    "imaging-report": "MRI or CT report",
    "conservative-care": "Conservative care tried",
    "conservative-care-goes-on": "Conservative care goes on",
    "medication-trial": "Medication tried",
    "anti-inflammatory": "Anti-inflammatory drug tried",
    "ablation-considered": "Ablation in view",
    "ablation-impossible": "Why ablation cannot be done",
    "beyond-a-year": "Why beyond twelve months",
    "new-blocks-after-two-years": "New blocks, or why not",
    "new-episode": "All that a first one needs",
    "level-and-side": "Level and side",
    "place-reason": "Why at this place of service",
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
        label = f"{label}: {asked.at_least:g} {asked.unit} or more"
    return f"If {item.only_if}: {label[0].lower()}{label[1:]}" if item.only_if else label
