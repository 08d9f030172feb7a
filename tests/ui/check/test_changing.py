"""Changing a booked visit in Check and book: the form filled with it, judged as one types, saved by Ctrl+Enter."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_request, performed
from tests.ui.check.conftest import Hands, focus
from tests.ui.conftest import InFront
from tracker.domain.anatomy import LEVELS, Side, Target
from tracker.domain.booking import Booking, BookingStatus
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family, parse_sites
from tracker.services import Services
from tracker.ui.check.changing import ANEW_KEY
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext

DAY = date(2026, 12, 3)


@pytest.fixture
def visit(ready: Patient, services: Services) -> Booking:
    request = a_request(
        ready.id,
        DAY,
        family=Family.FACET_ABLATION,
        intent=None,
        approach=None,
        targets=parse_sites(["L4-L5 left"]).targets,
        note="fasting",
        provider_id=services.desk.default_provider,
    )
    return services.booking.book(request, services.booking.check(request).fingerprint).value


@pytest.fixture
def changing(context: PageContext, in_front: InFront, visit: Booking) -> CheckPage:
    """The page in front with the visit to be changed."""
    page = CheckPage(context)
    page.begin(CheckStart(booking_id=visit.id, change=True))
    return in_front(page)


def test_that_the_form_holds_the_visit_with_all_but_the_patient_open(changing: CheckPage) -> None:
    fields = changing.form.fields
    assert changing.head.title.text() == "Change a visit"
    assert (fields.levels.text(), fields.day.text(), fields.note.text()) == ("l45l", "12/03/2026", "fasting")
    assert not fields.patient.isEnabled()
    assert all(
        each.isEnabled() for each in (fields.procedure, fields.levels, fields.provider, fields.site, fields.note)
    )
    assert focus() is fields.procedure
    assert changing.bar.primary.shown_text() == "Save for Thu 12/03/2026"


def test_that_the_picture_does_not_count_the_visit_itself(changing: CheckPage, qtbot: QtBot) -> None:
    button = changing.spine.picker.button(Target(LEVELS["L4-L5"], Side.LEFT))
    qtbot.waitUntil(lambda: "in 12 months" in button.words())

    assert button.state() != "closed"
    assert button.figure() == ""


def test_that_levels_and_time_are_saved_with_their_undo(
    changing: CheckPage, hands: Hands, visit: Booking, services: Services
) -> None:
    told: list[str] = []
    changing.acted.connect(lambda done: told.append(done.sentence))
    fields = changing.form.fields
    fields.levels.setFocus()
    fields.levels.selectAll()
    hands.type("l45b")
    fields.time.setFocus()
    fields.time.selectAll()
    hands.type("2p")
    changing.primary()
    hands.type("")
    now = services.booking.get(visit.id)
    assert (now.starts, [str(each) for each in now.event.targets], now.note) == (time(14), ["L4-L5 both"], "fasting")
    assert told == ["Changed Smith, Jane  RFA L4-5 both, Thu 12/03/2026 2:00 PM: levels, time"]


def test_that_a_day_that_is_closed_for_it_asks_for_a_reason(
    changing: CheckPage, hands: Hands, visit: Booking, ready: Patient, services: Services
) -> None:
    for day in ("2026-01-26", "2026-02-23"):
        services.history.add(
            ready.id, performed(day, Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
        )
    changing.form.fields.levels.setFocus()
    changing.form.fields.levels.selectAll()
    hands.type("l45b")
    assert changing.panel.bar.sentence() == "Not before Wed 01/27/2027"
    assert changing.bar.primary.shown_text() == "Save for Wed 01/27/2027"
    hands.alt(Qt.Key.Key_O)
    dialog = changing.booking_acts.dialog
    assert dialog is not None
    hands.type("5")
    hands.ctrl_enter()
    now = services.booking.get(visit.id)
    assert now.override is not None
    assert (now.day, [str(each) for each in now.event.targets]) == (DAY, ["L4-L5 both"])


def test_that_a_change_at_another_desk_is_told_and_shown_by_its_key(
    changing: CheckPage, hands: Hands, visit: Booking, services: Services
) -> None:
    changing.form.fields.note.setText("mine")
    seen = services.booking.check_move(visit.id, DAY).fingerprint
    services.booking.move(visit.id, DAY, time(11), seen)
    changing.primary()
    hands.type("")
    assert changing.notice.sentence().startswith("This visit was changed meanwhile, so nothing was saved.")
    assert "time" in changing.notice.sentence()
    assert services.booking.get(visit.id).note == "fasting"
    assert ANEW_KEY in changing.notice.button.text()
    hands.key(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    hands.type("")
    assert changing.form.fields.time.moment() == time(11)
    assert changing.form.fields.note.text() == "fasting"
    assert changing.notice.sentence() == ""


def test_that_a_change_made_beside_it_is_told_before_anything_is_saved(
    changing: CheckPage, hands: Hands, visit: Booking, services: Services
) -> None:
    seen = services.booking.check_move(visit.id, DAY).fingerprint
    changing.refresh(services.booking.move(visit.id, DAY, time(11), seen).changes)
    hands.type("")
    assert changing.notice.sentence() == "This visit was changed meanwhile; what is shown here cannot be saved."


def test_that_what_was_changed_and_not_saved_comes_back(
    changing: CheckPage, hands: Hands, visit: Booking, services: Services
) -> None:
    changing.form.fields.note.setText("bring films")
    changing.begin(CheckStart())
    assert changing.left_work.draft() is None
    changing.back_button.click()
    hands.type("")
    assert changing.head.title.text() == "Change a visit"
    assert changing.form.fields.note.text() == "bring films"
    changing.primary()
    hands.type("")
    assert services.booking.get(visit.id).note == "bring films"


def test_that_a_visit_looked_at_and_left_leaves_nothing_behind(changing: CheckPage) -> None:
    changing.begin(CheckStart())
    assert changing.back_button.isHidden()


def test_that_a_closed_visit_says_so(changing: CheckPage, hands: Hands, visit: Booking, services: Services) -> None:
    services.booking.set_status(visit.id, BookingStatus.CANCELLED)
    changing.form.fields.note.setText("too late")
    changing.primary()
    hands.type("")
    assert changing.notice.sentence().startswith("This visit is closed, so nothing was changed.")
