"""The form of the clinic's rules by keyboard: every kind of rule, lists of words, mistakes in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tracker.domain.procedure import Approach, Family, Intent
from tracker.domain.rule import Which
from tracker.domain.rule_kinds import MaxCount, OneRegion, Repeat, SameDay
from tracker.domain.verdict import Grade
from tracker.services import Services
from tracker.services.rule_library.library_views import RuleView
from tracker.ui.pages.page import PageContext
from tracker.ui.rules.field_table import ABOUT, FIELDS
from tracker.ui.rules.rule_dialog import RuleDialog
from tracker.ui.widgets.terms_field import TermsField

REASON = "The payer wrote so on 11/20/2026."
Opened = Callable[[RuleView], RuleDialog]


@pytest.fixture
def views(services: Services) -> dict[type, RuleView]:
    """One rule of each kind."""
    found: dict[type, RuleView] = {}
    for view in services.library.look().rules:
        found.setdefault(type(view.rule), view)
    return found


@pytest.fixture
def opened(context: PageContext, qtbot: QtBot, settle: Settle) -> Opened:
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(1264, 860)
    home.show()

    def open_form(view: RuleView) -> RuleDialog:
        dialog = RuleDialog(context, view.place, view.rule, home, view=view)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        settle()
        return dialog

    return open_form


def keys(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, which, modifier)


def terms(dialog: RuleDialog, name: str) -> TermsField:
    field = dialog.fields[name]
    assert isinstance(field, TermsField)
    field.setFocus()
    field.clear()
    return field


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_that_a_rule_opened_as_a_copy_and_saved_unchanged_is_the_same(
    views: dict[type, RuleView], opened: Opened, qtbot: QtBot, services: Services, kind: type
) -> None:
    view = views[kind]
    dialog = opened(view)
    dialog.aim.reason.setFocus()
    keys(REASON)
    with qtbot.waitSignal(dialog.acted):
        key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (mine,) = [each for each in services.library.look().rules if each.of_clinic and each.place.id == view.place.id]
    own = mine.changes[-1].change.rule
    assert own == replace(view.rule, evidence=Grade.REPORT)


def shown(field: TermsField) -> tuple[str, ...]:
    """Return the words that the list offers."""
    return tuple(row.cells[0] for row in field.list.rows())


def test_that_procedures_are_picked_by_a_few_letters_and_told_in_the_sentence(
    views: dict[type, RuleView], opened: Opened, settle: Settle
) -> None:
    dialog = opened(views[SameDay])
    field = terms(dialog, "clashes")
    keys("epi")
    assert shown(field) == ("epidurals",)
    assert not field.error(), "what is only begun is no mistake"
    keys(",trig")
    key(Qt.Key.Key_Tab)
    settle()

    assert field.text() == "epidurals, trigger points"
    assert dialog.rule() == replace(
        dialog.rule(), clashes=Which((Family.EPIDURAL, Family.TRIGGER_POINT))  # type: ignore[call-arg]  # a SameDay
    )  # fmt: skip
    assert "on one day with an epidural or trigger point injection" in dialog.sentence.text()


def test_that_down_offers_what_may_stand_beside_and_enter_goes_on(views: dict[type, RuleView], opened: Opened) -> None:
    dialog = opened(views[Repeat])
    field = terms(dialog, "after")
    key(Qt.Key.Key_Down)
    assert "facet injections" in shown(field)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    assert field.text() == "facet injections"
    field.setFocus()
    field.end(False)
    key(Qt.Key.Key_Down)
    assert "facet injections" not in shown(field)
    for letter in ", diag":
        keys(letter)
    key(Qt.Key.Key_Tab)

    assert field.text() == "facet injections, diagnostic"


def test_that_escape_closes_the_list_and_not_the_form(views: dict[type, RuleView], opened: Opened) -> None:
    dialog = opened(views[Repeat])
    field = terms(dialog, "after")
    keys("facet")
    assert field.list.isVisible()
    key(Qt.Key.Key_Escape)

    assert not field.list.isVisible()
    assert dialog.isVisible()


def test_that_a_word_that_is_none_is_told_at_its_field_and_nothing_is_saved(
    views: dict[type, RuleView], opened: Opened, settle: Settle, services: Services
) -> None:
    dialog = opened(views[OneRegion])
    field = terms(dialog, ABOUT)
    keys("epidural, botox")
    key(Qt.Key.Key_Tab)
    settle()
    assert field.error().startswith("“botox” is no procedure, intent or approach.")
    dialog.aim.reason.setText(REASON)
    dialog.save()
    settle()

    assert dialog.isVisible()
    assert field.hasFocus()
    assert not any(view.changed for view in services.library.look().rules)


@pytest.mark.parametrize(("name", "words"), [("after", "facet ablations, diagnostic"), (ABOUT, "epidurals, cyst")])
def test_that_a_rule_that_would_never_speak_is_refused_at_its_field(
    views: dict[type, RuleView], opened: Opened, settle: Settle, name: str, words: str
) -> None:
    dialog = opened(views[Repeat])
    field = terms(dialog, name)
    field.setText(words)
    dialog.aim.reason.setText(REASON)
    dialog.save()
    settle()

    assert field.error().startswith("No procedure is of these families, intents and approaches at once")
    assert dialog.isVisible()


def test_that_a_rule_in_the_place_of_another_stays_within_its_paper(
    views: dict[type, RuleView], opened: Opened, settle: Settle
) -> None:
    dialog = opened(views[MaxCount])
    field = terms(dialog, ABOUT)
    field.setText("stimulator trials")
    dialog.aim.reason.setText(REASON)
    dialog.save()
    settle()

    assert field.error().endswith("is not about all of these procedures. Add a rule of this clinic for the others.")


def test_that_approaches_states_and_places_are_saved_and_hold(
    views: dict[type, RuleView], opened: Opened, qtbot: QtBot, settle: Settle, services: Services
) -> None:
    view = views[MaxCount]
    dialog = opened(view)
    field = terms(dialog, ABOUT)
    keys("facet inj, diag, medial")
    for name, typed in (("states", "ohio, ky"), ("places", "office"), ("counts", "facet inj, facet abl")):
        terms(dialog, name)
        keys(typed)
        key(Qt.Key.Key_Tab)
    settle()
    assert field.text() == "facet injections, diagnostic, medial branch"
    assert "only in OH and KY, in office (11)" in dialog.sentence.text()
    dialog.aim.reason.setText(REASON)
    with qtbot.waitSignal(dialog.acted):
        dialog.save()

    own = next(each.rule for each in services.library.look().rules if each.of_clinic)
    assert isinstance(own, MaxCount)
    assert (own.about.intents, own.about.approaches) == ((Intent.DIAGNOSTIC,), (Approach.MEDIAL_BRANCH,))
    assert (own.states, own.places) == (("OH", "KY"), ("11",))
    assert own.counts == Which((Family.FACET_INJECTION, Family.FACET_ABLATION))


def test_that_a_limit_of_none_or_nothing_is_told_in_the_forms_own_words(
    views: dict[type, RuleView], opened: Opened, settle: Settle
) -> None:
    dialog = opened(views[MaxCount])
    limit = dialog.fields["limit"]
    limit.setFocus()
    for typed, told in (
        ("0", "It must be a number from 1 to 9999. Where none is paid, add a rule of the kind “Not paid at all”."),
        ("-1", "It must be a number from 1 to 9999. Where none is paid, add a rule of the kind “Not paid at all”."),
        ("99999", "It must be a number from 1 to 9999."),
        ("abc", "“abc” is no figure. Type a number."),
        ("", "The number is missing. Type it."),
    ):
        QTest.keyClick(limit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(limit, Qt.Key.Key_Backspace)
        QTest.keyClicks(limit, typed)
        settle()
        assert limit.error() == told


def test_that_a_form_that_grows_keeps_its_buttons_on_the_screen(
    views: dict[type, RuleView], opened: Opened, settle: Settle, qtbot: QtBot
) -> None:
    dialog = opened(views[MaxCount])
    room = dialog.screen().availableGeometry()
    dialog.move(dialog.x(), room.bottom() - dialog.height() + 40)
    dialog._fit_height()
    settle()

    qtbot.waitUntil(lambda: dialog.frameGeometry().bottom() <= room.bottom())
