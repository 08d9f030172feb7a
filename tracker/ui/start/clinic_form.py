"""The form that sets a clinic up: its name and state, who works here, and the password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tracker.domain.coverage import Site
from tracker.domain.language import tr
from tracker.services.clinic_file.vault import check_password
from tracker.ui.start.states import STATES
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.fields import FieldBox, FieldLabel, LineField, SecretField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.heading import Heading
from tracker.ui.widgets.new_password import ACCEPTED, ADVICE
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.plain_label import PlainLabel

_NO_WAY_BACK = tr(
    "Write the password down and lock it away: without it nobody can open the clinic, not even we. Once it is open,"
    " make a recovery code under Settings, Users."
)
_PLACES = (("11", tr("Office")), ("24", tr("Surgery center")), ("22", tr("Hospital outpatient department")))
_LABELS = 112


@dataclass(frozen=True, slots=True)
class NewClinic:
    """What is needed to set a clinic up; its first site carries its name and state."""

    site: Site
    user: str
    password: str = field(repr=False)


def _offered(words: str, choices: Iterable[tuple[str, str]]) -> list[Choice]:
    return [Choice("", words), *(Choice(code, name, code) for code, name in choices)]


class ClinicForm(Ground):
    """`confirmed` comes on Enter in the last field."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.notice = NoticeBar(self)
        self.clinic = LineField("", self, name=tr("Clinic"))
        self.state = ChoiceField((), self, name=tr("State"))
        self.state.set_choices(_offered(tr("Choose a state"), STATES))
        self.place = ChoiceField((), self, name=tr("Place"))
        self.place.set_choices(_offered(tr("Choose where injections are usually done"), _PLACES))
        self.user = LineField("", self, name=tr("Your name"))
        self.password = SecretField(self)
        self.again = SecretField(self, name=tr("Password again"))
        self.strength = PlainLabel(ADVICE, "caption", "ink2", self, wrap=True)
        self.caps = PlainLabel(tr("Caps Lock is on"), "caption", "ink2", self)
        self.caps.setVisible(False)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        column.addWidget(Heading(tr("Set up this clinic"), "title", parent=self))
        column.addWidget(PlainLabel(tr("One page, then you can book."), "body", "ink2", self))
        column.addSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(self._grid())
        column.addStretch(1)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, LineField | ChoiceField], ...] = (
            (tr("&Clinic"), self.clinic),
            (tr("&State"), self.state),
            (tr("P&lace"), self.place),
            (tr("Your &name"), self.user),
            (tr("&Password"), self.password),
            (tr("Password &again"), self.again),
        )
        for row, (words, entry) in enumerate(rows):
            label = FieldLabel(words, entry, self, width=_LABELS)
            label.setFixedHeight(30)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(FieldBox(entry, self), row, 1)
        below = (self.strength, self.caps, PlainLabel(_NO_WAY_BACK, "caption", "ink2", self, wrap=True))
        for row, words_below in enumerate(below):
            grid.addWidget(words_below, len(rows) + row, 1)
        return grid

    def _connect(self) -> None:
        for entry in (self.clinic, self.user, self.password, self.again):
            entry.textEdited.connect(self._on_edited)
        self.state.chosen.connect(self._on_edited)
        self.place.chosen.connect(self._on_edited)
        self.password.textEdited.connect(self._on_password_edited)
        self.password.caps_lock.connect(self._on_caps_lock)
        self.again.caps_lock.connect(self._on_caps_lock)
        self.again.returnPressed.connect(self.confirmed)

    @Slot()
    def _on_edited(self) -> None:
        entry = self.sender()
        if isinstance(entry, LineField | ChoiceField):
            entry.set_error(None)

    @Slot(str)
    def _on_password_edited(self, text: str) -> None:
        refused = check_password(text) if text else ADVICE
        self.strength.setText(refused or ACCEPTED)
        self.strength.set_tone("ink2" if refused else "ok")

    @Slot(bool)
    def _on_caps_lock(self, on: bool) -> None:
        self.caps.setVisible(on)

    def read(self) -> NewClinic | None:
        """Return what was entered; or mark what is missing, put the focus on the first of it and return None."""
        wrong: list[LineField | ChoiceField] = []
        for entry, sentence in self._sentences():
            entry.set_error(sentence)
            if sentence:
                wrong.append(entry)
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        name = self.clinic.text().strip()
        site = Site(str(self.state.value()), str(self.place.value()), facility=name, name=name)
        return NewClinic(site, self.user.text().strip(), self.password.text())

    def _sentences(self) -> tuple[tuple[LineField | ChoiceField, str | None], ...]:
        same = self.password.text() == self.again.text()
        return (
            (self.clinic, None if self.clinic.text().strip() else tr("Write the clinic's name.")),
            (self.state, None if self.state.value() else tr("Choose the state: it decides whose Medicare rules hold.")),
            (
                self.place,
                None if self.place.value() else tr("Choose the usual place: some rules hold in hospitals only."),
            ),
            (self.user, None if self.user.text().strip() else tr("Write your name; it stands beside what you book.")),
            (self.password, check_password(self.password.text())),
            (self.again, None if same else tr("The two passwords differ. Type the second again.")),
        )

    def forget(self) -> None:
        """Drop the passwords."""
        self.password.clear()
        self.again.clear()
