"""The answer as a few plain lines, to be pasted into a note or read out."""

from __future__ import annotations

from tracker.domain.us_dates import us_date
from tracker.services.answers import Answer
from tracker.services.wording import procedure_text
from tracker.ui.check.answer_view import AnswerView, CountedRow


def as_text(answer: Answer, view: AnswerView) -> str:
    """Return the lines; the patient stands with two identifiers."""
    patient, request = answer.patient, answer.request
    what = procedure_text(request.family, request.intent, request.approach, request.targets)
    lines = [
        f"{patient.name}, born {us_date(patient.born)}, {patient.mrn}",
        f"{what}, asked for {us_date(view.asked, weekday=True)}, {answer.payer_label}",
        f"{view.headline}. {view.count}".strip(" ."),
        view.why,
        view.ask,
        *(_counted(row) for row in view.counted),
        *(remark.text for remark in (*view.also, *view.authorization)),
        f"Rule: {view.source_text}" if view.source_text else "",
        f"If booked: {view.codes}" if view.codes else "",
    ]
    return "\n".join(line for line in lines if line)


def _counted(row: CountedRow) -> str:
    return f"{row.number}) {row.when} {row.procedure} {row.where}, leaves the count on {row.leaves}"
