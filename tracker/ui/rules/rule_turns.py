"""Says on the Rules page how many coming visits a change of the rules has turned, and lists them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.language import tr, tr_n
from tracker.domain.us_dates import us_date
from tracker.services.changes import Changes
from tracker.services.rechecks.recheck_run import Flip, RecheckReport, joined
from tracker.services.rechecks.turned_visits import TurnedVisit
from tracker.services.words.wording import event_text
from tracker.ui.dialogs.people_dialog import PeopleDialog
from tracker.ui.models.record_table_model import Column
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.theme.status import Status
from tracker.ui.widgets.notice_bar import NoticeBar

_COLUMNS: tuple[Column[TurnedVisit], ...] = (
    Column(tr("Day"), lambda each: each.booking.day, lambda each: us_date(each.booking.day)),
    Column(tr("Patient"), lambda each: each.patient.name, strong=True, fit=170),
    Column(tr("Born"), lambda each: each.patient.born, lambda each: us_date(each.patient.born), drops=2),
    Column(tr("Procedure"), lambda each: event_text(each.booking.event), fit=200, drops=1),
    Column(tr("Was"), lambda each: each.was, fit=200),
    Column(tr("Is now"), lambda each: each.now, fit=230),
)
_LEAD = tr("These visits stay booked as they are: move them, ask the payer, or take the change of the rules back.")


class RuleTurns(QObject):
    """Hears of every change of the rules, wherever it was made, and of the re-check that follows it.

    What one that was broken off had found counts with the next one, which finds it judged already.
    """

    visit_wanted = Signal(object)

    def __init__(self, context: PageContext, notice: NoticeBar, home: QWidget) -> None:
        super().__init__(home)
        self._context, self._notice, self._home = context, notice, home
        self._awaited = False
        self._in_force = context.services.library.in_force()
        self._report: RecheckReport | None = None
        self._earlier: tuple[Flip, ...] = ()
        self._told = ""
        self.dialog: PeopleDialog | None = None
        context.notifier.changed.connect(self._on_changed)
        context.notifier.rechecked.connect(self._on_rechecked)
        context.notifier.recheck_broken_off.connect(self._on_broken_off)
        notice.step_wanted.connect(self.show_visits)

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        """Await the re-check where other rules are in force; an undo of anything else tells of every kind of record."""
        before, self._in_force = self._in_force, self._context.services.library.in_force()
        if before != self._in_force:
            self._awaited = True
            if self._notice.sentence() == self._told:
                self._notice.clear()  # it was said of the change before

    @Slot(object)
    def _on_broken_off(self, report: RecheckReport) -> None:
        if self._awaited:
            self._earlier = joined(self._earlier, report.flips)

    @Slot(object)
    def _on_rechecked(self, report: RecheckReport) -> None:
        if not self._awaited or not report.scope.everybody:
            return
        self._awaited = False
        report, self._earlier = report.with_earlier(self._earlier), ()
        self._report, count = report, len(report.turned)
        if count:
            self._told = tr_n(
                "{n} coming visit has another answer by this change.",
                "{n:,} coming visits have another answer by this change.",
                count,
            )
            self._notice.show_sentence(Status.CAUTION, self._told, tr("List them (L)…"))
        else:
            self._told = tr("No coming visit has another answer by this change.")
            self._notice.show_sentence(Status.OK, self._told)

    @Slot()
    def show_visits(self) -> None:
        """List the visits that the last change of the rules turned."""
        report, service = self._report, self._context.services.recheck
        if report is None or not report.turned:
            told = tr("No change of the rules since the program was opened has turned a coming visit.")
            self._notice.show_sentence(Status.NEUTRAL, told)
        else:
            self._context.tasks.run(self, lambda: service.visits_turned(report), self._list)

    def _list(self, visits: tuple[TurnedVisit, ...]) -> None:
        title, home = tr("Visits with another answer"), self._home.window()
        self.dialog = PeopleDialog(
            title, _COLUMNS, visits, home, lead=_LEAD, help_place="rules#change-a-rule-for-this-clinic"
        )
        self.dialog.chosen.connect(self._on_visit)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot(object)
    def _on_visit(self, visit: TurnedVisit) -> None:
        self.visit_wanted.emit(PatientStart(visit.patient.id, "injections", visit.booking.event.id))
