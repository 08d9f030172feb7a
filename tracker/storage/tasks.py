"""Tasks in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from tracker.storage.identity import new_id
from tracker.storage.ledger import Ledger
from tracker.storage.records import Task, TaskKind
from tracker.storage.rows.tasks import task
from tracker.storage.work_mapper import task_of, task_values


class TaskRepository:
    """Open tasks, soonest first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def get(self, task_id: str) -> Task:
        return task_of(self._ledger.row(task, task_id))

    def list_open(self, due_until: date | None = None) -> tuple[Task, ...]:
        query = select(task).where(task.c.closed_at.is_(None)).order_by(task.c.due, task.c.id)
        if due_until is not None:
            query = query.where(task.c.due <= due_until)
        return tuple(task_of(row) for row in self._ledger.connection.execute(query))

    def list_open_for(self, booking_id: str) -> tuple[Task, ...]:
        query = select(task).where(task.c.booking_id == booking_id, task.c.closed_at.is_(None))
        return tuple(task_of(row) for row in self._ledger.connection.execute(query))

    def list_open_of(self, patient_id: str) -> tuple[Task, ...]:
        """Return one patient's open tasks, the soonest due first."""
        query = select(task).where(task.c.patient_id == patient_id, task.c.closed_at.is_(None))
        return tuple(task_of(row) for row in self._ledger.connection.execute(query.order_by(task.c.due, task.c.id)))

    def list_for_events(self, kind: TaskKind, event_ids: Iterable[str]) -> tuple[Task, ...]:
        """Return the tasks of this kind about these injections, closed ones too."""
        query = select(task).where(task.c.kind == kind.value, task.c.event_id.in_(list(event_ids)))
        return tuple(task_of(row) for row in self._ledger.connection.execute(query.order_by(task.c.due, task.c.id)))

    def add(self, new: Task) -> str:
        task_id = new.id or new_id()
        self._ledger.insert(task, {"id": task_id, "version": 1, **task_values(new)})
        return task_id

    def close(self, open_task: Task, at: datetime, because: str) -> None:
        """Close a task with a written reason."""
        closed = replace(open_task, closed_at=at, closed_because=because)
        self._ledger.update(task, closed.id, closed.version, task_values(closed))
