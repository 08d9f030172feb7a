"""The record of acts as somebody looks it up: who, when, what, about whom, why, and every field before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tracker.domain.clock import Clock
from tracker.domain.errors import InvalidEntryError, NotFoundError
from tracker.domain.language import tr
from tracker.domain.list_order import AuditOrder
from tracker.domain.patient import Patient
from tracker.domain.us_dates import us_date
from tracker.exchange.sheet_file import SheetCell, write_sheet
from tracker.services.audit.audit_words import FieldChange, Names, changed_text, field_changes, rules_text, why_text
from tracker.services.days import moments
from tracker.services.pace import Pace, never, unheard
from tracker.services.transactions import Transactions
from tracker.services.words.act_words import kind_words
from tracker.services.words.wording import us_moment
from tracker.storage.audit import AuditAct, AuditChange, AuditQuery
from tracker.storage.records import Act
from tracker.storage.unit_of_work import UnitOfWork

PAGE = 100
CLOCKS_DIFFER = timedelta(hours=2)
"""More than two computers of a clinic differ by, which may write into one file in turn."""
MOST_CHANGES = 200
"""Records of one act that its details show; an import may have touched thousands."""
FIRST_CHANGES = 6
EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts are wanted; days are the clinic's own, both ends included."""

    patient_id: str = ""
    by: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    order: AuditOrder = AuditOrder.WHEN
    descending: bool = True

    def checked(self) -> AuditFilter:
        """Return it. Raises InvalidEntryError when its days are the wrong way round."""
        if self.first and self.last and self.first > self.last:
            title = tr("{first} is after {last}.", first=us_date(self.first), last=us_date(self.last))
            raise InvalidEntryError(title, "", tr("Choose a last day on or after the first."), about="to")
        return self


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act. `patient` is the one whom it concerns, None where it is none or several; `whom` says it in words."""

    id: str
    at: datetime
    by: str
    station: str
    what: str
    patient: Patient | None
    whom: str
    why: str
    changes: int


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Rows from `offset` on, of `count` in all."""

    rows: tuple[AuditRow, ...]
    count: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act with the fields that changed, as one line."""

    row: AuditRow
    changed: str


@dataclass(frozen=True, slots=True)
class AuditDetail:
    """Everything about one act. `rules`: by which versions was judged; `undoes`: the act that it took back, in words.

    `more` is how many further records it touched.
    """

    row: AuditRow
    fields: tuple[FieldChange, ...]
    rules: str
    undoes: str
    more: int


class AuditService:
    """Reads only; taking the record out of the program is an act of its own."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def page(self, wanted: AuditFilter, *, offset: int = 0, limit: int = PAGE) -> AuditPage:
        """Return a page, sorted as is wanted. Raises InvalidEntryError for days the wrong way round."""
        query = _query(wanted.checked())
        with self._transactions.reading() as uow:
            query = _with_kinds(uow, query)
            acts, count = uow.audit.find(query, limit=limit, offset=offset), uow.audit.count(query)
            return AuditPage(_rows(uow, acts), count, offset)

    def later_than_clock(self) -> datetime | None:
        """Return when the latest act was done, if the clock says that this is still to come; None as it should be."""
        with self._transactions.reading() as uow:
            newest = uow.audit.newest_at()
        return newest if newest is not None and newest - self._clock.now() > CLOCKS_DIFFER else None

    def count(self, wanted: AuditFilter) -> int:
        with self._transactions.reading() as uow:
            return uow.audit.count(_query(wanted.checked()))

    def lines(self, wanted: AuditFilter, *, offset: int, limit: int) -> tuple[AuditLine, ...]:
        """Return acts with what each changed, newest first."""
        with self._transactions.reading() as uow:
            acts = uow.audit.find(_query(wanted.checked()), limit=limit, offset=offset)
            changes = uow.audit.changes_of((each.id for each in acts), FIRST_CHANGES)
            names, rows = _names(uow), _rows(uow, acts, changes)
        return tuple(AuditLine(row, changed_text(changes.get(row.id, ()), row.changes, names)) for row in rows)

    def detail(self, act_id: str) -> AuditDetail:
        """Return one act with its fields. Raises NotFoundError."""
        with self._transactions.reading() as uow:
            act = uow.audit.get(act_id)
            if act is None:
                raise NotFoundError(tr("This act is not on record."))
            changes = uow.audit.changes(act_id, MOST_CHANGES)
            undone = uow.audit.get(act.undoes) if act.undoes else None
            (row,) = _rows(uow, (act,), {act_id: changes})
            names = _names(uow)
        undoes = _act_text(undone) if undone else ""
        fields = tuple(each for change in changes for each in field_changes(change, names))
        return AuditDetail(row, fields, rules_text(changes), undoes, max(0, act.changes - len(changes)))

    def people(self) -> tuple[str, ...]:
        """Return everybody who has done something."""
        with self._transactions.reading() as uow:
            return uow.audit.people()

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Return every kind of act on record with its words, by words."""
        with self._transactions.reading() as uow:
            return tuple(sorted(((kind, kind_words(kind)) for kind in uow.audit.kinds()), key=lambda pair: pair[1]))

    def save(
        self,
        wanted: AuditFilter,
        target: Path,
        progress: Callable[[int, int], None] = unheard,
        cancelled: Callable[[], bool] = never,
    ) -> int:
        """Write the acts that fit as a spreadsheet; return how many. Raises ExportError, CalledOffError."""
        pace = Pace(progress, cancelled)
        count = self.count(wanted)
        rows = [
            _cells(line)
            for part in pace.chunks(range(count), EXPORTED_AT_ONCE)
            for line in self.lines(wanted, offset=part[0], limit=len(part))
        ]
        columns = [tr("When"), tr("Who"), tr("Desk"), tr("What"), tr("Patient"), tr("Born"), tr("Changed"), tr("Why")]
        head = [(tr("Audit"),), (tr("Made by"), self._transactions.user.name)]
        write_sheet(target, tr("Audit"), head, columns, rows)
        with self._transactions.writing() as uow:
            uow.commit(Act("save as spreadsheet: audit", "act"))
        return count


def _query(wanted: AuditFilter) -> AuditQuery:
    since = moments(wanted.first, wanted.first)[0] if wanted.first else None
    before = moments(wanted.last, wanted.last)[1] if wanted.last else None
    return AuditQuery(wanted.patient_id, wanted.by, wanted.kind, since, before, wanted.order, wanted.descending)


def _with_kinds(uow: UnitOfWork, query: AuditQuery) -> AuditQuery:
    """Return it with the kinds by their words, where acts are sorted by them."""
    if query.order is not AuditOrder.WHAT:
        return query
    return replace(query, kinds=tuple(sorted(uow.audit.kinds(), key=kind_words)))


def _rows(
    uow: UnitOfWork, acts: Sequence[AuditAct], changes: Mapping[str, Sequence[AuditChange]] | None = None
) -> tuple[AuditRow, ...]:
    firsts = uow.audit.changes_of((each.id for each in acts), FIRST_CHANGES) if changes is None else changes
    people = uow.patients.get_many({patient for each in acts for patient in each.patients[:1]})
    return tuple(_row(each, people, firsts.get(each.id, ())) for each in acts)


def _row(act: AuditAct, people: Mapping[str, Patient], changes: Iterable[AuditChange]) -> AuditRow:
    one = people.get(act.patients[0]) if len(act.patients) == 1 else None
    many = tr("{n} patients or more", n=len(act.patients)) if len(act.patients) > 1 else ""
    whom = one.name if one else many
    what, why = kind_words(act.kind), why_text(changes)
    return AuditRow(act.id, act.at, act.by, act.station, what, one, whom, why, act.changes)


def _names(uow: UnitOfWork) -> Names:
    return Names(
        {each.id: each.name for each in uow.clinic.list_providers()}
        | {each.id: each.name for each in uow.clinic.list_sites()}
    )


def _act_text(act: AuditAct) -> str:
    return tr("{what}, {at} by {by}", what=kind_words(act.kind), at=us_moment(act.at), by=act.by)


def _cells(line: AuditLine) -> list[SheetCell]:
    row = line.row
    at = f"{row.at.astimezone():%m/%d/%Y %I:%M:%S %p}"
    born = row.patient.born if row.patient else None
    texts = (at, row.by, row.station, row.what, row.whom)
    return [*map(SheetCell, texts), SheetCell(born, "mm/dd/yyyy"), SheetCell(line.changed), SheetCell(row.why)]
