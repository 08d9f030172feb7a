"""Joins what a page asks for to what the window does, so that pages never know each other."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tracker.services.changes import Done
from tracker.ui.pages.page import Page
from tracker.ui.theme.status import Status
from tracker.ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from tracker.services.rechecks.recheck_run import RecheckReport
    from tracker.ui.main_window import MainWindow


def connect_page(window: MainWindow, page: Page) -> None:
    """Carry the signals of one page."""
    page.acted.connect(window.show_done)
    page.patient_wanted.connect(window.open_patient)
    page.patient_at_wanted.connect(functools.partial(window.open_page, "patient"))
    page.check_wanted.connect(window.open_check)
    page.course_wanted.connect(functools.partial(window.open_page, "course"))
    page.find_wanted.connect(window.open_find)
    page.request_wanted.connect(window.open_request)
    page.month_wanted.connect(functools.partial(window.open_page, "schedule"))
    page.copy_wanted.connect(window.copy_summary)
    page.closed.connect(window.go_back)
    page.front_wanted.connect(functools.partial(window.open_page, page.id))
    page.table_made.connect(functools.partial(_connect_table, window))
    for table in page.findChildren(RecordTable):
        _connect_table(window, table)
    if page.listed:
        page.counted.connect(functools.partial(window.navigation.set_count, page.id))


def _connect_table(window: MainWindow, table: RecordTable, _name: str = "") -> None:
    table.copied.connect(functools.partial(window.notice.show_sentence, Status.OK))


def connect_frame(window: MainWindow) -> None:
    """Carry the signals of what stands round the pages."""
    window.navigation.chosen.connect(window.open_page)
    window.navigation.check_wanted.connect(window.check_current)
    window.menu_row.search_wanted.connect(window.open_palette)
    window.status_line.undo_wanted.connect(window.take_back)
    window.status_line.stop_wanted.connect(window.rechecking.cancel)
    window.rechecking.progressed.connect(window.status_line.show_background)
    window.rechecking.given_up.connect(window.status_line.show_before)
    window.context.notifier.rechecked.connect(functools.partial(_on_rechecked, window))
    window.expiry_work.settled.connect(functools.partial(_tell_of_itself, window))
    window.work_counts.counted.connect(window.navigation.set_count)
    window.backup_keeper.ended.connect(functools.partial(_tell_backup, window))
    window.context.tasks.unseen.connect(window.show_error)


def _on_rechecked(window: MainWindow, report: RecheckReport) -> None:
    """Let what was said of a stop go once the rest is checked."""
    if report.scope.everybody:
        window.status_line.drop_before()


def _tell_of_itself(window: MainWindow, done: Done[int]) -> None:
    """Say what the program did by itself, and offer its undo to who may, never in the place of a person's own."""
    if not (window.status_line.offers_undo() or window.status_line.offers_redo()):
        may_undo = not window.context.services.rights.refusal("undo.undo")
        window.status_line.show_sentence(done.sentence, done.undo if may_undo else None)
    window.context.notifier.publish(done.changes)


def _tell_backup(window: MainWindow, error: Exception | None) -> None:
    """Say why a backup failed, whatever page is in front; the settings say it themselves."""
    page = window.current_page()
    if error is not None and (page is None or page.id != "settings"):
        window.show_error(error)
