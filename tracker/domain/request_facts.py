"""What a payer's form or portal may ask about a request: each fact by name, with our words for it."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.language import msg

SEVERAL = 4
"""How many codes and diagnoses have names of their own."""

FACTS: Mapping[str, str] = {
    "patient.last": msg("Last name"),
    "patient.first": msg("First name"),
    "patient.middle": msg("Middle name"),
    "patient.name": msg("Patient"),
    "patient.born": msg("Birth date"),
    "patient.sex": msg("Sex"),
    "patient.phone": msg("Phone"),
    "patient.mrn": msg("Record number"),
    "coverage.payer": msg("Payer"),
    "coverage.plan": msg("Plan"),
    "coverage.member_id": msg("Member ID"),
    "request.type": msg("Type of request"),
    "request.urgency": msg("Urgency"),
    "request.reference": msg("Payer's reference"),
    "request.procedure": msg("Procedure"),
    "request.intent": msg("Intent"),
    "request.approach": msg("Approach"),
    "request.levels": msg("Levels and sides"),
    "request.codes": msg("Codes and units"),
    "request.units": msg("Units in all"),
    "request.diagnoses": msg("Diagnoses (ICD-10)"),
    "request.from": msg("Wanted from"),
    "request.to": msg("Wanted to"),
    "request.planned": msg("Planned date"),
    "request.first_diagnostic": msg("First diagnostic on"),
    "request.days_after_first": msg("Days from the first diagnostic to the planned date"),
    "request.note": msg("Note"),
    "ordering.name": msg("Ordering provider"),
    "ordering.npi": msg("Ordering NPI"),
    "rendering.name": msg("Rendering provider"),
    "rendering.npi": msg("Rendering NPI"),
    "site.name": msg("Site"),
    "site.facility": msg("Facility"),
    "site.place_of_service": msg("Place of service"),
    "site.state": msg("State"),
    "site.npi": msg("Facility NPI"),
    "clinic.name": msg("Clinic"),
    "clinic.street": msg("Clinic's street"),
    "clinic.city": msg("Clinic's town, state and ZIP"),
    "clinic.phone": msg("Clinic's phone"),
    "clinic.fax": msg("Clinic's fax"),
    "clinic.npi": msg("Clinic's NPI"),
    "clinic.tin": msg("Clinic's TIN"),
    "today": msg("Today"),
    "code.1": msg("Code 1"),
    "code.2": msg("Code 2"),
    "code.3": msg("Code 3"),
    "code.4": msg("Code 4"),
    "units.1": msg("Units of code 1"),
    "units.2": msg("Units of code 2"),
    "units.3": msg("Units of code 3"),
    "units.4": msg("Units of code 4"),
    "diagnosis.1": msg("Diagnosis 1"),
    "diagnosis.2": msg("Diagnosis 2"),
    "diagnosis.3": msg("Diagnosis 3"),
    "diagnosis.4": msg("Diagnosis 4"),
}
