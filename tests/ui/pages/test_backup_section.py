"""Data and backup under Settings, and the keeper behind it: chosen, made, tried, told in the status line."""

from __future__ import annotations

import shutil
from datetime import time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_patient
from tests.fakes import FixedClock
from tests.ui.conftest import InFront, Settle
from tests.ui.pages.test_settings_page import CTRL, Desk
from tests.ui.small_pages import SMALL_PAGES
from tracker.domain.backup_plan import BackupPlan
from tracker.services import Services
from tracker.ui.backup_keeper import BackupKeeper, BackupNews
from tracker.ui.importing.import_runner import ImportRunner
from tracker.ui.main_window import MainWindow
from tracker.ui.pages.page import PageContext
from tracker.ui.pages.settings_page import SettingsPage
from tracker.ui.settings.data_panel import DataPanel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def keeper(context: PageContext, qtbot: QtBot) -> BackupKeeper:
    return BackupKeeper(context, context.notifier)


@pytest.fixture
def desk(context: PageContext, keeper: BackupKeeper, in_front: InFront, settle: Settle, qtbot: QtBot) -> Desk:
    return Desk(in_front(SettingsPage(context)), settle, qtbot)


def data_of(desk: Desk) -> DataPanel:
    panel = desk.go("data")
    assert isinstance(panel, DataPanel)
    return panel


def test_that_a_folder_is_chosen_and_the_first_backup_made_at_once(
    desk: Desk, services: Services, folder: Path, settle: Settle
) -> None:
    panel = data_of(desk)
    assert panel.standing.text() == "No backups are made: choose a folder, and save."
    panel.folder.setFocus()
    desk.key(str(folder))
    desk.save()
    settle()
    assert services.backups.plan() == BackupPlan(str(folder))
    assert len(list(folder.iterdir())) == 1
    assert panel.standing.text().startswith("The newest backup is of 11/24/2026")
    assert panel.standing.text().endswith("0 patients, 0 visits. 1 backup is kept.")
    assert panel.notice.sentence().startswith("Backup made and looked through")


def test_that_a_folder_that_is_not_there_is_told_at_its_field_and_nothing_is_lost(desk: Desk, folder: Path) -> None:
    panel = data_of(desk)
    panel.folder.setFocus()
    desk.key(str(folder / "nowhere"))
    panel.keep.setFocus()
    desk.instead("30")
    desk.save()
    assert "There is no folder" in panel.folder.error()
    assert panel.keep.text() == "30"
    panel.folder.setFocus()
    desk.instead("")
    panel.keep.setFocus()
    desk.instead("501")
    desk.save()
    assert "501 backups cannot be kept." in panel.keep.error()


def test_that_a_backup_is_made_and_tried_by_keys(desk: Desk, services: Services, folder: Path) -> None:
    services.backups.change(BackupPlan(str(folder)))
    services.patients.add(a_patient())
    panel = data_of(desk)
    desk.key(Qt.Key.Key_B, CTRL)
    assert panel.notice.sentence() == "Backup made and looked through: 1 patient, 0 visits"
    desk.key(Qt.Key.Key_T, CTRL)
    assert panel.notice.sentence().endswith("can be restored: 1 patient, 0 visits, all checks passed.")
    assert panel.test_button.isEnabled()
    assert not panel.progress.following()


