"""The form of Check and book as texts by field, half or whole, and put back from them."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.booking import Elsewhere
from tracker.domain.procedure import ProcedureChoice
from tracker.domain.us_dates import us_date
from tracker.ui.check.form_fields import FormFields
from tracker.ui.widgets.fields import LineField
from tracker.ui.widgets.pick_field import PickField

_TYPED = ("procedure", "levels", "day", "time", "note")


def typed_in(fields: FormFields) -> dict[str, str]:
    """Return what was typed, by field; empty when that is no more than a patient who was picked."""
    typed = {name: _text(fields, name) for name in _TYPED}
    typed["patient"] = fields.patient.text().strip() if fields.patient.is_searching() else ""
    if not any(typed.values()):
        return {}
    if (choice := fields.procedure.choice()) is not None:
        typed |= {"procedure": "", "choice": _key(choice)}
    if (day := fields.day.day()) is not None:
        typed["day"] = us_date(day)  # "fri" would be another day by the time it is read
    typed |= {"site": _pick(fields.site), "provider": _pick(fields.provider)}
    elsewhere = fields.elsewhere.value()
    if isinstance(elsewhere, Elsewhere) and elsewhere is not Elsewhere.NOT_ASKED:
        typed["elsewhere"] = elsewhere.value
    typed["technique"] = "changed" if fields.technique.value() is True else ""
    return {name: text for name, text in typed.items() if text}


def show_typed(fields: FormFields, typed: dict[str, str], choices: Iterable[ProcedureChoice]) -> None:
    """Put the texts back, the patient who was picked aside."""
    choice = next((each for each in choices if _key(each) == typed.get("choice")), None)
    fields.procedure.set_value(choice)
    fields.levels.set_choice(choice)
    for name in _TYPED:
        if text := typed.get(name):
            field = _field(fields, name)
            field.setText(text)
    if fields.patient.patient() is None:
        fields.patient.setText(typed.get("patient", ""))
    for typed_field in (fields.levels, fields.day, fields.time):
        typed_field.read()
    show_site, show_provider = typed.get("site"), typed.get("provider")
    if show_site:
        fields.show_site(show_site)
    if show_provider:
        fields.show_provider(show_provider)
    fields.elsewhere.set_value(next((e for e in Elsewhere if e.value == typed.get("elsewhere")), Elsewhere.NOT_ASKED))
    fields.technique.set_value(typed.get("technique") == "changed")
    fields.show_for(choice)


def _text(fields: FormFields, name: str) -> str:
    return _field(fields, name).text().strip()


def _field(fields: FormFields, name: str) -> LineField:
    field: LineField = getattr(fields, name)
    return field


def _pick(field: PickField) -> str:
    return str(field.value() or "")


def _key(choice: ProcedureChoice) -> str:
    parts = (choice.family, choice.intent, choice.approach)
    return "/".join(part.value if part else "" for part in parts)
