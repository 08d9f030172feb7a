"""From keys to the painted answer, through the real file and the real rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.builders import a_coverage, a_request, performed
from tests.ui.check.conftest import AddPatient, Hands, focus
from tracker.domain.booking import Elsewhere
from tracker.domain.event import EventEvidence, Place
from tracker.domain.language import speaking, words_of
from tracker.domain.patient import Patient
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.verdict import Source
from tracker.paths import resource_root
from tracker.services import Services
from tracker.ui import theme
from tracker.ui.check.answer_view import source_text, view_of
from tracker.ui.check.next_act import promise
from tracker.ui.dialogs.event_dialog import EventDialog
from tracker.ui.pages.check_page import CheckPage
from tracker.ui.theme.status import Status


def test_that_a_blocked_ablation_is_told_with_its_date_its_count_and_its_proof(
    page: CheckPage, hands: Hands, full: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    panel = page.panel
    assert panel.bar.status() is Status.NO
    assert panel.bar.sentence() == "Not before Wed 01/27/2027"
    assert panel.bar.right_text() == "2 of 2 sessions used"
    assert [(row.number, row.when, row.leaves) for row in panel.table.records()] == [
        (1, "01/26/2026", "Wed 01/27/2027"),
        (2, "02/23/2026", "Wed 02/24/2027"),
    ]
    assert [row.frees for row in panel.table.records()] == [True, False]
    assert "64635" in panel.codes.codes.text()
    assert panel.rule.label.text()
    assert page.bar.primary.shown_text() == "Book on Wed 01/27/2027"
    assert page.bar.reason.isVisible()


def test_that_a_missing_result_that_two_rules_ask_for_is_told_once(
    page: CheckPage, hands: Hands, ready: Patient, services: Services
) -> None:
    given = {"intent": Intent.THERAPEUTIC, "approach": Approach.INTERLAMINAR}
    for day in ("2025-12-22", "2026-03-02", "2026-06-01"):
        services.history.add(
            ready.id, performed(day, Family.EPIDURAL, "L4-L5", relief_percent=70, relief_months=3, **given)
        )
    services.history.add(ready.id, performed("2026-11-04", Family.EPIDURAL, "L4-L5", **given))
    hands.type("smi j\n", "il\t", "l45\t", "12/16")
    texts = page.panel.also.texts()

    assert sum("has no result on file" in text for text in texts) == 1
    assert len(texts) == len(set(texts))


def test_that_the_headline_is_painted_in_the_colours_of_its_status(
    page: CheckPage, hands: Hands, full: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    picture = page.panel.bar.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 4) == theme.color("no_tint")
    assert picture.pixelColor(2, picture.height() // 2) == theme.color("no")


def test_that_the_numbers_on_the_timeline_are_those_of_the_table(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    shown = page.timeline.strip.content().view
    assert shown is not None
    assert shown.counted == page.panel.table.records()
    assert page.timeline.strip.content().ahead is not None


def test_that_an_allowed_ablation_says_so_and_can_be_booked_that_day(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    assert page.panel.bar.status() is Status.CAUTION
    assert any("nobody has asked" in text for text in (*page.panel.also.texts(), page.panel.why.text()))
    assert page.bar.primary.shown_text() == "Book on Thu 12/03/2026"
    assert not page.bar.reason.isVisible()


def test_that_a_limit_of_the_clinic_is_not_called_a_published_one(services: Services, ready: Patient) -> None:
    answer = services.booking.check(a_request(ready.id, date(2026, 12, 3)))
    by = "by Jo Diaz since 11/24/2026, in place of the payer’s"
    own = Source("Rule of this clinic", effective_from=date(2026, 11, 24), section=by, clinic=by)
    tallies = tuple(replace(tally, source=own) for tally in answer.verdict.tallies)
    assert tallies

    assert promise(answer) == "Meets the published limit; no promise of payment."
    changed = replace(answer, verdict=replace(answer.verdict, tallies=tallies))
    assert promise(changed) == "Meets this clinic's own limit; no promise of payment."
    assert source_text(own) == f"Rule of this clinic, {by}"
    assert source_text(replace(own, clinic="")).endswith(", since 11/24/2026")


def test_that_the_answer_is_allowed_once_nothing_was_done_elsewhere(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.elsewhere.button(Elsewhere.NONE).click()
    hands.type("")
    assert page.panel.bar.sentence() == "Allowed on Thu 12/03/2026"
    assert page.panel.bar.status() is Status.OK


def test_that_yes_without_an_entry_cannot_be_told_and_offers_to_add_it(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.elsewhere.button(Elsewhere.YES).click()
    hands.type("")
    assert page.panel.bar.status() is Status.UNKNOWN
    assert page.form.fields.add_outside.isVisible()
    page.form.fields.add_outside.click()
    dialog = page.findChild(EventDialog)
    assert dialog is not None
    assert dialog.fields.place.value() is Place.ELSEWHERE


def test_that_without_a_rule_on_file_it_cannot_be_told_and_is_not_offered(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Ortiz", first="Ana", coverage=a_coverage(payer="commercial", plan="Riverbend PPO"))
    hands.type("ort\n", "esi\t", "c7t1\t", "12/3")
    assert page.panel.bar.sentence() == "Cannot tell: no rule on file"
    assert page.bar.primary.shown_text() == "Off: ask first"
    assert not page.bar.primary.isEnabled()
    assert page.bar.reason.shown_text() == "I checked with the payer…"
    assert page.panel.ask.texts()


def test_that_a_patient_reported_injection_leaves_it_open_and_names_whom_to_ask(
    page: CheckPage, hands: Hands, smith: Patient, services: Services
) -> None:
    for day in ("2026-02-02", "2026-05-04", "2026-08-10"):
        services.history.add(smith.id, epidural(day))
    services.history.add(smith.id, epidural("2026-06", place=Place.ELSEWHERE, evidence=EventEvidence.PATIENT_REPORTED))
    hands.type("smi j\n", "esi\t", "l45\t", "12/3")
    assert page.panel.bar.status() is Status.UNKNOWN
    assert page.panel.ask.texts()


def epidural(day: str, **given: object):  # type: ignore[no-untyped-def]  # see tests.builders.performed
    usual = {
        "intent": Intent.THERAPEUTIC,
        "approach": Approach.INTERLAMINAR,
        "relief_percent": 60.0,
        "relief_months": 3.0,
    }
    return performed(day, Family.EPIDURAL, "L4-L5", **(usual | given))


def test_that_without_a_day_the_answer_is_for_today_and_cannot_be_booked(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t")
    assert page.panel.view() is not None
    assert page.bar.primary.shown_text() == "Off: type the date"


def test_that_a_past_day_is_answered_but_not_booked(page: CheckPage, hands: Hands, ready: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "-3")
    assert page.bar.primary.shown_text() == "Off: this day is past"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("l67", "“l67” is no level. Type a facet joint, such as l45 or c56."),
        ("sib", "“sib” is SI, which cannot be treated this way. Type a facet joint, such as l45 or c56."),
        ("l45b x", "“x” is no level. Type a facet joint, such as l45 or c56."),
    ],
)
def test_that_a_wrong_level_is_named_below_its_field_at_once(
    page: CheckPage, hands: Hands, smith: Patient, typed: str, sentence: str
) -> None:
    hands.type("smi j\n", "rfa\t", typed)
    assert page.form.fields.levels.error() == sentence
    assert page.form.fields.levels.text() == typed
    assert page.bar.primary.shown_text() == "Off: look at the levels"


def test_that_a_begun_level_is_no_mistake_until_the_field_is_left(
    page: CheckPage, hands: Hands, smith: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l4")
    assert page.form.fields.levels.error() == ""
    assert page.panel.bar.sentence() == "Go on with the levels"
    hands.type("\t")
    assert page.form.fields.levels.error().startswith("“l4” is no level.")


def test_that_a_missing_side_is_asked_for_when_the_field_is_left(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45")
    assert page.form.fields.levels.error() == ""
    assert page.panel.bar.sentence() == "L4-5 needs a side"
    hands.type("\t")
    assert page.form.fields.levels.error() == "L4-5 needs a side. Add l, r or b behind the level."
    hands.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.type("l45b")
    assert page.form.fields.levels.error() == ""
    assert page.panel.view() is not None


def test_that_missing_levels_are_asked_for_without_blame(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "\t")
    assert page.form.fields.levels.error() == ""
    assert page.panel.bar.sentence() == "Say where it goes"


@pytest.mark.parametrize("typed", ["12/40", "13/1", "2/30"])
def test_that_an_impossible_day_is_told_below_its_field(
    page: CheckPage, hands: Hands, ready: Patient, typed: str
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", typed)
    assert page.form.fields.day.error()
    assert typed in page.form.fields.day.error()
    assert page.bar.primary.shown_text() == "Off: look at the date"


def test_that_a_day_before_birth_is_refused_at_the_date(page: CheckPage, hands: Hands, smith: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "7/1/1950")
    assert "before the patient's birth" in page.form.fields.day.error()


def test_that_a_patient_without_coverage_is_told_at_the_coverage(
    page: CheckPage, hands: Hands, add_patient: AddPatient
) -> None:
    add_patient(last="Zhang", first="Q", coverage=a_coverage(end=date(2026, 11, 1)))
    hands.type("zha\n", "rfa\t", "l45b\t", "12/3")
    assert page.form.fields.coverage.error().startswith("This patient has no coverage on file for Thu 12/03/2026.")
    assert page.bar.primary.shown_text() == "Off: something is missing"


def test_that_rows_of_one_patient_do_not_stay_while_another_is_typed(
    page: CheckPage, hands: Hands, full: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    page.form.fields.patient.setFocus()
    hands.type("o")
    assert page.panel.view() is None
    assert not page.panel.table.isVisible()
    assert page.timeline.strip.content().view is None
    hands.key(Qt.Key.Key_Escape)
    hands.type("")
    assert page.form.fields.patient.patient() == full
    assert page.panel.bar.sentence() == "Not before Wed 01/27/2027"


def test_that_only_the_answer_to_the_last_key_is_shown(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t")
    for key in ("1", "/", "2", "7", "/", "2", "7"):
        hands.key(key)
    hands.type("")
    view = page.panel.view()
    assert view is not None
    assert view.asked == date(2027, 1, 27)
    assert view.headline != "Not before Wed 01/27/2027"


def test_that_the_same_widgets_are_filled_again(page: CheckPage, hands: Hands, full: Patient) -> None:
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    before = page.panel.findChildren(QWidget)
    page.form.fields.day.setFocus()
    hands.type("12/4")
    assert page.panel.findChildren(QWidget) == before


def test_that_the_technique_is_asked_for_epidurals_only(page: CheckPage, hands: Hands, smith: Patient) -> None:
    assert not page.form.fields.technique.isVisible()
    hands.type("smi j\n", "tf\t")
    assert page.form.fields.technique.isVisible()


def test_that_the_answer_can_be_copied_as_text_with_two_identifiers(
    page: CheckPage, hands: Hands, full: Patient
) -> None:
    assert page.summary() == ""
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    text = page.summary()
    assert text.startswith(f"Smith, Jane, born 07/02/1950, {full.mrn}\n")
    assert "Not before Wed 01/27/2027" in text
    assert "1) 01/26/2026 RFA L4-5 both, leaves the count on Wed 01/27/2027" in text


def test_that_focus_starts_where_the_hands_should_be(page: CheckPage) -> None:
    assert focus() is page.form.fields.patient


def test_that_a_result_that_is_not_on_file_is_looked_at_and_not_counted(
    page: CheckPage, hands: Hands, smith: Patient, services: Services
) -> None:
    services.history.add(smith.id, performed("2026-09-10", Family.FACET_INJECTION, "L4-L5 both", relief_percent=90.0))
    services.history.add(smith.id, performed("2026-10-14", Family.FACET_INJECTION, "L4-L5 both"))
    hands.type("smi j\n", "rfa\t", "l45b\t", "12/3")
    panel, view = page.panel, page.panel.view()
    assert view is not None
    assert panel.bar.status() is Status.UNKNOWN
    assert panel.bar.right_text() == "0 of 2 sessions used"
    assert panel.table.records() == ()
    assert panel.looked_at.texts() == ("10/14/2026  MBB L4-5 both",)
    assert page.bar.reason.shown_text() == "Override…"


def test_that_levels_stand_beside_the_codes_with_how_many_the_payer_allows(
    page: CheckPage, hands: Hands, ready: Patient
) -> None:
    hands.type("smi j\n", "rfa\t", "l45b l5s1b\t", "12/3")
    assert page.panel.codes.levels.text() == "2 of 2 levels in one session"
    page.form.fields.levels.setFocus()
    hands.type("l45b\t")
    assert page.panel.codes.levels.text() == "1 of 2 levels in one session"


def test_that_a_booked_one_that_counts_is_called_so_in_the_language_of_the_window(
    ready: Patient, services: Services
) -> None:
    request = a_request(ready.id, date(2026, 12, 3))
    services.booking.book(request, services.booking.check(request).fingerprint)
    answer = services.booking.check(replace(request, day=date(2026, 12, 21)))
    with speaking(words_of("es", resource_root() / "languages")):
        counted = view_of(answer).counted
    assert [row.procedure.partition(", ")[2] for row in counted if row.day == date(2026, 12, 3)] == ["reservada"]
