"""The windows before a clinic is open: what they ask, what they refuse in place, and what they keep."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fixtures import PASSWORD
from tracker.domain.coverage import Site
from tracker.domain.errors import PolicyFileError, VaultError
from tracker.ui.start.clinic_form import NewClinic
from tracker.ui.start.first_paint import FirstPaint
from tracker.ui.start.first_run_window import FirstRunWindow
from tracker.ui.start.opening_window import OpeningWindow
from tracker.ui.start.sign_in_window import SignInWindow
from tracker.ui.widgets.plain_label import PlainLabel


@pytest.fixture
def sign_in(qtbot: QtBot) -> SignInWindow:
    window = SignInWindow("/clinics/second")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def first_run(qtbot: QtBot) -> FirstRunWindow:
    window = FirstRunWindow()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def shown(window: SignInWindow | FirstRunWindow | OpeningWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(PlainLabel) if label.isVisible())


def fill(window: FirstRunWindow) -> None:
    form = window.form
    QTest.keyClicks(form.clinic, "Bluegrass Spine")
    form.state.set_value("KY")
    form.place.set_value("24")
    QTest.keyClicks(form.user, "Jo Diaz")
    QTest.keyClicks(form.password, PASSWORD)
    QTest.keyClicks(form.again, PASSWORD)


# --- small screens ----------------------------------------------------------------------------------------------------

SMALL_AT_200_PERCENT = (683, 384)
LONG_REFUSAL = VaultError(
    "The database of the clinic does not open with this key.",
    "clinic.db is damaged, or belongs to another key file than the one that lies beside it in its folder.",
    "Put both files back from the same backup, or from the copy that an upgrade has kept.",
)


def test_that_a_long_refusal_is_whole_in_a_low_window(qtbot: QtBot) -> None:
    window = SignInWindow("", users=("Ana Ruiz", "Jo Diaz"))
    qtbot.addWidget(window)
    window.resize(520, SMALL_AT_200_PERCENT[1])
    window.show()
    window.show_refusal(LONG_REFUSAL)
    label = window.refusal.findChild(PlainLabel)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))

    qtbot.waitUntil(lambda: window.refusal.visibleRegion().boundingRect() == window.refusal.rect())
    assert window.height() == SMALL_AT_200_PERCENT[1]


def test_that_head_card_and_links_stand_under_each_other_to_the_pixel(qtbot: QtBot) -> None:
    window = SignInWindow("/srv/clinics/a long way down to/the folder of the second clinic")
    qtbot.addWidget(window)
    window.show()

    places = [window.refusal.parentWidget(), window.code.parentWidget()]
    assert len({(part.mapTo(window, QPoint()).x(), part.width()) for part in places}) == 1


def test_that_a_first_run_fits_a_small_screen_and_no_button_is_cut(qtbot: QtBot) -> None:
    window = FirstRunWindow()
    window.demo.setText("Probar la clínica de demostración")  # the words of some languages are longer
    qtbot.addWidget(window)
    window.resize(*SMALL_AT_200_PERCENT)
    window.show()

    assert window.width() == SMALL_AT_200_PERCENT[0]
    for button in (window.demo, window.existing, window.restore, window.set_up):
        assert not button.is_cut()
        assert window.rect().contains(QRect(button.mapTo(window, QPoint()), button.size()))


# --- sign in ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("waiting", [False, True], ids=["in the field", "while it opens"])
def test_that_control_and_q_leaves_from_where_the_hands_are(sign_in: SignInWindow, qtbot: QtBot, waiting: bool) -> None:
    sign_in.set_busy("Opening…" if waiting else "")

    with qtbot.waitSignal(sign_in.left):
        QTest.keyClick(QApplication.focusWidget() or sign_in, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    assert not sign_in.isVisible()


def test_that_control_and_q_leaves_a_first_run_from_a_field(first_run: FirstRunWindow, qtbot: QtBot) -> None:
    first_run.form.state.setFocus()

    with qtbot.waitSignal(first_run.left):
        QTest.keyClick(QApplication.focusWidget() or first_run, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_that_enter_gives_the_password_and_the_window_waits(sign_in: SignInWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(sign_in.password, PASSWORD)

    with qtbot.waitSignal(sign_in.password_given) as given:
        QTest.keyClick(sign_in.password, Qt.Key.Key_Return)

    assert given.args == [PASSWORD]
    assert sign_in.sign_in.shown_text() == "Opening…"
    assert not sign_in.password.isEnabled()


def test_that_a_refusal_stands_below_the_field_until_one_types_again(sign_in: SignInWindow) -> None:
    sign_in.set_busy("Opening…")
    sign_in.show_refusal(VaultError("That is not the password of this clinic.", "", "Check Caps Lock."))
    assert sign_in.refusal.sentence() == "That is not the password of this clinic. Check Caps Lock."
    assert sign_in.password.isEnabled()

    QTest.keyClicks(sign_in.password, "x")

    assert sign_in.refusal.sentence() == ""


def test_that_an_empty_password_is_not_given(sign_in: SignInWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sign_in.password_given):
        qtbot.mouseClick(sign_in.sign_in, Qt.MouseButton.LeftButton)

    assert sign_in.refusal.sentence() == "Type the password first."


def test_that_caps_lock_is_told(sign_in: SignInWindow) -> None:
    QTest.keyClick(sign_in.password, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not sign_in.caps.isVisible()

    QTest.keyClicks(sign_in.password, "A")  # a capital without Shift

    assert sign_in.caps.isVisible()


def test_that_other_ways_in_are_offered_and_not_while_locked(sign_in: SignInWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignals([sign_in.demo_wanted, sign_in.other_wanted]):
        qtbot.mouseClick(sign_in.demo, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(sign_in.other, Qt.MouseButton.LeftButton)
    locked = SignInWindow(locked=True)
    qtbot.addWidget(locked)
    locked.show()

    assert not locked.demo.isVisible()
    assert not locked.other.isVisible()
    assert "Your work is kept as it was." in shown(locked)


def test_that_a_folder_with_markup_in_its_name_is_shown_as_it_is(qtbot: QtBot) -> None:
    window = SignInWindow("/clinics/<b>x</b><img src=x>")
    qtbot.addWidget(window)
    window.show()

    assert "<b>x</b><img src=x>" in shown(window)


def test_that_nothing_typed_is_left_when_it_was_right(sign_in: SignInWindow) -> None:
    QTest.keyClicks(sign_in.password, PASSWORD)

    sign_in.forget()

    assert sign_in.password.text() == ""


def test_that_closing_is_told(sign_in: SignInWindow, first_run: FirstRunWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignals([sign_in.left, first_run.left]):
        sign_in.close()
        QTest.keyClick(first_run, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


# --- first run --------------------------------------------------------------------------------------------------------


def test_that_what_was_entered_makes_a_clinic(first_run: FirstRunWindow, qtbot: QtBot) -> None:
    fill(first_run)

    with qtbot.waitSignal(first_run.clinic_wanted) as wanted:
        QTest.keyClick(first_run, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    site = Site("KY", "24", "Bluegrass Spine", name="Bluegrass Spine")
    assert wanted.args == [NewClinic(site, "Jo Diaz", PASSWORD)]
    assert PASSWORD not in repr(wanted.args)
    assert first_run.set_up.shown_text() == "Setting up…"


def test_that_the_first_field_has_the_focus(first_run: FirstRunWindow) -> None:
    first_run.activateWindow()

    assert QApplication.focusWidget() is first_run.form.clinic


def test_that_what_is_missing_is_said_below_each_field_and_nothing_typed_is_lost(
    first_run: FirstRunWindow, qtbot: QtBot
) -> None:
    first_run.form.user.insert("O'Brien-Núñez <b>x</b>")

    with qtbot.assertNotEmitted(first_run.clinic_wanted):
        qtbot.mouseClick(first_run.set_up, Qt.MouseButton.LeftButton)

    form = first_run.form
    assert all(field.error() for field in (form.clinic, form.state, form.place, form.password))
    assert form.user.error() == ""
    assert form.user.text() == "O'Brien-Núñez <b>x</b>"
    assert QApplication.focusWidget() is form.clinic


@pytest.mark.parametrize(("password", "again"), [("short", "short"), (PASSWORD, PASSWORD + "s")])
def test_that_a_bad_password_is_refused_before_anything_is_made(
    first_run: FirstRunWindow, qtbot: QtBot, password: str, again: str
) -> None:
    fill(first_run)
    first_run.form.password.setText(password)
    first_run.form.again.setText(again)

    with qtbot.assertNotEmitted(first_run.clinic_wanted):
        first_run.form.confirmed.emit()


def test_that_an_error_is_mended_by_typing(first_run: FirstRunWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(first_run.set_up, Qt.MouseButton.LeftButton)

    QTest.keyClicks(first_run.form.clinic, "B")

    assert first_run.form.clinic.error() == ""
    assert first_run.form.user.error() != ""


def test_that_a_refusal_leaves_all_as_it_was_typed(first_run: FirstRunWindow, qtbot: QtBot) -> None:
    fill(first_run)
    qtbot.mouseClick(first_run.set_up, Qt.MouseButton.LeftButton)

    first_run.show_refusal(VaultError("The clinic cannot be set up here.", "", "Choose another folder."))

    assert "cannot be set up here" in shown(first_run)
    assert first_run.form.password.text() == PASSWORD
    assert first_run.set_up.isEnabled()


def test_that_the_three_ways_are_offered(first_run: FirstRunWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignals([first_run.demo_wanted, first_run.existing_wanted]):
        qtbot.mouseClick(first_run.demo, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(first_run.existing, Qt.MouseButton.LeftButton)


def test_that_a_long_password_is_said_to_be_fine(first_run: FirstRunWindow) -> None:
    QTest.keyClicks(first_run.form.password, "short")
    before = first_run.form.strength.text()
    QTest.keyClicks(first_run.form.password, " but then much longer")

    assert "15" in before
    assert "Long enough" in first_run.form.strength.text()


# --- opening ----------------------------------------------------------------------------------------------------------


def test_that_a_mistake_in_a_rule_file_is_told_with_ways_on(qtbot: QtBot) -> None:
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.set_busy("Opening…")
    window.show()
    assert not window.again.isVisible()

    detail = "facet.toml: rule facet-sessions-12m, window: must be 1 or more, not 0."
    window.show_refusal(PolicyFileError("A rule file has a mistake.", detail, "Correct it."))
    qtbot.mouseClick(window.copy, Qt.MouseButton.LeftButton)

    assert detail in shown(window)
    assert QGuiApplication.clipboard().text() == f"A rule file has a mistake.\n{detail}\nCorrect it."
    with qtbot.waitSignals([window.again_wanted, window.left]):
        QTest.keyClick(window.again, Qt.Key.Key_Return)
        qtbot.mouseClick(window.quit, Qt.MouseButton.LeftButton)


def test_that_the_first_painting_is_told_once(sign_in: SignInWindow, qtbot: QtBot) -> None:
    told: list[int] = []
    watch = FirstPaint(sign_in)
    with qtbot.waitSignal(watch.seen):
        watch.seen.connect(lambda: told.append(1))
        sign_in.update()
    sign_in.repaint()

    assert told == [1]


def test_that_a_window_out_of_sight_is_not_waited_for(qtbot: QtBot) -> None:
    window = OpeningWindow()
    qtbot.addWidget(window)

    with qtbot.waitSignal(FirstPaint(window).seen, timeout=3_000):
        pass