def test_that_a_test_of_a_damaged_backup_is_told_in_place(desk: Desk, services: Services, folder: Path) -> None:
    services.backups.change(BackupPlan(str(folder)))
    services.backups.make()
    (stored,) = folder.iterdir()
    raw = bytearray((stored / "clinic.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (stored / "clinic.db").write_bytes(raw)
    panel = data_of(desk)
    desk.key(Qt.Key.Key_T, CTRL)
    assert "is damaged or not of this clinic" in panel.notice.sentence()


def test_that_a_failing_backup_is_told_in_place_and_those_before_stay(
    desk: Desk, services: Services, folder: Path
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    services.backups.make()
    folder.rename(folder.with_name("unplugged"))
    panel = data_of(desk)
    desk.key(Qt.Key.Key_B, CTRL)
    assert panel.notice.sentence().startswith("The backup folder is not there.")
    assert panel.make_button.isEnabled()
    assert len(list(folder.with_name("unplugged").iterdir())) == 1


# --- the keeper -------------------------------------------------------------------------------------------------------


def text(keeper: BackupKeeper) -> str:
    return " ".join(words for _icon, words in keeper.facts())


def test_that_the_status_line_says_how_backups_stand(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, clock: FixedClock, context: PageContext
) -> None:
    assert keeper.facts() == ()
    keeper.look()
    settle()
    assert text(keeper) == "no backup folder"
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    made = clock.now().astimezone()
    assert text(keeper) == f"backup {made:%H:%M} ok"
    services.patients.add(a_patient())
    clock.day += timedelta(days=5)
    folder.rename(folder.with_name("unplugged"))
    keeper.look()
    settle()
    assert text(keeper) == "backup folder out of reach"
    folder.with_name("unplugged").rename(folder)
    blocked = folder / f"backup-{next(folder.iterdir()).name[7:15]}-20261129T120000Z.part"
    blocked.write_text("in the way")
    keeper.look()
    settle()
    assert text(keeper) == "backup failed"


def test_that_each_day_has_a_backup_by_itself_and_a_day_without_work_needs_none(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, clock: FixedClock, context: PageContext
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    assert len(list(folder.iterdir())) == 1
    clock.day += timedelta(days=1)
    context.notifier.day_turned.emit()
    settle()
    assert len(list(folder.iterdir())) == 1
    services.patients.add(a_patient())
    context.notifier.day_turned.emit()
    settle()
    assert len(list(folder.iterdir())) == 2


def test_that_work_is_backed_up_each_half_hour_while_the_program_stays_open(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, clock: FixedClock, context: PageContext
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    assert keeper.half_hourly.isActive()
    assert keeper.half_hourly.interval() == 30 * 60 * 1000
    keeper.half_hourly.timeout.emit()
    settle()
    assert len(list(folder.iterdir())) == 1  # nothing was done since
    clock.at = time(12, 30)
    context.notifier.publish(services.patients.add(a_patient()).changes)
    keeper.half_hourly.timeout.emit()
    settle()
    assert len(list(folder.iterdir())) == 2
    keeper.half_hourly.timeout.emit()
    settle()
    assert len(list(folder.iterdir())) == 2


def test_that_what_is_done_while_a_backup_is_made_is_wanted_in_the_next(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, clock: FixedClock, context: PageContext
) -> None:
    """The copy is of one moment: what comes after it is in none of the backups yet."""
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    clock.at = time(12, 30)

    def go_on(news: BackupNews) -> None:
        if news.job is not None:
            context.notifier.publish(services.patients.add(a_patient()).changes)

    context.notifier.backup_told.connect(go_on)
    keeper.make()
    settle()
    context.notifier.backup_told.disconnect(go_on)
    assert len(list(folder.iterdir())) == 2
    assert keeper.wanted_on_close()
    clock.at = time(13, 0)
    keeper.half_hourly.timeout.emit()
    settle()
    assert len(list(folder.iterdir())) == 3
    assert not keeper.wanted_on_close()


def test_that_a_backup_that_failed_is_still_wanted(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, context: PageContext
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    context.notifier.publish(services.patients.add(a_patient()).changes)
    shutil.rmtree(folder)
    keeper.make()
    settle()
    assert keeper.wanted_on_close()


def test_that_an_import_begins_with_a_backup_of_what_is_new(
    keeper: BackupKeeper, services: Services, folder: Path, tmp_path: Path, settle: Settle, clock: FixedClock,
    context: PageContext,
) -> None:  # fmt: skip
    services.backups.change(BackupPlan(str(folder)))
    keeper.look()
    settle()
    clock.at = time(12, 30)
    context.notifier.publish(services.patients.add(a_patient()).changes)
    file = tmp_path / "patients.csv"
    file.write_text("mrn,last_name,first_name,birth_date\n77,Nakamura,Ines,1961-04-02\n", encoding="utf-8")
    ImportRunner(context, keeper).run(file)
    settle()
    backed_up = [row.patients for row in services.backups.state().rows]
    assert len(services.patients.find("Nakamura")) == 1
    assert backed_up == [1, 0]


def test_that_a_backup_under_way_is_called_off_and_none_is_kept(
    keeper: BackupKeeper, services: Services, folder: Path, settle: Settle, context: PageContext
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    told = []
    context.notifier.backup_told.connect(told.append)
    context.notifier.backup_wanted.emit()
    context.notifier.backup_wanted.emit()  # one is enough
    assert text(keeper) == ""
    context.notifier.backup_unwanted.emit()
    settle()
    assert [bool(news.job) for news in told] == [True, False]
    assert told[-1].error is None or "called off" in told[-1].error.title
    assert keeper.job is None


def test_that_a_failure_is_told_on_whatever_page_is_in_front(
    context: PageContext, services: Services, folder: Path, settle: Settle, qtbot: QtBot
) -> None:
    services.backups.change(BackupPlan(str(folder)))
    folder.rmdir()
    window = MainWindow(context, SMALL_PAGES)
    qtbot.addWidget(window)
    window.open_page("today")
    window.backup_keeper.look()
    settle()
    assert ("hourglass", "backup folder out of reach") in window.status_line.facts()
    context.notifier.backup_wanted.emit()
    settle()
    assert window.notice.sentence().startswith("The backup folder is not there.")
