"""Booking from the form: on the day asked, on the earliest one, for a reason, moved; and what is refused and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt

from tests.builders import a_coverage, a_request, performed
from tests.fixtures import TODAY
from tests.ui.check.conftest import AddPatient, Hands, focus
from tests.ui.conftest import InFront
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import Booking, BookingStatus, Elsewhere, OverrideReason
from tracker.domain.patient import Patient
from tracker.domain.procedure import Family, parse_sites
from tracker.domain.roles import Role
from tracker.services import Services
from tracker.services.changes import Done
from tracker.ui.check.override_dialog import REASONS, OverrideDialog, Reason
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.pages.page import CheckStart, PageContext

DAY = date(2026, 12, 3)


@pytest.fixture
def acted(page: CheckPage) -> Iterator[list[Done[Booking]]]:
    """What the page told the window."""
    told: list[Done[Booking]] = []
    page.acted.connect(told.append)
    yield told
    page.acted.disconnect(told.append)


def bookings(services: Services, patient: Patient) -> tuple[Booking, ...]:
    return services.patients.get(patient.id).bookings


def test_that_ctrl_enter_books_the_day_asked_with_everything_on_the_form(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3\t", "930")
    page.form.fields.note.setText("<b>bring</b> the films")
    page.primary()
    hands.type("")
    (booking,) = bookings(services, ready)
    assert (booking.day, booking.starts, booking.note) == (DAY, time(9, 30), "<b>bring</b> the films")
    assert booking.provider_id == services.desk.default_provider
    assert [str(target) for target in booking.event.targets] == ["L4-L5 both"]
    assert [done.sentence for done in acted] == ["Booked Smith, Jane  RFA L4-5 both, Thu 12/03/2026 9:30 AM"]


def test_that_after_booking_the_form_is_empty_and_the_page_gives_way(
    page: CheckPage, hands: Hands, ready: Patient, acted: list[Done[Booking]]
) -> None:
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.primary()
    hands.type("")
    assert closed == [True]
    assert page.form.fields.patient.text() == page.form.fields.levels.text() == page.form.fields.day.text() == ""
    assert page.panel.view() is None


def test_that_the_filled_button_books_the_earliest_day_where_the_asked_one_is_closed(
    page: CheckPage, hands: Hands, full: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.bar.primary.click()
    hands.type("")
    (booking,) = bookings(services, full)
    assert booking.day == date(2027, 1, 27)
    assert booking.override is None
    assert len(acted) == 1


def test_that_n_puts_the_earliest_day_into_the_form(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "n")
    assert page.form.fields.day.text() == "01/27/2027"
    assert page.form.fields.day.echo() == "Wed"
    assert page.bar.primary.shown_text() == "Book on Wed 01/27/2027"


def test_that_n_typed_behind_a_day_is_n(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3", "n")
    assert page.form.fields.day.text() == "01/27/2027"


def test_that_n_and_ctrl_enter_typed_before_the_answer_book_the_day_that_comes(
    page: CheckPage, hands: Hands, full: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "rfa\t")
    for key in ("l", "4", "5", "b", Qt.Key.Key_Tab, "n"):
        hands.key(key)
    page.primary()
    hands.type("")
    assert [booking.day for booking in bookings(services, full)] == [date(2027, 1, 27)]
    assert len(acted) == 1


def test_that_ctrl_enter_before_the_answer_does_nothing_where_the_answer_is_against_it(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t")
    for key in ("1", "2", "/", "3"):
        hands.key(key)
    page.primary()
    hands.type("")
    assert bookings(services, full) == ()
    assert page.panel.bar.sentence() == "Not before Wed 01/27/2027"


def test_that_n_without_a_procedure_says_what_is_needed(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n")
    page.form.fields.day.setFocus()
    hands.type("n")
    assert page.form.fields.day.error().startswith("Fill in patient, procedure and levels first")


def test_that_n_where_no_date_helps_says_so(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l34l l45l l5s1l\t", "n")
    assert page.form.fields.day.error() == "No date helps here; the answer says what does."


def test_that_nothing_is_booked_when_the_answer_changed_meanwhile(
    page: CheckPage, hands: Hands, full: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "2/10/27")
    assert page.bar.primary.shown_text() == "Book on Wed 02/10/2027"
    services.history.add(
        full.id, performed("2026-06-01", Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
    )
    page.primary()
    hands.type("")
    assert bookings(services, full) == ()
    assert acted == []
    assert page.notice.sentence().startswith("The answer changed while you were looking, so nothing was booked.")
    assert page.panel.bar.sentence() == "Not before Wed 02/24/2027"


def test_that_a_change_is_read_before_the_earliest_day_is_booked(
    page: CheckPage, hands: Hands, full: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    services.history.add(
        full.id, performed("2026-06-01", Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
    )
    page.primary()
    hands.type("")
    assert bookings(services, full) == ()
    assert page.panel.bar.sentence() == "Not before Wed 02/24/2027"
    assert page.bar.primary.shown_text() == "Book on Wed 02/24/2027"


def test_that_a_clash_is_told_in_place(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    for _ in range(2):
        hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
        page.form.fields.elsewhere.button(Elsewhere.NONE).click()
        hands.type("")
        page.primary()
        hands.type("")
        page.form.focus_first()
    assert len(acted) == 1
    assert page.notice.sentence() or page.panel.bar.sentence()
    assert len(bookings(services, ready)) == 1


@pytest.fixture
def dialog(page: CheckPage, hands: Hands, full: Patient) -> OverrideDialog:
    """The dialog of reasons, opened by its key over a blocked ablation."""
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    hands.alt(Qt.Key.Key_O)
    opened = page.booking_acts.dialog
    assert opened is not None
    return opened


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.reason.value)
def test_that_each_reason_books_against_the_answer_and_leaves_its_task(
    dialog: OverrideDialog,
    page: CheckPage,
    hands: Hands,
    full: Patient,
    services: Services,
    acted: list[Done[Booking]],
    reason: Reason,
) -> None:
    hands.type(str(reason.number))
    assert dialog.step.text().startswith("Adds a task, due ")
    if reason.reference:
        hands.type("AB123456")
    if reason.reason is OverrideReason.OTHER:
        hands.type("The payer's letter is on its way")
    hands.ctrl_enter()
    (booking,) = bookings(services, full)
    assert booking.day == DAY
    assert booking.override is not None
    assert booking.override.reason is reason.reason
    assert booking.override.reference == ("AB123456" if reason.reference else "")
    assert [task.booking_id for task in services.schedule.day(TODAY).tasks] == [booking.id]
    assert page.booking_acts.dialog is None
    assert len(acted) == 1


def test_that_the_dialog_names_the_patient_twice_the_visit_and_the_answer(
    dialog: OverrideDialog, full: Patient
) -> None:
    assert dialog.name.text() == "Smith, Jane"
    assert dialog.identifiers.text() == f"07/02/1950   {full.mrn}"
    assert dialog.book.shown_text() == "Book on Thu 12/03/2026"
    assert dialog.answer.text() == "Not before Wed 01/27/2027"


def test_that_a_viewer_is_told_who_may_before_a_reason_is_typed(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    services.rights.role = Role.VIEWER
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    hands.alt(Qt.Key.Key_O)
    assert page.booking_acts.dialog is None
    assert page.notice.sentence().startswith("Viewers look and print; a scheduler or a manager may do this.")


def test_that_what_a_reason_needs_is_asked_for_in_the_dialog(
    dialog: OverrideDialog, hands: Hands, full: Patient, services: Services
) -> None:
    hands.type("1")
    assert focus() is dialog.reference
    hands.ctrl_enter()
    assert dialog.notice.sentence().startswith("The payer's reference number is missing.")
    assert dialog.isVisible()
    hands.type("AB1")
    hands.ctrl_enter()
    assert len(bookings(services, full)) == 1


def test_that_escape_leaves_the_dialog_and_books_nothing(
    dialog: OverrideDialog, page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    hands.key(Qt.Key.Key_Escape)
    hands.type("")
    assert bookings(services, full) == ()
    assert page.panel.bar.sentence() == "Not before Wed 01/27/2027"
    assert page.form.fields.levels.text() == "l45b"


def test_that_an_override_under_a_changed_answer_books_nothing_and_shows_the_new_one(
    dialog: OverrideDialog, page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    services.history.add(
        full.id, performed("2026-06-01", Family.FACET_ABLATION, "L4-L5 both", relief_percent=80.0, relief_months=8.0)
    )
    hands.type("2")
    hands.ctrl_enter()
    assert page.booking_acts.dialog is None
    assert bookings(services, full) == ()
    assert page.notice.sentence().startswith("The answer changed")
    assert page.panel.bar.sentence() == "Not before Wed 02/24/2027"


def test_that_an_unknown_answer_is_booked_after_asking_the_payer(
    page: CheckPage, hands: Hands, add_patient: AddPatient, services: Services
) -> None:
    patient = add_patient(last="Ortiz", first="Ana", coverage=a_coverage(payer="commercial", plan="Riverbend PPO"))
    hands.type("ort\n", "esi\t", "c7t1\t", "12/3")
    hands.alt(Qt.Key.Key_O)
    hands.type("1", "REF 77")
    hands.ctrl_enter()
    (booking,) = bookings(services, patient)
    assert booking.override is not None
    assert booking.override.reference == "REF 77"


@pytest.fixture
def visit(ready: Patient, services: Services) -> Booking:
    """An ablation of Smith's on 12/03 at 9:30."""
    request = a_request(
        ready.id,
        DAY,
        family=Family.FACET_ABLATION,
        intent=None,
        approach=None,
        targets=parse_sites(["L4-L5 both"]).targets,
        note="fasting",
    )
    request = replace(request, provider_id=services.desk.default_provider)
    return services.booking.book(request, services.booking.check(request).fingerprint).value


