"""The timeline: where days lie, what its keys do, and that its sentence says what the picture says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_request, performed
from tests.fixtures import TODAY
from tests.ui.check.conftest import Hands
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AuthorizationRequest
from tracker.domain.booking import BookingRequest
from tracker.domain.event import EventStatus
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family
from tracker.domain.windows import Window
from tracker.services import Services
from tracker.ui.check.answer_view import view_of
from tracker.ui.check.lanes import LaneKind
from tracker.ui.check.timeline_paint import scale_of
from tracker.ui.check.timeline_scale import TimelineScale
from tracker.ui.check.timeline_table import timeline_rows
from tracker.ui.check.timeline_words import tip_at
from tracker.ui.pages.check_page import CheckPage

CTRL = Qt.KeyboardModifier.ControlModifier
NEAR = st.dates(TODAY - timedelta(days=1200), TODAY + timedelta(days=1200))


def test_that_it_reaches_from_a_year_back_to_five_months_ahead() -> None:
    scale = TimelineScale.around(TODAY, (), 100, 700)
    months = [month for month, _label, _bold in scale.months()]
    assert (months[0], months[-1]) == (date(2025, 11, 1), date(2027, 4, 1))
    assert (scale.x(scale.first), scale.x(scale.last)) == (100, 800)


@given(st.lists(NEAR, min_size=1, max_size=4), st.integers(200, 1400))
def test_that_every_day_that_is_shown_lies_on_it_in_order(days: list[date], width: int) -> None:
    scale = TimelineScale.around(TODAY, days, 0, width)
    places = [scale.x(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(0 <= place < width for place in places)
    assert sum(bool(label) for _month, label, _bold in scale.months()) <= width / 25 + 1


@pytest.fixture
def blocked(page: CheckPage, hands: Hands, full: Patient) -> CheckPage:
    """A blocked ablation asked for 12/03/2026, with the focus on the timeline."""
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.timeline.strip.setFocus()
    return page


def test_that_the_arrows_move_the_day_asked_about(blocked: CheckPage, hands: Hands) -> None:
    day = blocked.form.fields.day
    for key, modifier, expected in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, date(2026, 12, 4)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, date(2026, 12, 3)),
        (Qt.Key.Key_Right, CTRL, date(2026, 12, 10)),
        (Qt.Key.Key_Left, CTRL, date(2026, 12, 3)),
    ):
        hands.key(key, modifier)
        hands.type("")
        assert day.day() == expected
        view = blocked.panel.view()
        assert view is not None
        assert view.asked == expected


def test_that_n_goes_to_the_first_free_day(blocked: CheckPage, hands: Hands) -> None:
    hands.type("n")
    assert blocked.form.fields.day.day() == date(2027, 1, 27)


def test_that_its_sentence_says_count_window_closed_days_and_first_free_day(blocked: CheckPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(blocked.timeline.strip.content().closed))
    assert blocked.timeline.strip.accessibleName() == (
        "Timeline. 2 of 2 sessions used, 12/03/2025 to 12/03/2026; asked for Thu 12/03/2026; "
        "not allowed 11/24/2026 to 01/26/2027; next free Wed 01/27/2027."
    )


def test_that_it_paints_the_closed_days_only_while_there_are_some(blocked: CheckPage, hands: Hands) -> None:
    closed = blocked.timeline.strip.grab().toImage()
    hands.type("n")
    free = blocked.timeline.strip.grab().toImage()
    assert closed != free
    assert blocked.timeline.strip.content().ahead is None


def test_that_without_an_answer_it_shows_the_months_and_today(page: CheckPage) -> None:
    assert page.timeline.strip.accessibleName() == "Timeline. Today is Tue 11/24/2026."
    assert not page.timeline.strip.grab().isNull()


@pytest.mark.parametrize("width", [400, 631, 1190, 1264, 2400])
def test_that_it_paints_at_every_width(blocked: CheckPage, width: int) -> None:
    blocked.timeline.strip.resize(width, blocked.timeline.strip.height())
    assert not blocked.timeline.strip.grab().isNull()


def test_that_p_goes_back_to_the_last_closed_day_and_its_answer_says_why(blocked: CheckPage, hands: Hands) -> None:
    hands.type("n")
    free = blocked.form.fields.day.day()
    assert free is not None
    blocked.timeline.strip.setFocus()
    hands.type("p")

    assert blocked.form.fields.day.day() == free - timedelta(days=1)
    assert blocked.panel.bar.sentence().startswith("Not before")


def test_that_p_says_so_where_no_day_before_is_closed(page: CheckPage, hands: Hands, full: Patient) -> None:
    page.timeline.strip.setFocus()
    hands.type("p")
    assert "Fill in patient" in page.timeline.told.text()

    page.form.focus_first()
    hands.type("smi j\n", "esi\t", "l45\t", "12/3")
    assert page.timeline.told.text() == ""
    page.timeline.strip.setFocus()
    hands.type("p")
    assert page.timeline.told.text() == "No day from today to Thu 12/03/2026 is closed."
    assert page.form.fields.day.day() == date(2026, 12, 3)


def test_that_t_shows_every_disc_as_a_row_with_its_reason_and_brings_the_picture_back(
    blocked: CheckPage, hands: Hands
) -> None:
    hands.type("t")
    table = blocked.timeline.table
    assert table.hasFocus()
    counted = [(row.day, row.number) for row in table.records() if row.number]
    assert counted == [(date(2026, 1, 26), 1), (date(2026, 2, 23), 2)]
    assert all(row.why for row in table.records())
    assert table.records()[0].drops_out == "Wed 01/27/2027"
    hands.type("t")
    assert blocked.timeline.strip.hasFocus()


def test_that_an_approval_has_a_lane_with_its_span_and_what_is_left(
    blocked: CheckPage, services: Services, full: Patient
) -> None:
    answer = Authorization(
        "A1", a_coverage().payer, AuthorizationStatus.APPROVED, start=TODAY, end=TODAY + timedelta(days=90),
        lines=(AuthorizationLine("64635", 2),),
    )  # fmt: skip
    services.authorizations.add(full.id, answer, AuthorizationRequest())
    request = blocked.form.reading().request
    assert request is not None

    lanes = view_of(services.booking.check(request)).lanes.thin

    bar = next(lane for lane in lanes if lane.kind is LaneKind.APPROVAL)
    assert (bar.window.start, bar.window.end, bar.used, bar.open) == (
        TODAY, TODAY + timedelta(days=90), "A1, 64635: 2 left", True,
    )  # fmt: skip


def test_that_an_interval_has_a_lane_that_says_when_it_is_over(
    services: Services, add_patient: Callable[..., Patient]
) -> None:
    patient = add_patient(last="Smith", first="Jane", middle="")
    services.history.add(patient.id, performed("2026-11-20", relief_percent=90.0))
    request = a_request(patient.id, date(2026, 12, 1), sites=("L4-L5 left",))
    soon = view_of(services.booking.check(request)).lanes.thin
    later = view_of(services.booking.check(replace(request, day=date(2027, 3, 1)))).lanes.thin

    first = next(lane for lane in soon if lane.kind is LaneKind.INTERVAL)
    second = next(lane for lane in later if lane.kind is LaneKind.INTERVAL)
    assert (first.open, second.open) == (False, True)
    assert first.window == second.window
    assert second.used.startswith("met since")


def test_that_days_before_the_asked_one_that_are_not_allowed_are_hatched_and_stand_in_the_table(
    blocked: CheckPage, hands: Hands, qtbot: QtBot
) -> None:
    strip = blocked.timeline.strip
    qtbot.waitUntil(lambda: bool(strip.content().closed))
    assert strip.content().closed_spans() == (Window(TODAY, date(2027, 1, 26)),)
    assert any("Not allowed, 11/24/2026 to 01/26/2027" in row.procedure for row in blocked.timeline.table.records())

    hands.type("n")
    qtbot.waitUntil(lambda: strip.content().closed == (Window(TODAY, date(2027, 1, 26)),))
    assert strip.content().closed_spans() == (Window(TODAY, date(2027, 1, 26)),)


def test_that_hatching_of_one_procedure_never_stays_for_another(blocked: CheckPage, hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(blocked.timeline.strip.content().closed))
    blocked.form.fields.procedure.setFocus()
    hands.type("mbb\t")
    assert blocked.timeline.strip.content().closed == ()


def test_that_an_earlier_day_of_the_same_request_is_hatched_without_asking_and_as_if_asked(
    blocked: CheckPage, hands: Hands, qtbot: QtBot, services: Services
) -> None:
    strip = blocked.timeline.strip
    hands.type("n")
    qtbot.waitUntil(lambda: strip.content().closed == (Window(TODAY, date(2027, 1, 26)),))
    link, day = blocked.closed_link, blocked.form.fields.day
    asked: list[date] = []
    closed_spans = link._booking.closed_spans

    class Heard:
        def closed_spans(self, request: BookingRequest, booking_id: str) -> tuple[Window, ...]:
            asked.append(request.day)
            return closed_spans(request, booking_id)

    link._booking = Heard()  # type: ignore[assignment]  # hears what is asked
    for earlier in (date(2027, 1, 20), date(2026, 12, 3), TODAY):
        blocked.form.move_day((earlier - day.day()).days)
        hands.type("")
        answer = blocked.checking.inquiry.answer
        assert answer is not None
        wanted = services.booking.closed_spans(answer.request)
        qtbot.waitUntil(lambda wanted=wanted: strip.content().closed == wanted)
    assert asked == []

    link.forget()
    blocked.checking.look_again()
    qtbot.waitUntil(lambda: asked == [TODAY])


def test_that_what_is_not_counted_is_hollow_and_says_why(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    block = performed("2026-05-04", Family.FACET_INJECTION, "L4-L5 both")
    services.history.add(full.id, block)
    services.history.add(
        full.id, performed("2026-06-01", Family.FACET_ABLATION, "L4-L5 both", status=EventStatus.CANCELLED)
    )
    services.history.add(full.id, performed("2026-07-06", Family.FACET_ABLATION, "C5-C6 left"))
    services.history.add(full.id, performed("2026-08-03", Family.EPIDURAL, "L4-L5 left"))
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")

    strip = page.timeline.strip
    told = {f"{row.day:%m/%d}": row.why for row in timeline_rows(strip.content()) if not row.number and not row.closed}
    assert told == {
        "05/04": "another kind of procedure",
        "06/01": "cancelled",
        "07/06": "another region",
        "09/25": "another kind of procedure",
        "10/25": "another kind of procedure",
    }

    scale = scale_of(QRectF(strip.rect()).adjusted(6, 2, -6, -2), strip.content())
    assert "not counted: cancelled" in tip_at(strip.content(), scale, scale.x(date(2026, 6, 1)))
    assert "counted: lies in the window" in tip_at(strip.content(), scale, scale.x(view_days(page)[0]))
    assert tip_at(strip.content(), scale, scale.x(date(2027, 3, 1))) == ""


def view_days(page: CheckPage) -> list[date]:
    view = page.panel.view()
    assert view is not None
    return [row.day for row in view.counted]
