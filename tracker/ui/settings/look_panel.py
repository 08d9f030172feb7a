"""How the program looks on this computer, and which language it speaks from the next start on."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain import language
from tracker.domain.language import LANGUAGES, tr
from tracker.ui.pages.page import PageContext
from tracker.ui.settings.panel import SettingsPanel
from tracker.ui.theme import LARGEST, SMALLEST, Density, Scheme
from tracker.ui.theme.status import Status
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.form_grid import FormGrid
from tracker.ui.widgets.segments import Segments
from tracker.ui.widgets.tab_chain import chain
from tracker.ui.window import look

LABEL_WIDTH = 148
_STEP = 10
_SCHEMES = {
    "system": tr("As the system"),
    "light": tr("Light"),
    "dark": tr("Dark"),
    "contrast": tr("High contrast"),
}
_DENSITIES = {"comfortable": tr("Comfortable"), "compact": tr("Compact")}
_LANGUAGES = {"en": tr("English"), "es": tr("Español")}


class LookPanel(SettingsPanel):
    """What is chosen holds at once and is kept on this computer; nothing of it is the clinic's."""

    id = "look"
    title = tr("Appearance")
    help_place = "settings#look"

    restart_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        lead = tr("Kept on this computer, and seen at once; the language alone holds from the next start on.")
        super().__init__(context, parent, lead=lead)
        schemes = [(scheme, words) for scheme, words in _SCHEMES.items() if scheme in get_args(Scheme)]
        self.scheme = Segments(schemes, self, name=tr("Colors"))
        self.density = Segments(((each, _DENSITIES[each]) for each in get_args(Density)), self, name=tr("Rows"))
        sizes = range(SMALLEST, LARGEST + 1, _STEP)
        self.text_size = ChoiceField([Choice(size, tr("{n}%", n=size)) for size in sizes], self)
        self.language = ChoiceField([Choice(code, _LANGUAGES[code]) for code in LANGUAGES], self)
        form = FormGrid(self, label_width=LABEL_WIDTH)
        form.setMaximumWidth(640)
        form.add(tr("&Colors"), self.scheme)
        form.add(tr("&Rows"), self.density)
        form.add(tr("&Size of text"), self.text_size)
        form.add(tr("&Language"), self.language)
        form.chain_focus()
        chain(self.language, self.notice.button)  # it is offered when another language was chosen
        self.top.addWidget(form)
        self.body.addStretch(1)
        self.end_bar()
        self.scheme.chosen.connect(self._on_look)
        self.density.chosen.connect(self._on_look)
        self.text_size.chosen.connect(self._on_look)
        self.language.chosen.connect(self._on_language)
        self.notice.step_wanted.connect(self.restart_wanted)

    def load(self) -> None:
        preferences = self.context.preferences
        self.scheme.set_value(preferences.scheme)
        self.density.set_value(preferences.density)
        self.text_size.set_value(preferences.text_size)
        self.language.set_value(preferences.language)
        self._tell_language()

    def enter(self) -> None:
        self.scheme.setFocus()

    @Slot(object)
    def _on_look(self, _chosen: object) -> None:
        preferences = self.context.preferences
        for scheme in get_args(Scheme):
            if scheme == self.scheme.value() != preferences.scheme:
                look.set_scheme(preferences, scheme)
        for density in get_args(Density):
            if density == self.density.value() != preferences.density:
                look.set_density(preferences, density)
        if self.text_size.value() != preferences.text_size:
            look.set_text_size(preferences, int(str(self.text_size.value())))

    @Slot(object)
    def _on_language(self, code: object) -> None:
        self.context.preferences.language = str(code)
        self._tell_language()

    def _tell_language(self) -> None:
        """Say that the language that was chosen is still to come, and offer the start that brings it."""
        if self.context.preferences.language == language.code():
            self.notice.clear()
            return
        sentence = tr(
            "The language holds from the next start on. Restarting keeps what is typed in Check and book and the place"
            " where you are; the password is asked again."
        )
        self.notice.show_sentence(Status.NEUTRAL, sentence, tr("Restart now"))
