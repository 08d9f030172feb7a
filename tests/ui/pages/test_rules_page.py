"""The Rules page by keyboard: find, read, confirm, change, switch off, try; and what it leaves on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import a_coverage, a_patient, a_request, performed
from tests.fixtures import TODAY
from tests.ui.conftest import InFront, Settle
from tests.ui.names import nameless
from tracker.domain.billing_rules import Modifier
from tracker.domain.booking import BookingStatus, Override, OverrideReason
from tracker.domain.clinic_rule import ClinicRuleAction
from tracker.domain.clinical_record import ClaimDenial
from tracker.domain.procedure import Family
from tracker.domain.rule import Which
from tracker.domain.rule_kinds import Advice, MaxCount
from tracker.domain.verdict import Grade, Outcome
from tracker.services import Services
from tracker.services.rule_library.library_views import Overridden, RuleState, RuleView
from tracker.ui.dialogs.people_dialog import PeopleDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.pages.page import PageContext, PatientStart
from tracker.ui.pages.rules_page import RulesPage
from tracker.ui.rules.place_tree import Node
from tracker.ui.rules.rule_dialog import RuleDialog
from tracker.ui.rules.rule_visits_dialog import came_of
from tracker.ui.rules.rule_words import CHANGED, SUSPECT, UNCONFIRMED, mark_of, overridden_words, place_words
from tracker.ui.rules.small_dialogs import AdoptDialog, ConfirmDialog, NewRuleDialog, SwitchOffDialog
from tracker.ui.theme.status import Status
from tracker.ui.widgets.marks import pips_width
from tracker.ui.widgets.plain_label import PlainLabel

Dialog = TypeVar("Dialog", bound=QDialog)
CGS = "medicare cgs"
REASON = "The contractor wrote so on 11/20/2026."


@pytest.fixture
def page(context: PageContext, in_front: InFront) -> RulesPage:
    """The page as the window keeps it: what it does is told to every screen."""
    shown = in_front(RulesPage(context))
    shown.acted.connect(lambda done: context.notifier.publish(done.changes))
    return shown


@pytest.fixture
def facets(page: RulesPage, settle: Settle) -> RulesPage:
    """Medicare's rules for facet injections, with the hands on the first one."""
    choose(page, CGS, Family.FACET_INJECTION)
    settle()
    page.table.setFocus()
    return page


def choose(page: RulesPage, place_id: str, family: Family | None = None) -> None:
    place = next(place for place in page.tree.library().places if place.id == place_id)
    page.tree.choose(Node(place, "", family))


