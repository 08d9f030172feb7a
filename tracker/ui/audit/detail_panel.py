"""The panel at the right: one act with who, when, why, the rules it was judged by, and every field before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.ui.audit.audit_columns import field_columns
from tracker.ui.theme import plain_text
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.plain_label import PlainLabel
from tracker.ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from tracker.services.audit.audit import AuditDetail, AuditRow
    from tracker.services.audit.audit_words import FieldChange

WIDTH = 440


class AuditPanel(Ground):
    """Shows what the list knows of an act at once; its fields come with `show_detail`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", parent, lines="l")
        self._row: AuditRow | None = None
        self.what = PlainLabel("", "subtitle", parent=self, wrap=True)
        self.facts = PlainLabel("", "body", "ink2", self, wrap=True, selectable=True)
        self.table = RecordTable(
            field_columns(), self, name=tr("Fields before and after"), row_height=28, sortable=False
        )
        self.value = PlainLabel("", "caption", "ink2", self, wrap=True, selectable=True)
        self.more = PlainLabel("", "caption", "ink3", self, wrap=True)
        head, foot = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(15, 14, 16, 10)
        head.setSpacing(6)
        head.addWidget(self.what)
        head.addWidget(self.facts)
        foot.setContentsMargins(15, 8, 16, 10)
        foot.setSpacing(4)
        foot.addWidget(self.value)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.row_chosen.connect(self._show_value)
        self.show_row(None)

    def show_row(self, row: AuditRow | None) -> None:
        """Show what the list knows."""
        self._row = row
        self.what.setText(row.what if row is not None else tr("No act chosen"))
        self.facts.setText("\n".join(_facts(row)) if row is not None else "")
        self.table.set_rows(())
        self._show_value(None)
        self.more.setText("")

    def show_detail(self, detail: AuditDetail) -> None:
        """Show the rest of the act that is in front."""
        if self._row is None or self._row.id != detail.row.id:
            return
        lines = list(_facts(detail.row))
        if detail.undoes:
            lines.append(tr("Takes back: {act}", act=detail.undoes))
        if detail.rules:
            lines.append(tr("Rules: {rules}", rules=detail.rules))
        self.facts.setText("\n".join(lines))
        self.table.set_rows(detail.fields)
        self.table.select_row(0)
        self._show_value(self.table.current_record())
        self.more.setText(_left_out(detail))

    def _show_value(self, change: FieldChange | None) -> None:
        """Say the field in full: its cells may be too narrow."""
        if change is None:
            self.value.setText("")
            self.value.setAccessibleName("")
            return
        before, after = change.before or tr("nothing"), change.after or tr("nothing")
        words = tr("{record}, {field}: {before} → {after}", record=change.record, field=change.field, before=before,
                   after=after)  # fmt: skip
        self.value.setText(words)
        self.value.setAccessibleName(plain_text.spoken(words))


def _facts(row: AuditRow) -> list[str]:
    moment = row.at.astimezone()
    at = f"{us_date(moment.date(), weekday=True)} {moment:%I:%M:%S %p}"
    lines = [tr("{name}, {at}", name=row.by, at=at)]
    if row.station:
        lines.append(tr("Desk {station}; the screen is not on record", station=row.station))
    if row.patient is not None:
        born = us_date(row.patient.born)
        lines.append(tr("{name}, born {born}, {number}", name=row.patient.name, born=born, number=row.patient.mrn))
    elif row.whom:
        lines.append(row.whom)
    if row.why:
        lines.append(tr("Why: {why}", why=row.why))
    return lines


def _left_out(detail: AuditDetail) -> str:
    if detail.more:
        return tr_n("{n} more record was touched.", "{n:,} more records were touched.", detail.more)
    return "" if detail.fields else tr("No field of a record was changed by it.")
