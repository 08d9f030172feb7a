"""E: everything of a request that can be corrected, on the real dialog over the real worklist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tests.ui.requests import BOTH, approved, draft
from tests.ui.visits import add_patient, epidural
from tracker.domain.authorization import Authorization, AuthorizationLine, AuthorizationStatus
from tracker.domain.authorization_request import AskedLine, AuthorizationRequest, Outside, RequestType
from tracker.domain.body_regions import BodyRegion
from tracker.domain.booking import BookingStatus
from tracker.domain.coverage import Site
from tracker.domain.patient import Provider
from tracker.domain.procedure import Family, parse_sites
from tracker.services import Services
from tracker.services.transactions import Transactions
from tracker.storage.records import Act
from tracker.ui.pages.authorizations_page import AuthorizationsPage
from tracker.ui.pages.page import PageContext
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.worklist.request_dialog import RequestDialog, read_request

RIGHT_NPI, WRONG_NPI = "1234567893", "1234567890"
OpenDialog = Callable[[str], RequestDialog]


@pytest.fixture
def page(context: PageContext) -> AuthorizationsPage:
    made = AuthorizationsPage(context)
    made.acted.connect(lambda done: context.notifier.publish(done.changes))
    return made


@pytest.fixture
def open_dialog(page: AuthorizationsPage, in_front: InFront, qtbot: QtBot, settle: Settle) -> OpenDialog:
    """Bring the page to the front with this line, and press E."""

    def bring(line: str = "is:open") -> RequestDialog:
        in_front(page)
        page.lister.show_line(line)
        settle()
        qtbot.keyClick(page.views.front().table, Qt.Key.Key_E)  # type: ignore[union-attr]  # the table is in front
        settle()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RequestDialog)
        return dialog

    return bring


def save(dialog: RequestDialog, settle: Settle) -> None:
    dialog.save()
    settle()


def test_that_lines_diagnoses_providers_site_and_days_of_a_draft_are_corrected(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    made = draft(services, "Bell")
    provider = services.desk.add_provider(Provider("Ana Lee, MD", "Lee", RIGHT_NPI)).value
    site = services.desk.add_site(Site("KY", "24", name="Westside ASC")).value
    dialog = open_dialog("is:open")
    fields = dialog.fields
    fields.type.set_value(RequestType.RETRO)
    fields.speed.set_value(True)
    fields.lines.rows[0].units.setText("2")
    fields.lines.rows[0].levels.setText("l45r")
    fields.diagnoses.setText("m47816 M54.50")
    fields.ordering.set_value(provider.id)
    fields.rendering.set_value(provider.id)
    fields.site.set_value(site.id)
    fields.planned.set_day(date(2026, 12, 9))
    fields.decide_by.set_day(date(2026, 12, 1))
    save(dialog, settle)

    saved = services.authorizations.get(made.id).request
    assert (saved.type, saved.expedited, saved.diagnoses) == (RequestType.RETRO, True, ("M47.816", "M54.50"))
    assert saved.asked[0] == replace(BOTH[0], units=2, targets=parse_sites(["L4-L5 right"]).targets)
    assert saved.asked[1] == BOTH[1]
    assert (saved.ordering_provider_id, saved.rendering_provider_id) == (provider.id, provider.id)
    assert (saved.site_id, saved.planned_for) == (site.id, date(2026, 12, 9))
    assert saved.decide_by is not None
    assert saved.decide_by.astimezone().date() == date(2026, 12, 1)


def test_that_the_places_of_the_lines_are_what_the_request_is_about(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    for row in dialog.fields.lines.rows[:2]:
        row.levels.setText("l45r")
    save(dialog, settle)

    assert services.authorizations.get(made.id).request.targets == parse_sites(["L4-L5 right"]).targets


def test_that_regions_of_the_body_are_named_and_a_wrong_one_is_told_below_the_field(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    asked = (AskedLine("20552"),)
    made = draft(
        services, "Bell", family=Family.TRIGGER_POINT, targets=(), asked=asked, body_regions=(BodyRegion.NECK,)
    )
    dialog = open_dialog("is:open")
    body = dialog.fields.body
    assert body is not None
    assert body.text() == "neck"
    body.setText("neck, elephant")
    save(dialog, settle)
    assert "elephant" in body.error()
    assert services.authorizations.get(made.id).request.body_regions == (BodyRegion.NECK,)

    body.setText("neck, lower back")
    save(dialog, settle)
    assert services.authorizations.get(made.id).request.body_regions == (BodyRegion.NECK, BodyRegion.LOWER_BACK)


def test_that_a_new_row_adds_a_line_and_an_emptied_code_takes_one_away(
    services: Services, open_dialog: OpenDialog, qtbot: QtBot, settle: Settle
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    lines = dialog.fields.lines
    assert len(lines.rows) == 3
    lines.rows[1].code.clear()
    qtbot.keyClicks(lines.rows[2].code, "77003")
    assert len(lines.rows) == 4
    save(dialog, settle)

    asked = services.authorizations.get(made.id).request.asked
    assert [(line.code, line.units) for line in asked] == [("64635", 1), ("77003", 1)]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("code", "646", "“646” is no procedure code: it has five characters."),
        ("units", "two", "“two” units of 64635 is no number."),
        ("levels", "l9", "“l9” is no level."),
    ],
)
def test_that_what_is_wrong_with_a_line_is_told_below_it_and_nothing_is_lost(
    services: Services, open_dialog: OpenDialog, settle: Settle, field: str, typed: str, sentence: str
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    getattr(dialog.fields.lines.rows[0], field).setText(typed)
    save(dialog, settle)

    assert dialog.fields.lines.wrong.sentence().startswith(sentence)
    assert getattr(dialog.fields.lines.rows[0], field).text() == typed
    assert services.authorizations.get(made.id) == made


def test_that_a_wrong_diagnosis_and_a_wrong_npi_are_told_at_their_fields(
    services: Services, transactions: Transactions, open_dialog: OpenDialog, settle: Settle
) -> None:
    made = draft(services, "Bell")
    with transactions.writing() as uow:  # as older files may hold it: today it would be refused
        provider_id = uow.clinic.add_provider(Provider("Ana Lee, MD", "Lee", WRONG_NPI))
        uow.commit(Act("add provider", "provider", provider_id))
    dialog = open_dialog("is:open")
    dialog.fields.diagnoses.setText("back pain")
    save(dialog, settle)
    assert dialog.fields.diagnoses.error().startswith("“BACK” is no diagnosis code.")

    dialog.fields.diagnoses.setText("M54.50")
    dialog.fields.rendering.set_value(provider_id)
    save(dialog, settle)
    assert dialog.fields.rendering.error().startswith("The NPI of Ana Lee, MD on file is wrong")
    assert services.authorizations.get(made.id) == made


def test_that_escape_does_not_throw_changed_lines_away_at_once(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    draft(services, "Bell")
    dialog = open_dialog("is:open")
    dialog.fields.lines.rows[0].units.setText("3")
    dialog.reject()

    assert dialog.isVisible()
    assert dialog.notice.sentence().startswith("Nothing is saved yet.")


def test_that_what_was_granted_is_corrected_line_by_line_and_bound_to_a_place(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    made = approved(services, "Farr", "A118", TODAY, TODAY + timedelta(days=20))
    dialog = open_dialog("is:approved")
    rows = dialog.fields.lines.rows
    rows[0].units.clear()
    assert rows[1].used is not None
    assert rows[1].granted is not None
    rows[1].used.setText("1")
    rows[1].granted.set_value(False)
    dialog.fields.place.setText("24")
    dialog.fields.facility.setText("Westside ASC")
    save(dialog, settle)

    answer = services.authorizations.get(made.id).authorization
    assert [(line.code, line.units, line.used, line.denied) for line in answer.lines] == [
        ("64635", None, 0, False),
        ("64636", 2, 1, True),
    ]
    assert (answer.place_of_service, answer.facility, answer.provider) == ("24", "Westside ASC", None)


def test_that_units_below_used_are_refused_in_place(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    made = approved(services, "Farr", "A118", TODAY, TODAY + timedelta(days=20))
    dialog = open_dialog("is:approved")
    row = dialog.fields.lines.rows[0]
    assert row.used is not None
    row.used.setText("5")
    save(dialog, settle)

    assert dialog.notice.sentence().startswith("64635 would have 1 unit, and 5 are used already.")
    assert services.authorizations.get(made.id) == made


def test_that_what_cannot_be_saved_is_told_before_the_visits_that_would_move(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    patient = add_patient(services, "Farr", payer="medicare-advantage", plan="HMO", authorization_required=True)
    answer = Authorization(
        "A118", "medicare-advantage", AuthorizationStatus.APPROVED, decided=TODAY, start=TODAY,
        end=TODAY + timedelta(days=30), lines=(AuthorizationLine("62323", 1),),
    )  # fmt: skip
    services.authorizations.add(patient, answer, AuthorizationRequest(family=Family.EPIDURAL))
    request = epidural(patient, TODAY + timedelta(days=9))
    services.booking.book(request, services.booking.check(request).fingerprint)
    dialog = open_dialog("is:approved")
    used = dialog.fields.lines.rows[0].used
    assert used is not None
    used.setText("5")
    save(dialog, settle)
    assert dialog.notice.sentence().startswith("62323 would have 1 unit, and 5 are used already.")


def test_that_visits_that_fall_out_are_listed_before_it_is_saved(
    services: Services, open_dialog: OpenDialog, settle: Settle
) -> None:
    patient = add_patient(services, "Farr", payer="medicare-advantage", plan="HMO", authorization_required=True)
    answer = Authorization(
        "A118", "medicare-advantage", AuthorizationStatus.APPROVED, decided=TODAY, start=TODAY,
        end=TODAY + timedelta(days=30), lines=(AuthorizationLine("62323", 1),),
    )  # fmt: skip
    made = services.authorizations.add(patient, answer, AuthorizationRequest(family=Family.EPIDURAL)).value
    request = epidural(patient, TODAY + timedelta(days=9))
    visit = services.booking.book(request, services.booking.check(request).fingerprint).value
    dialog = open_dialog("is:approved")
    dialog.fields.lines.rows[0].code.setText("62321")
    save(dialog, settle)

    assert dialog.notice.sentence().startswith("Saving moves visits. On hold: IL epidural L4-5, Thu 12/03/2026.")
    assert services.authorizations.get(made.id) == made
    save(dialog, settle)
    assert services.booking.get(visit.id).status is BookingStatus.HELD


def test_that_every_field_of_the_dialog_has_a_name(services: Services, open_dialog: OpenDialog) -> None:
    approved(services, "Farr", "A118", TODAY, TODAY + timedelta(days=20))
    assert nameless(open_dialog("is:approved")) == []


def test_that_who_follows_requests_is_offered_when_one_is_assigned(
    services: Services, page: AuthorizationsPage, in_front: InFront, qtbot: QtBot, settle: Settle
) -> None:
    made, other = draft(services, "Bell"), draft(services, "Archer", next_in=1)
    services.authorizations.assign(other.id, other.version, "Kim Reyes")
    in_front(page)
    qtbot.keyClick(page.list.table, Qt.Key.Key_O)
    settle()
    strip = page.strips.strip()
    assert strip is not None
    qtbot.keyClicks(strip.fields["owner"], "kim")
    qtbot.keyClick(strip.fields["owner"], Qt.Key.Key_Return)
    settle()

    assert services.authorizations.get(made.id).request.owner == "Kim Reyes"


def test_that_a_whole_request_being_corrected_outlives_a_crash_with_its_lines_and_one_key_drops_it(
    context: PageContext, services: Services, open_dialog: OpenDialog, settle: Settle, qtbot: QtBot
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    before = dialog.form.state()
    place = len(dialog.fields.lines.rows) - 1
    qtbot.keyClicks(dialog.fields.lines.rows[place].code, "64494")
    qtbot.keyClicks(dialog.fields.lines.rows[place].units, "2")
    dialog.fields.diagnoses.setText("M47.8")
    keeper = dialog.draft_keeper()
    assert keeper is not None
    assert keeper.is_waiting()
    keeper.save()
    settle()

    again = RequestDialog(context, read_request(services, made.id), dialog.parentWidget())
    settle()
    assert again.form.state() == dialog.form.state()
    assert again.fields.lines.rows[place].code.text() == "64494"
    assert again.notice.sentence().startswith("Taken up again: what was typed at ")
    dialog.hide()
    QApplication.processEvents()
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    again.fields.diagnoses.setFocus()
    qtbot.keyClick(again.fields.diagnoses, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    settle()
    assert again.form.state() == before
    assert services.drafts.find(f"request {made.id}") is None
    again.reject()


def choose(dialog: RequestDialog, field: ChoiceField, qtbot: QtBot) -> None:
    """Choose the last offer, by keys."""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    field.chosen.emit(field.value())


def test_that_a_referring_physician_and_a_hospital_from_outside_are_named_with_their_npi(
    services: Services, open_dialog: OpenDialog, qtbot: QtBot, settle: Settle
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    fields = dialog.fields
    assert not fields.who_orders.name.isVisible()
    for field in (fields.ordering, fields.rendering, fields.site):
        choose(dialog, field, qtbot)
    assert all(each.isVisible() for each in (fields.who_orders.npi, fields.who_renders.name, fields.where.place))
    for row, name, npi in (
        (fields.who_orders, "Ada Moss, MD", "1234 567 893"),
        (fields.who_renders, "Bo Reed, DO", ""),
        (fields.where, "River Hospital", "1245319599"),
    ):
        row.name.setText(name)
        row.npi.setText(npi)
    fields.where.place.setText("22")
    save(dialog, settle)

    saved = services.authorizations.get(made.id).request
    assert saved.ordering_outside == Outside("Ada Moss, MD", "1234567893")
    assert saved.rendering_outside == Outside("Bo Reed, DO", "")
    assert (saved.facility_outside, saved.facility_place) == (Outside("River Hospital", "1245319599"), "22")
    assert (saved.ordering_provider_id, saved.rendering_provider_id, saved.site_id) == ("", "", "")
    facts = services.packets.gather(made.id).facts
    assert (facts["ordering.name"], facts["ordering.npi"]) == ("Ada Moss, MD", "1234567893")
    assert (facts["rendering.name"], facts["site.facility"]) == ("Bo Reed, DO", "River Hospital")
    assert (facts["site.npi"], facts["site.place_of_service"]) == ("1245319599", "22")
    again = open_dialog("is:open").fields
    assert again.who_orders.name.text() == "Ada Moss, MD"
    assert again.where.wanted()


@pytest.mark.parametrize(
    ("name", "npi", "place", "field", "sentence"),
    [
        ("Ada Moss", WRONG_NPI, "", "npi", f"{WRONG_NPI} is no NPI: its last digit does not fit the others."),
        ("Ada Moss", "12", "", "npi", "An NPI has ten digits."),
        ("", RIGHT_NPI, "", "name", "The name is missing."),
        ("River Hospital", RIGHT_NPI, "2", "place", "The place of service has two digits."),
    ],
)
def test_that_what_is_wrong_about_somebody_from_outside_is_told_below_the_field(
    services: Services,
    open_dialog: OpenDialog,
    qtbot: QtBot,
    settle: Settle,
    name: str,
    npi: str,
    place: str,
    field: str,
    sentence: str,
) -> None:
    made = draft(services, "Bell")
    dialog = open_dialog("is:open")
    rows = dialog.fields.where
    choose(dialog, dialog.fields.site, qtbot)
    for each, text in ((rows.name, name), (rows.npi, npi), (rows.place, place)):
        each.setText(text)
    save(dialog, settle)
    assert getattr(rows, field).error().startswith(sentence)
    assert (rows.name.text(), rows.npi.text(), rows.place.text()) == (name, npi, place)
    assert dialog.isVisible()
    assert not services.authorizations.get(made.id).request.facility_outside.name
    dialog.fields.site.set_value("")
    dialog.fields.site.chosen.emit("")
    save(dialog, settle)
    assert QApplication.activeModalWidget() is None, "saved: what is hidden is in nobody's way"


def test_that_the_hands_stay_with_the_request_that_was_corrected(
    services: Services, page: AuthorizationsPage, open_dialog: OpenDialog, settle: Settle
) -> None:
    draft(services, "Bell", next_in=1)
    draft(services, "Archer", next_in=2)
    dialog = open_dialog("is:open")
    corrected = page.current_patient()
    dialog.fields.diagnoses.setText("M54.50")
    save(dialog, settle)

    assert page.current_patient() == corrected
    assert services.patients.get(corrected).patient.last == "Bell"
    assert page.window().focusWidget() is page.list.table
