"""The answer as a few plain lines, to be pasted into a note or read out."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.answers.answers import Answer
from tracker.services.words.wording import request_text
from tracker.ui.check.answer_view import AnswerView, CountedRow


def as_text(answer: Answer, view: AnswerView) -> str:
    """Return the lines; the patient stands with two identifiers."""
    patient, request = answer.patient, answer.request
    what = request_text(request)
    lines = [
        tr("{name}, born {born}, {mrn}", name=patient.name, born=us_date(patient.born), mrn=patient.mrn),
        tr(
            "{what}, asked for {asked}, {payer_label}",
            what=what,
            asked=us_date(view.asked, weekday=True),
            payer_label=answer.payer_label,
        ),
        f"{view.headline}. {view.count}".strip(" ."),
        view.why,
        view.ask,
        *(_counted(row) for row in view.counted),
        *(remark.text for remark in (*view.also, *view.authorization)),
        tr("Rule: {source_text}", source_text=view.source_text) if view.source_text else "",
        tr("If booked: {codes}", codes=view.codes) if view.codes else "",
    ]
    return "\n".join(line for line in lines if line)


def _counted(row: CountedRow) -> str:
    return tr(
        "{number}) {when} {procedure} {where}, leaves the count on {leaves}",
        number=row.number,
        when=row.when,
        procedure=row.procedure,
        where=row.where,
        leaves=row.leaves,
    )