def test_that_a_visit_is_moved_with_only_day_and_time_open(
    context: PageContext, in_front: InFront, visit: Booking, ready: Patient, services: Services, hands: Hands
) -> None:
    page = CheckPage(context)
    page.begin(CheckStart(booking_id=visit.id))
    in_front(page)
    fields = page.form.fields
    assert page.head.title.text() == "Move a visit"
    assert fields.patient.text() == "Smith, Jane"
    assert fields.levels.text() == "l45b"
    assert fields.note.text() == "fasting"
    assert not any(field.isEnabled() for field in (fields.patient, fields.procedure, fields.levels, fields.coverage))
    assert focus() is fields.day
    hands.type("12/10\t", "2p")
    assert page.bar.primary.shown_text() == "Move to Thu 12/10/2026"
    page.primary()
    hands.type("")
    (moved,) = bookings(services, ready)
    assert (moved.id, moved.day, moved.starts, moved.status) == (
        visit.id,
        date(2026, 12, 10),
        time(14),
        BookingStatus.BOOKED,
    )


def test_that_a_visit_does_not_count_against_itself_while_it_is_moved(
    context: PageContext, in_front: InFront, visit: Booking, ready: Patient
) -> None:
    page = CheckPage(context)
    page.begin(CheckStart(booking_id=visit.id, day=date(2026, 12, 10)))
    in_front(page)
    view = page.panel.view()
    assert view is not None
    assert visit.event.id not in {row.event_id for row in view.counted}
    assert page.form.fields.day.text() == "12/10/2026"