def press(key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    if isinstance(key, str):
        QTest.keyClicks(target, key)
    else:
        QTest.keyClick(target, key, modifier)


def opened(page: RulesPage, qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """Return the dialog that was opened, once the keys go there."""
    dialog = page.rule_acts.dialog
    assert isinstance(dialog, kind)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def saved(page: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    """Press Ctrl+Enter in the dialog that is open, and wait until the page shows what came of it."""
    with qtbot.waitSignal(page.acted):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    page.activateWindow()  # no window manager does it here
    qtbot.waitUntil(page.isActiveWindow)


def shown(page: RulesPage) -> RuleView:
    view = page.current()
    assert view is not None
    return view


def change(page: RulesPage, qtbot: QtBot, settle: Settle, limit: str, plan: str = "") -> None:
    """Change the limit of the rule where the hands are, through the form."""
    press("E")
    dialog = opened(page, qtbot, RuleDialog)
    dialog.fields["limit"].setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(limit)
    dialog.aim.plan.setText(plan)
    dialog.aim.reason.setFocus()
    press(REASON)
    settle()
    saved(page, qtbot, settle)


# Reading


def test_that_it_opens_on_the_first_payer_with_the_hands_on_its_rules(page: RulesPage) -> None:
    assert page.bar.head.title.text() == "Aetna"
    assert page.table.hasFocus()
    assert shown(page).place.id == "aetna"
    assert page.detail.sentence.text() == shown(page).sentence


def test_that_f8_opens_it_from_anywhere(context: PageContext, qtbot: QtBot, settle: Settle) -> None:
    window = MainWindow(context, PAGES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    settle()
    QTest.keyClick(window, Qt.Key.Key_F8)
    settle()

    assert isinstance(window.current_page(), RulesPage)


def test_that_typing_finds_payers_and_procedures_in_the_tree(page: RulesPage, settle: Settle) -> None:
    press("/")
    assert page.tree.filter.hasFocus()
    press("zzz")
    assert page.tree.nodes() == ()
    assert page.tree.nothing.isVisibleTo(page)
    assert page.tree.nothing.text() == "Nothing fits “zzz”. Esc shows all payers again."
    press(Qt.Key.Key_Down)
    assert page.tree.filter.hasFocus()
    press(Qt.Key.Key_Escape)
    assert not page.tree.nothing.isVisibleTo(page)
    press("highmark w")
    assert page.tree.nodes()[0].label == "Highmark West Virginia"
    press(Qt.Key.Key_Down)
    assert page.tree.tree.hasFocus()
    press(Qt.Key.Key_Return)
    settle()
    assert page.table.hasFocus()
    assert shown(page).place.label == "Highmark West Virginia"


def test_that_a_payer_is_found_by_its_other_names_and_one_that_begins_so_comes_first(
    page: RulesPage, settle: Settle
) -> None:
    press("/")
    press("medicare part b")
    assert {node.place.payer for node in page.tree.nodes()} == {"medicare"}
    page.tree.filter.clear()
    choose(page, "aetna")
    press("medicare")
    settle()

    chosen = page.tree.current()
    assert chosen is not None
    assert chosen.label.startswith("Medicare")


def test_that_a_family_narrows_the_list(facets: RulesPage) -> None:
    listed = facets.table.records()

    assert listed
    assert all(Family.FACET_INJECTION in view.rule.families for view in listed)
    assert facets.bar.head.beside.text() == f"Facet injections, {len(listed)} rules"


def test_that_a_rule_shows_its_document_grade_and_days(facets: RulesPage) -> None:
    assert facets.detail.source.text().startswith("LCD L38773 / A58364 (CGS)")
    assert facets.detail.source.text().endswith("; read 11/23/2026")
    assert facets.detail.proof.text() == "Primary: the payer's or a government's own document"
    assert facets.detail.pips.grade() is Grade.PRIMARY
    assert facets.detail.days.text() == "From 05/02/2021"


def test_that_the_address_can_be_copied(facets: RulesPage) -> None:
    facets.detail.copy.click()

    assert QGuiApplication.clipboard().text() == shown(facets).source.url
    assert facets.detail.copy.text() == "Copied"


def test_that_earlier_versions_are_told(facets: RulesPage) -> None:
    place = next(n for n, view in enumerate(facets.table.records()) if view.rule.id == "facet-levels")
    facets.table.select_row(place)

    told = facets.detail.history.texts()
    assert "From 08/15/2024" in told
    assert "05/02/2021 to 07/06/2024" in told
    assert any("appeal only" in text for text in told)
    assert [text for text in told if text.startswith("In force today.")] == [
        f"In force today. {shown(facets).sentence}"
    ]


def test_that_the_summary_gives_sentence_and_proof(facets: RulesPage) -> None:
    sentence, proof = facets.summary().splitlines()

    assert sentence == shown(facets).sentence
    assert "Primary" in proof


def test_that_denied_claims_are_told_in_the_list_and_in_the_rule(
    facets: RulesPage, services: Services, settle: Settle
) -> None:
    deny(services, "119")
    facets.opened()
    settle()
    assert facets.bar.chips.chip(SUSPECT).count() == 1
    facets.bar.chips.chip(SUSPECT).click()
    (listed,) = facets.table.records()

    assert listed.rule.id == "facet-diagnostic-sessions"
    assert mark_of(listed) == (Status.CAUTION, "Denied though allowed 1")
    assert facets.detail.denied.isVisibleTo(facets)
    assert facets.detail.denied.text() == (
        "1 of 1 denied claim had been allowed (119); the last one 11/24/2026; $312.40 in all."
    )
    assert facets.detail.notice.sentence().startswith("Claims were denied that this rule had let through.")


def test_that_a_rule_of_several_payers_is_named_after_the_one_whose_rules_they_are(
    facets: RulesPage, services: Services, settle: Settle
) -> None:
    deny(services, "119")
    facets.opened()
    settle()
    facets.show_chip(SUSPECT)
    (listed,) = facets.table.records()

    assert listed.place.label == "Medicare, CGS (KY)"
    assert listed.followers > 1
    assert place_words(listed) == f"Medicare, CGS (KY) and {listed.followers} more"
    assert facets.table.model().index(0, 0).data().startswith(f"{place_words(listed)}: At most 4 diagnostic")


def test_that_the_place_that_is_chosen_already_leads_out_of_a_list_of_all_payers(
    facets: RulesPage, settle: Settle
) -> None:
    tree = facets.tree.tree
    for leave in (
        lambda: QTest.mouseClick(
            tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(tree.currentIndex()).center()
        ),
        lambda: QTest.keyClick(tree, Qt.Key.Key_Return),
        lambda: choose(facets, CGS, Family.FACET_INJECTION),
    ):
        facets.show_chip(UNCONFIRMED)
        settle()
        assert facets.bar.head.title.text() == "Recalled, not confirmed"
        leave()
        settle()
        assert facets.bar.head.title.text() == "Medicare, CGS (KY)"


def test_that_what_wants_a_look_stands_first_in_its_place(facets: RulesPage, settle: Settle) -> None:
    choose(facets, "unitedhealthcare", Family.EPIDURAL)
    settle()

    marks = [mark_of(view)[1] for view in facets.table.records()]
    assert marks == ["Not confirmed", "Not confirmed", ""]


def overridden(*reasons: OverrideReason) -> Overridden:
    return Overridden(Counter(reasons))


def test_that_advice_has_no_count_that_could_be_wrong_and_is_listed_once_it_is_booked_against_often(
    facets: RulesPage,
) -> None:
    counting = next(view for view in facets.tree.library().rules if isinstance(view.rule, MaxCount))
    advice = next(view for view in facets.tree.library().rules if isinstance(view.rule, Advice))
    twice = overridden(OverrideReason.OTHER_SITE, OverrideReason.NOT_PERFORMED)
    often = overridden(*[OverrideReason.URGENT] * 3)

    assert replace(counting, overridden=twice).suspect
    assert mark_of(replace(counting, overridden=twice)) == (Status.CAUTION, "Count wrong 2 of 2")
    assert "100% say that the count is wrong" in overridden_words(replace(counting, overridden=twice))
    assert not replace(advice, overridden=twice).suspect
    assert overridden_words(replace(advice, overridden=twice)).startswith("Booked against 2 times: ")
    assert "count is wrong" not in overridden_words(replace(advice, overridden=twice))
    for view in (counting, advice):
        assert replace(view, overridden=often).suspect
        assert mark_of(replace(view, overridden=often)) == (Status.CAUTION, "Booked against 3")


def test_that_the_mark_of_the_evidence_is_as_wide_as_its_word(facets: RulesPage) -> None:
    facets.detail.pips.show_grade(Grade.SUMMARY)
    assert facets.detail.pips.sizeHint().width() == pips_width(Grade.SUMMARY)
    assert pips_width(Grade.PRIMARY) < pips_width(Grade.SUMMARY)


def test_that_a_narrow_trial_shows_all_that_is_asked(facets: RulesPage, settle: Settle, qtbot: QtBot) -> None:
    facets.resize(900, 500)
    settle()
    asked, done = facets.trial.asked, facets.trial.done

    qtbot.waitUntil(lambda: asked.mapTo(facets, QPoint()).y() > done.mapTo(facets, QPoint()).y())
    assert asked.fontMetrics().horizontalAdvance(asked.text()) < asked.width() - 16


def test_that_denied_claims_that_no_rule_speaks_of_are_told_at_the_place(
    facets: RulesPage, services: Services, settle: Settle
) -> None:
    deny(services, "27")
    facets.opened()
    settle()

    assert facets.bar.unruled.isVisibleTo(facets)
    assert facets.bar.unruled.text() == "1 denied claim that no rule speaks of"
    assert facets.bar.chips.chip(SUSPECT).count() == 0
    assert not facets.detail.denied.isVisibleTo(facets)
    facets.show_chip(SUSPECT)
    assert not facets.bar.unruled.isVisibleTo(facets)
    choose(facets, "aetna")
    assert not facets.bar.unruled.isVisibleTo(facets)


def test_that_claims_of_which_no_rule_speaks_are_a_key_away_and_lead_to_the_patient(
    facets: RulesPage, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    press("D")
    assert facets.bar.notice.sentence().startswith("No claim was denied here about something that no rule speaks of.")
    deny(services, "27")
    facets.opened()
    settle()
    press("D")
    settle()
    dialog = opened(facets, qtbot, PeopleDialog)
    (visit,) = dialog.table.records()

    assert dialog.lead.text().startswith("These claims were denied about something that no rule here speaks of.")
    assert came_of(visit) == "denied 11/24/2026, 27"
    with qtbot.waitSignal(facets.patient_at_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [PatientStart(visit.patient.id, "injections", visit.booking.event.id)]


def deny(services: Services, code: str) -> None:
    """Book a block of today that Medicare allows, do it, and have the claim denied."""
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage(payer="medicare", authorization_required=False))
    request = a_request(patient.id, TODAY, starts=None)
    answer = services.booking.check(request)
    booking = services.booking.book(request, answer.fingerprint).value
    services.booking.set_status(booking.id, BookingStatus.DONE)
    services.denials.add(ClaimDenial(booking.event.id, TODAY, code, cents=31240))


def test_that_the_visits_behind_a_rules_figures_are_a_key_away_and_lead_to_the_patient(
    facets: RulesPage, services: Services, settle: Settle, qtbot: QtBot
) -> None:
    deny(services, "119")
    facets.opened()
    settle()
    facets.show_chip(SUSPECT)
    assert facets.detail.visits.isVisibleTo(facets)
    press("V")
    settle()
    dialog = opened(facets, qtbot, PeopleDialog)
    (visit,) = dialog.table.records()

    assert dialog.lead.text() == shown(facets).sentence
    heads = [column.header for column in dialog.table.record_model().columns]
    assert not dialog.table.isColumnHidden(heads.index("We had said"))
    assert came_of(visit) == "denied 11/24/2026, 119"
    assert visit.said_allowed
    with qtbot.waitSignal(facets.patient_at_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [PatientStart(visit.patient.id, "injections", visit.booking.event.id)]
    assert not dialog.isVisible()


def test_that_a_rule_without_such_visits_says_so(facets: RulesPage) -> None:
    assert not facets.detail.visits.isVisibleTo(facets)
    press("V")

    assert facets.rule_acts.dialog is None
    assert facets.bar.notice.sentence().startswith("No visit was booked against this rule")


def test_that_a_visit_booked_against_a_rule_stands_behind_that_rule_alone(services: Services) -> None:
    """Five sessions in twelve months, booked all the same: the limit's rule lists it, the interval's does not."""
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage(payer="medicare", authorization_required=False))
    for month in ("2026-02-03", "2026-04-07", "2026-06-02", "2026-08-04"):
        services.history.add(patient.id, performed(month))
    request = a_request(patient.id, TODAY, starts=None)
    answer = services.booking.check(request)
    why = Override(OverrideReason.NOT_PERFORMED, "One of them was stopped before the needle.")
    booked = services.booking.override(request, answer.fingerprint, why).value
    rules = {view.rule.id: view for view in services.library.look().rules if view.place.id == CGS}

    (visit,) = services.library.visits_of(rules["facet-diagnostic-sessions"])
    assert (visit.booking.id, visit.reason, visit.denials) == (booked.id, OverrideReason.NOT_PERFORMED, ())
    assert not visit.said_allowed
    assert came_of(visit) == "booked against: not performed"
    assert services.library.visits_of(rules["facet-ablation-sessions"]) == ()


# Changing


def test_that_a_changed_rule_is_seen_on_a_sample_before_it_is_saved(
    facets: RulesPage, qtbot: QtBot, settle: Settle
) -> None:
    press("E")
    dialog = opened(facets, qtbot, RuleDialog)
    settle()
    assert not any(row.differs for row in dialog.sample.records())

    dialog.fields["limit"].setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("3")
    settle()
    assert dialog.sentence.text().startswith("At most 3 diagnostic facet injection sessions per region")
    rows = dialog.sample.records()
    assert (Outcome.CAUTION, Outcome.NOT_ALLOWED) in {(row.before_tone, row.after_tone) for row in rows}


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("limit", "0", "It must be a number from 1 to 9999."),
        ("limit", "two", "“two” is no figure."),
        ("limit", "2.5", "It must be a whole number."),
        ("window.length", "0", "A window must be 1 or more months or days, not 0."),
        ("effective_from", "soon", "“soon” is no date."),
    ],
)
def test_that_a_mistake_stands_at_its_field(
    facets: RulesPage, qtbot: QtBot, settle: Settle, key: str, typed: str, told: str
) -> None:
    press("E")
    dialog = opened(facets, qtbot, RuleDialog)
    dialog.fields[key].setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(typed)
    settle()

    assert dialog.fields[key].error().startswith(told)
    dialog.save()
    assert dialog.isVisible()
    assert not shown(facets).changed


def test_that_the_reason_is_asked_for_in_place(facets: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    press("E")
    dialog = opened(facets, qtbot, RuleDialog)
    dialog.save()
    settle()

    assert dialog.aim.reason.error().startswith("The reason is missing.")
    assert dialog.aim.reason.hasFocus()


def test_that_a_change_is_signed_shown_and_taken_back_by_undo(
    facets: RulesPage, qtbot: QtBot, settle: Settle, services: Services, context: PageContext
) -> None:
    before = shown(facets).rule.id
    with qtbot.waitSignal(facets.acted) as acted:
        change(facets, qtbot, settle, "3")

    view = shown(facets)
    assert view.rule.id == before
    assert view.of_clinic
    assert facets.detail.source.text() == "Rule of this clinic, by Jo Diaz since 11/24/2026, in place of the payer’s"
    assert f"Changed by Jo Diaz 11/24/2026 for Medicare: {REASON}" in facets.detail.history.texts()
    assert facets.bar.chips.chip(CHANGED).count() == 1

    (done,) = acted.args
    context.notifier.publish(services.undo.undo(done.undo).changes)
    settle()
    assert not shown(facets).of_clinic
    assert facets.bar.chips.chip(CHANGED).count() == 0


def test_that_a_change_for_one_plan_gets_a_place_of_its_own_in_the_tree(
    facets: RulesPage, qtbot: QtBot, settle: Settle
) -> None:
    change(facets, qtbot, settle, "3", "Railroad")

    (node,) = [node for node in facets.tree.nodes() if node.plan and node.place.id == CGS]
    assert node.plan == "Railroad"
    assert not any(node.plan for node in facets.tree.nodes() if node.place.payer == "humana")
    facets.tree.choose(node)
    limits = [view.rule.limit for view in facets.table.records() if view.rule.id == "facet-diagnostic-sessions"]
    assert limits == [3]


def test_that_a_plan_says_whether_a_coverage_names_it(
    facets: RulesPage, qtbot: QtBot, settle: Settle, services: Services, context: PageContext
) -> None:
    patient = services.patients.add(a_patient()).value
    services.patients.add_coverage(patient.id, a_coverage(plan="Part B"))
    facets.opened()
    settle()
    press("O")
    dialog = opened(facets, qtbot, SwitchOffDialog)

    dialog.aim.plan.setText("part b")
    assert dialog.aim.plan.echo() == "on file"
    dialog.aim.plan.setText("Part Q")
    assert dialog.aim.plan.echo() == "no coverage names it yet"
    dialog.aim.plan.setText("all but Part Q; part b")
    assert dialog.aim.plan.echo() == "no coverage names Part Q yet"
    dialog.aim.plan.setText("Part B; ")
    assert dialog.aim.plan.echo() == "on file"


def test_that_o_switches_a_rule_off_and_brings_it_back(facets: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    rule_id = shown(facets).rule.id
    press("O")
    opened(facets, qtbot, SwitchOffDialog)
    press(REASON)
    with qtbot.waitSignal(facets.acted) as acted:
        saved(facets, qtbot, settle)
    (done,) = acted.args
    assert done.undo.sentence == f"Switched off for this clinic: {facets.detail.sentence.text()}"
    assert (shown(facets).rule.id, shown(facets).state) == (rule_id, RuleState.OFF)
    assert not facets.detail.edit.isVisibleTo(facets)

    with qtbot.waitSignal(facets.acted):
        press("O")
    settle()
    back = next(view for view in facets.table.records() if view.rule.id == rule_id)
    assert (back.state, back.changed) == (RuleState.HOLDS, False)


def test_that_a_changed_rule_is_ended_where_its_history_is(facets: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    change(facets, qtbot, settle, "3")
    press("H")
    button = QApplication.focusWidget()
    assert button is facets.detail.history.first
    with qtbot.waitSignal(facets.acted):
        press(Qt.Key.Key_Space)
    settle()

    assert not shown(facets).of_clinic
    assert any("Ended by Jo Diaz 11/24/2026." in text for text in facets.detail.history.texts())


def test_that_a_adds_a_rule_of_a_chosen_kind(page: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    choose(page, "commercial")
    settle()
    assert page.empty.sentence().startswith("No rule of Commercial plan is on file")
    page.bar.add.click()
    first = opened(page, qtbot, NewRuleDialog)
    first.about.set_value(Which((Family.EPIDURAL,)))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = opened(page, qtbot, RuleDialog)
    settle()
    assert form.sentence.text().startswith("At most 3 epidural sessions per level in any 12 months")
    form.aim.reason.setText(REASON)
    saved(page, qtbot, settle)

    (view,) = page.table.records()
    assert isinstance(view.rule, MaxCount)
    assert view.changes[0].change.action is ClinicRuleAction.ADD


def test_that_every_kind_of_rule_has_a_form_that_reads_back_what_it_shows(
    page: RulesPage, settle: Settle, home: QWidget
) -> None:
    kinds: dict[type, RuleView] = {}
    for view in page.tree.library().rules:
        kinds.setdefault(type(view.rule), view)
    for view in kinds.values():
        dialog = RuleDialog(page.context, view.place, view.rule, home, view=view)
        rule = dialog.rule()
        assert (rule.id, type(rule)) == (view.rule.id, type(view.rule))
        settle()
        assert dialog.sentence.text(), view.rule
        assert nameless(dialog) == []
        dialog.deleteLater()
    assert Modifier in kinds


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(1100, 800)
    return home


# Confirming


def test_that_c_confirms_a_recalled_rule_with_its_document(page: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    page.bar.chips.chip(UNCONFIRMED).click()
    count = page.bar.chips.chip(UNCONFIRMED).count()
    assert count == len(page.table.records()) > 0
    assert all(view.unconfirmed for view in page.table.records())
    press("C")
    dialog = opened(page, qtbot, ConfirmDialog)
    press("no")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert dialog.seen_in.error().startswith("The document is missing.")
    press("w the manual of 2026, page 14")
    saved(page, qtbot, settle)

    assert page.bar.chips.chip(UNCONFIRMED).count() == count - 1
    confirmed = next(view for view in page.tree.library().rules if view.source.confirmed)
    choose(page, confirmed.place.id)
    page.table.select_record(confirmed.key)
    assert page.detail.proof.text() == "Recalled, confirmed by Jo Diaz 11/24/2026 in now the manual of 2026, page 14"
    assert page.detail.pips.grade() is Grade.RECALLED


def test_that_a_confirmation_is_withdrawn_where_the_history_is(page: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    page.bar.chips.chip(UNCONFIRMED).click()
    press("C")
    opened(page, qtbot, ConfirmDialog)
    press("the manual of 2026, page 14")
    saved(page, qtbot, settle)
    confirmed = next(view for view in page.tree.library().rules if view.source.confirmed)
    choose(page, confirmed.place.id)
    page.table.select_record(confirmed.key)
    page.table.setFocus()
    press("H")
    assert QApplication.focusWidget() is page.detail.history.first
    with qtbot.waitSignal(page.acted):
        press(Qt.Key.Key_Space)
    settle()

    assert (shown(page).rule.id, shown(page).unconfirmed) == (confirmed.rule.id, True)
    assert not shown(page).confirmations


def test_that_the_hands_stay_on_the_page_when_the_last_change_is_ended(
    facets: RulesPage, qtbot: QtBot, settle: Settle
) -> None:
    change(facets, qtbot, settle, "3")
    facets.show_chip(CHANGED)
    with qtbot.waitSignal(facets.acted):
        press("O")
    settle()

    assert facets.table.isHidden()
    assert facets.bar.chips.chip(CHANGED).hasFocus()


def test_that_a_place_without_rules_shows_no_history_of_another(facets: RulesPage, settle: Settle) -> None:
    place = next(n for n, view in enumerate(facets.table.records()) if view.rule.id == "facet-levels")
    facets.table.select_row(place)
    assert facets.detail.history.isVisibleTo(facets)
    choose(facets, "commercial")
    settle()

    assert not facets.detail.history.isVisibleTo(facets)


def test_that_h_says_so_where_a_rule_has_no_history(facets: RulesPage) -> None:
    press("H")

    assert facets.bar.notice.sentence().startswith("One version of this rule is on file")
    assert facets.table.hasFocus()


def test_that_esc_leads_from_the_trial_back_to_the_list(facets: RulesPage) -> None:
    press("T")
    assert facets.trial.asked.hasFocus()
    press(Qt.Key.Key_Escape)

    assert facets.table.hasFocus()


def test_that_a_trial_that_is_not_understood_draws_no_earlier_answer(facets: RulesPage, settle: Settle) -> None:
    settle()
    assert facets.trial.strip.content().view is not None
    press("T")
    press("07/32/2027")
    settle()

    assert facets.trial.asked.error().startswith("There is no day 07/32/2027.")
    assert facets.trial.strip.content().view is None


def test_that_the_list_of_recalled_rules_stays_while_one_after_the_other_is_confirmed(
    page: RulesPage, qtbot: QtBot, settle: Settle
) -> None:
    choose(page, "aetna")
    page.bar.chips.chip(UNCONFIRMED).click()
    press("C")
    opened(page, qtbot, ConfirmDialog)
    press("the manual of 2026, page 14")
    saved(page, qtbot, settle)

    assert page.bar.head.title.text() == "Recalled, not confirmed"
    assert page.table.hasFocus()
    assert all(view.unconfirmed for view in page.table.records())


def test_that_a_documented_rule_says_that_nothing_is_to_be_confirmed(facets: RulesPage) -> None:
    press("C")

    assert facets.bar.notice.sentence().startswith("This rule is documented already.")
    assert facets.rule_acts.dialog is None


# Trying


def test_that_a_rule_is_tried_as_one_types(facets: RulesPage, settle: Settle) -> None:
    press("T")
    assert facets.trial.asked.hasFocus()
    settle()
    assert facets.trial.verdict.sentence() == "Not before Wed 07/28/2027"

    facets.trial.done.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("01/12/2026 mbb l45l 85; 02/02/2026; 06/15/2026; 07/13/2026")
    facets.trial.asked.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("01/12/2027")
    settle()
    assert facets.trial.verdict.sentence() == "Not before Wed 01/13/2027"
    assert facets.trial.verdict.right_text() == "4 of 4 sessions used"

    facets.trial.strip.setFocus()
    press("n")
    settle()
    assert facets.trial.asked.text() == "01/13/2027"
    assert facets.trial.verdict.sentence() == "Allowed, last one in the window"
    press(Qt.Key.Key_Left)
    settle()
    assert facets.trial.asked.text() == "01/12/2027"


@pytest.mark.parametrize(("width", "height"), [(1264, 800), (1190, 640)])
def test_that_one_key_shows_the_whole_trial_from_anywhere_on_the_page(
    context: PageContext, in_front: InFront, settle: Settle, width: int, height: int
) -> None:
    page = in_front(RulesPage(context), width, height)
    choose(page, CGS, Family.FACET_INJECTION)
    settle()
    page.tree.filter.setFocus()
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    assert page.trial.asked.hasFocus()
    view, area = page.trial.strip, page.frame.area.viewport()
    bottom = view.mapTo(area, view.rect().bottomLeft()).y()
    assert page.trial.head.mapTo(area, page.trial.head.rect().topLeft()).y() >= 0
    assert bottom <= area.height()


def test_that_a_line_without_meaning_is_told_at_its_field(facets: RulesPage, settle: Settle) -> None:
    facets.trial.done.setFocus()
    press("x; ")
    settle()
    assert "is no date" in facets.trial.done.error()
    assert facets.trial.asked.error() == ""
    assert facets.trial.verdict.sentence() == "Not understood yet"


def test_that_all_rules_of_the_payer_can_be_tried_together(facets: RulesPage, settle: Settle) -> None:
    settle()
    alone = facets.trial.trial()
    facets.trial.under.button("whole").click()
    settle()
    together = facets.trial.trial()

    assert alone is not None
    assert together is not None
    assert {finding.rule for finding in alone.verdict.findings} == {"facet-diagnostic-sessions"}
    assert len(together.verdict.policies) > 0
    assert together.verdict.policies != alone.verdict.policies


# The page itself


@pytest.mark.parametrize(("width", "height", "tree"), [(1264, 800, True), (1190, 690, True), (640, 310, False)])
def test_that_it_can_be_used_in_every_window(
    context: PageContext, in_front: InFront, settle: Settle, width: int, height: int, tree: bool
) -> None:
    page = in_front(RulesPage(context), width, height)

    assert (page.width(), page.height()) == (width, height)
    assert page.tree.isVisibleTo(page) is tree
    assert page.bar.place.isVisibleTo(page) is not tree
    press("/")
    field: Callable[[], bool] = page.tree.filter.hasFocus if tree else page.bar.place.hasFocus
    assert field()


def test_that_every_control_has_a_name(page: RulesPage) -> None:
    assert nameless(page) == []


def test_that_what_people_wrote_is_shown_as_text(facets: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    press("O")
    dialog = opened(facets, qtbot, SwitchOffDialog)
    dialog.aim.reason.setText("<b>bold</b> & told")
    saved(facets, qtbot, settle)
    labels = [label for label in facets.findChildren(PlainLabel) if "bold" in label.text()]
    off = next(n for n, view in enumerate(facets.table.records()) if view.state is RuleState.OFF)
    facets.table.select_row(off)
    labels = [label for label in facets.findChildren(PlainLabel) if "bold" in label.text()]

    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_that_a_payer_without_rules_offers_figures_to_begin_with(page: RulesPage, qtbot: QtBot, settle: Settle) -> None:
    choose(page, "commercial")
    settle()
    page.empty.button.click()
    settle()
    dialog = opened(page, qtbot, AdoptDialog)
    dialog.aim.plan.setText("Gold PPO")
    saved(page, qtbot, settle)

    assert len(page.table.records()) > 1
    assert page.table.hasFocus()
    assert all(view.of_clinic and view.rule.plans == ("Gold PPO",) for view in page.table.records())


def test_that_the_trial_stands_above_what_held_before(facets: RulesPage) -> None:
    column = facets.frame.area.column

    assert column.indexOf(facets.detail) < column.indexOf(facets.trial) < column.indexOf(facets.detail.history)
