"""What an act changed, in words: fields by the desk's names, values as the desk reads them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import us_moment
from tracker.storage.audit import AuditChange

LONGEST = 300
_HIDDEN = frozenset(
    {"id", "version", "patient_id", "event_id", "booking_id", "coverage_id", "authorization_id", "course_id", "sha256",
     "last_key", "first_key", "mrn_key", "phone_seven", "phone_four", "member_key", "source_key", "position", "marks",
     "verdict_snapshot", "verdict_policies", "verdict_at", "fingerprint", "mark",
     "recorded_by", "recorded_at", "made_by", "made_at", "added_by", "added_at"}
)  # fmt: skip
_SETTING = "setting"
"""Its fields all hold one value under the name of the setting."""
_WHY = ("override_text", "struck_reason", "closed_because", "denial_text", "reason", "override_reason", "seen_in")
"""Fields that say why, the plainest first."""


@dataclass(frozen=True, slots=True)
class Names:
    """Providers and sites by id."""

    by_id: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, before and after; "" where there was nothing."""

    record: str
    field: str
    before: str
    after: str


def field_changes(change: AuditChange, names: Names) -> Iterator[FieldChange]:
    """Yield the fields that differ; a record made in bulk keeps no image, so its making is one line."""
    record = record_words(change.entity)
    if not change.readable:
        yield FieldChange(record, tr("whole record"), "", tr("cannot be read: it was changed outside the program"))
        return
    if change.before is None and change.after is None:
        yield FieldChange(record, tr("whole record"), "", tr("made in bulk"))
        return
    before, after = change.before or {}, change.after or {}
    for name in dict.fromkeys((*before, *after)):
        if name in _HIDDEN or before.get(name) == after.get(name):
            continue
        was, now = value_text(name, before.get(name), names), value_text(name, after.get(name), names)
        if was != now:
            field = _plain(change.entity_id) if change.entity == _SETTING else field_words(name)
            yield FieldChange(record, field, was, now)


def changed_text(changes: Iterable[AuditChange], count: int, names: Names) -> str:
    """Return "Visit: day 12/01/2026 → 12/08/2026; time …" of the first records, and how many more there are."""
    given = list(changes)
    parts = []
    for change in given:
        fields = [f"{each.field} {_arrow(each)}" for each in field_changes(change, names)]
        if fields:
            parts.append(f"{record_words(change.entity)}: {'; '.join(fields)}")
    if count > len(given):
        more = count - len(given)
        parts.append(tr_n("and {n} more record", "and {n:,} more records", more))
    return ". ".join(parts)


def why_text(changes: Iterable[AuditChange]) -> str:
    """Return what was given as the reason, "" where nothing was."""
    for change in changes:
        before, after = change.before or {}, change.after or {}
        for name in _WHY:
            said = after.get(name)
            if isinstance(said, str) and said.strip() and said != before.get(name):
                return _plain(said)
    return ""


def rules_text(changes: Iterable[AuditChange]) -> str:
    """Return the rules by which was judged, with their versions: "Medicare facet, in force from 07/07/2024"."""
    for change in changes:
        image = (change.after or {}).get("verdict_policies")
        try:
            refs = json.loads(image) if image else []
            said = [tr("{title}, version of {day}", title=title or policy, day=us_date(date.fromisoformat(version)))
                    for policy, version, title in refs]  # fmt: skip
        except (ValueError, TypeError):
            continue
        if said:
            return "; ".join(said)
    return ""


def record_words(entity: str) -> str:
    return _records().get(entity, _plain(entity).capitalize())


def field_words(name: str) -> str:
    return _fields().get(name, _plain(name.removesuffix("_id")))


@functools.cache
def _records() -> dict[str, str]:
    return {
        "event": tr("Injection"),
        "booking": tr("Visit"),
        _SETTING: tr("Setting"),
        "authorization_request": tr("Request"),
        "authorization_log": tr("Log of the request"),
        "authorization_line": tr("Granted line"),
        "asked_line": tr("Asked line"),
        "rule_pack": tr("Rules taken in"),
        "conservative_care": tr("Conservative care"),
        "claim_denial": tr("Denied claim"),
        "checklist_mark": tr("Checklist"),
        "course_step": tr("Step of the course"),
    }


@functools.cache
def _fields() -> dict[str, str]:
    return {
        "first_day": tr("date from"),
        "last_day": tr("date to"),
        "day": tr("day"),
        "starts": tr("time"),
        "ends_on": tr("ends"),
        "starts_on": tr("begins"),
        "born": tr("birth date"),
        "mrn": tr("record number"),
        "provider_id": tr("provider"),
        "site_id": tr("site"),
        "verdict_outcome": tr("answer"),
        "verdict_headline": tr("answer in words"),
        "override_reason": tr("override, reason"),
        "override_text": tr("override, text"),
        "override_by": tr("override, by"),
        "override_reference": tr("override, reference"),
        "override_at": tr("override, at"),
        "relief_percent": tr("relief, percent"),
        "relief_months": tr("relief, months"),
        "struck": tr("taken out"),
        "struck_reason": tr("taken out because"),
        "cents": tr("amount"),
        "rank": tr("pays as number"),
        "member_id": tr("member id"),
        "denied_on": tr("denied on"),
        "closed_because": tr("closed because"),
        "next_action": tr("look again on"),
        "decide_by": tr("payer decides by"),
    }


def value_text(name: str, value: Any, names: Names) -> str:
    """Return a stored value as it is read."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if name == "cents":
        return f"${int(value) / 100:,.2f}"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if not isinstance(value, str):
        return str(value)
    if name == "content":
        return _setting_text(value, names)
    if value in names.by_id:
        return names.by_id[value]
    text = _moment(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _setting_text(stored: str, names: Names) -> str:
    """Return a setting as it is read: a plain value without the marks it is stored with."""
    try:
        value = json.loads(stored)
    except ValueError:
        return stored
    if isinstance(value, dict | list):
        return stored if len(stored) <= LONGEST else f"{stored[:LONGEST]}…"
    return value_text("", value, names)


def _moment(text: str) -> str:
    """Return days and moments as the desk writes them, anything else as it stands."""
    if len(text) < 10 or text[4:5] != "-":
        return text
    try:
        if len(text) == 10:
            return us_date(date.fromisoformat(text))
        return us_moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _arrow(change: FieldChange) -> str:
    if not change.before:
        return change.after
    return f"{change.before} → {change.after or '–'}"


def _plain(text: str) -> str:
    return text.replace("_", " ").replace("-", " ") if " " not in text else text