def test_that_trigger_points_are_booked_with_their_region_of_the_body(
    page: CheckPage, hands: Hands, ready: Patient, services: Services, acted: list[Done[Booking]]
) -> None:
    hands.type("smi j\n", "tpi\t")
    label = page.form.fields.rows()[2].label.text()
    assert not page.spine.picker.isEnabled()
    hands.type("low back\t", "12/3")
    page.primary()
    hands.type("")

    (booking,) = bookings(services, ready)
    assert label == "Re&gions"
    assert [region.value for region in booking.event.body_regions] == ["lower-back"]
    assert "Trigger points lower back" in acted[0].sentence


def test_that_a_booked_visit_shows_its_regions_when_it_is_moved(
    page: CheckPage, hands: Hands, ready: Patient, services: Services
) -> None:
    hands.type("smi j\n", "tpi\t", "shoulder\t", "12/3")
    page.form.fields.show_request(page.form.reading().request, page.form.fields.procedure.choice())

    assert page.form.fields.levels.text() == "shoulder girdle"
    assert page.form.reading().request.body_regions == (BodyRegion.SHOULDER,)


def test_that_the_filled_button_offers_the_first_open_day_where_the_first_allowed_one_is_closed_and_says_so(
    page: CheckPage, hands: Hands, full: Patient, services: Services
) -> None:
    services.clinic_settings.close_day(date(2027, 1, 27), "The roof")
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    assert page.panel.bar.sentence() == "Not before Wed 01/27/2027"
    assert page.bar.primary.shown_text() == "Book on Thu 01/28/2027"
    assert any("Wed 01/27/2027 the clinic does not work: The roof" in text for text in page.panel.also.texts())
    page.bar.primary.click()
    hands.type("")
    assert [booking.day for booking in bookings(services, full)] == [date(2027, 1, 28)]


def test_that_check_says_where_the_payer_is_switched_off_and_what_next(
    page: CheckPage, hands: Hands, ready: Patient, services: Services
) -> None:
    services.plan_terms.switch("medicare", False)
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/7")
    assert any(text.startswith("Medicare is switched off here") for text in page.panel.also.texts())


def test_that_an_allowed_day_on_which_the_clinic_is_closed_is_told(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/5")
    assert any("does not work: closed on Saturdays" in text for text in page.panel.also.texts())
    hands.type("\t")
    page.form.fields.day.setFocus()
    hands.type("12/7")
    assert not any("does not work" in text for text in page.panel.also.texts())
