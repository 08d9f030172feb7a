"""Whom the acts on record concern: told by the records that they touched, and by the images of those that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, case, func, or_, select, union_all

from tracker.storage.rows import METADATA
from tracker.storage.rows.acts import act_change
from tracker.storage.rows.authorizations import authorization
from tracker.storage.rows.courses import course
from tracker.storage.rows.events import event

PARENTS = {"authorization_id": authorization, "event_id": event, "course_id": course}
"""The columns by which a record belongs to another, which belongs to a patient."""


def acts_on(patient_id: str) -> CompoundSelect[Any]:
    """Select the acts that touched a record of the patient's, also one that was taken away since."""
    change = act_change.c
    own = select(change.act_id).where(change.entity == "patient", change.entity_id == patient_id)
    went = act_change.alias("went")
    same = and_(went.c.entity == change.entity, went.c.entity_id == change.entity_id)
    gone = (
        select(change.act_id)
        .join(went, same)
        .where(went.c.after.is_(None), went.c.before.is_not(None), _theirs(went.c.before, patient_id))
    )
    records = (
        select(change.act_id).where(change.entity == table.name, change.entity_id.in_(whose))
        for table, whose in _records_of(patient_id)
    )
    return union_all(own, gone, *records)  # each by its own index: in one condition they would share none


def _theirs(image: ColumnElement[Any], patient_id: str) -> ColumnElement[bool]:
    """Tell whether an image is of a record of the patient's, or of one that belonged to such a record."""
    named = [named_in(image, "patient_id") == patient_id]
    for name, parent in PARENTS.items():
        theirs = select(parent.c.id).where(parent.c.patient_id == patient_id)
        named.append(named_in(image, name).in_(theirs))
    return or_(*named)


def _records_of(patient_id: str) -> Iterator[tuple[Table, Select[Any]]]:
    """Yield each table that holds records of patients, with the ids of this one's; what no act touches has none."""
    for table in METADATA.tables.values():
        if table.name == "authorization_request":
            yield table, select(authorization.c.id).where(authorization.c.patient_id == patient_id)
        elif "patient_id" in table.c and "id" in table.c:
            yield table, select(table.c.id).where(table.c.patient_id == patient_id)
        else:
            for name, parent in PARENTS.items():
                if name in table.c:
                    theirs = select(parent.c.id).where(parent.c.patient_id == patient_id)
                    yield table, select(table.c.id).where(table.c[name].in_(theirs))


def named_in(image: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """Select a field of an image, nothing where it is no image any more."""
    return case((func.json_valid(image) == 1, func.json_extract(image, f"$.{name}")))
