"""What a payer's form or portal may ask about a request: each fact by name, with our words for it."""

from __future__ import annotations

from collections.abc import Mapping

SEVERAL = 4
"""How many codes and diagnoses have names of their own."""

FACTS: Mapping[str, str] = {
    "patient.last": "Last name",
    "patient.first": "First name",
    "patient.middle": "Middle name",
    "patient.name": "Patient",
    "patient.born": "Birth date",
    "patient.sex": "Sex",
    "patient.phone": "Phone",
    "patient.mrn": "Record number",
    "coverage.payer": "Payer",
    "coverage.plan": "Plan",
    "coverage.member_id": "Member ID",
    "request.type": "Type of request",
    "request.urgency": "Urgency",
    "request.reference": "Payer's reference",
    "request.procedure": "Procedure",
    "request.intent": "Intent",
    "request.approach": "Approach",
    "request.levels": "Levels and sides",
    "request.codes": "Codes and units",
    "request.units": "Units in all",
    "request.diagnoses": "Diagnoses (ICD-10)",
    "request.from": "Wanted from",
    "request.to": "Wanted to",
    "request.planned": "Planned date",
    "request.first_diagnostic": "First diagnostic on",
    "request.days_after_first": "Days from the first diagnostic to the planned date",
    "request.note": "Note",
    "ordering.name": "Ordering provider",
    "ordering.npi": "Ordering NPI",
    "rendering.name": "Rendering provider",
    "rendering.npi": "Rendering NPI",
    "site.name": "Site",
    "site.facility": "Facility",
    "site.place_of_service": "Place of service",
    "site.state": "State",
    "site.npi": "Facility NPI",
    "clinic.name": "Clinic",
    "clinic.street": "Clinic's street",
    "clinic.city": "Clinic's town, state and ZIP",
    "clinic.phone": "Clinic's phone",
    "clinic.fax": "Clinic's fax",
    "clinic.npi": "Clinic's NPI",
    "clinic.tin": "Clinic's TIN",
    "today": "Today",
    **{f"code.{n}": f"Code {n}" for n in range(1, SEVERAL + 1)},
    **{f"units.{n}": f"Units of code {n}" for n in range(1, SEVERAL + 1)},
    **{f"diagnosis.{n}": f"Diagnosis {n}" for n in range(1, SEVERAL + 1)},
}
