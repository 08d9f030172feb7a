"""Settings: sections at the left, one of them at the right; what is typed stays until it is saved or given up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.language import tr
from tracker.services.changes import Changes
from tracker.ui.actions import Act
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.settings.amounts_panel import AmountsPanel
from tracker.ui.settings.clinic_panel import ClinicPanel
from tracker.ui.settings.data_panel import DataPanel
from tracker.ui.settings.days_panel import DaysPanel
from tracker.ui.settings.look_panel import LookPanel
from tracker.ui.settings.panel import SettingsPanel
from tracker.ui.settings.panel_stack import PanelStack
from tracker.ui.settings.paper_panel import PaperPanel
from tracker.ui.settings.payers_panel import PayersPanel
from tracker.ui.settings.people_panels import ProvidersPanel, SitesPanel
from tracker.ui.settings.privacy_panel import PrivacyPanel
from tracker.ui.settings.reminders_panel import RemindersPanel
from tracker.ui.settings.section_list import Section, SectionList
from tracker.ui.settings.users_panel import UsersPanel
from tracker.ui.theme.status import Status
from tracker.ui.widgets.choice_field import Choice, ChoiceField
from tracker.ui.widgets.ground import Ground
from tracker.ui.widgets.marks import Divider
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.record_table import RecordTable

PANELS: tuple[type[SettingsPanel], ...] = (
    ClinicPanel,
    DaysPanel,
    ProvidersPanel,
    SitesPanel,
    UsersPanel,
    PayersPanel,
    AmountsPanel,
    RemindersPanel,
    PrivacyPanel,
    PaperPanel,
    LookPanel,
    DataPanel,
)
NARROW_BELOW = 760


class SettingsPage(Page):
    """`begin` takes the id of a section."""

    id = "settings"
    title = tr("Settings")
    icon = "sliders"
    parted = True
    keys = (
        ("↑ ↓", tr("In the list at the left: another section")),
        ("Enter", tr("In the list at the left: go into the section")),
        ("Esc", tr("Back to the list of sections")),
        (tr("Ins"), tr("In a list: add")),
        ("O", tr("In a list: on or off")),
        ("P", tr("In the list of payers: who has the payer")),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.panels: dict[str, SettingsPanel] = {}
        self._build()
        self._connect()
        self._show(self.sections.current())

    def _build(self) -> None:
        sections = tuple(Section(panel.id, panel.title) for panel in PANELS)
        self.sections = SectionList(sections, self)
        self.section_field = ChoiceField([Choice(each.id, each.title) for each in sections], self, name=tr("Section"))
        self.left = Ground("panel", self, lines="r")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(PageHead(self.title, parent=self.left))
        column.addWidget(Divider(self.left))
        column.addWidget(self.sections, 1)
        self.head = PageHead("", parent=self)
        self.head.add_right(self.section_field)
        self.stack = PanelStack(self)
        self.panes = (self.stack,)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self.stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.left)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.sections.chosen.connect(self._show)
        self.sections.entered.connect(self.enter)
        self.stack.entered.connect(self.enter)
        self.section_field.chosen.connect(lambda section: self.sections.choose(str(section)))
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.focus_sections)

    def _panel(self, section: str) -> SettingsPanel:
        """Return the panel of a section; it is made when it is wanted first."""
        if section not in self.panels:
            make = next(panel for panel in PANELS if panel.id == section)
            panel = self.panels[section] = make(self.context, self.stack)
            panel.acted.connect(self.acted)
            panel.patient_at_wanted.connect(self.patient_at_wanted)
            if isinstance(panel, LookPanel):
                panel.restart_wanted.connect(self._on_restart_wanted)
            self.stack.addWidget(panel)
            for place, table in enumerate(panel.findChildren(RecordTable)):
                self.table_made.emit(table, f"{section}-{place}" if place else section)
        return self.panels[section]

    def current(self) -> SettingsPanel:
        return self._panel(self.sections.current())

    def acts(self) -> tuple[PageAct, ...]:
        """Return the way into each section, which the palette finds by its name."""
        return tuple(
            PageAct(
                Act(f"settings {panel.id}", tr("Settings: {section}", section=panel.title), tr("&Go"), listed=False),
                partial(self._go_into, panel.id),
                here=False,
            )
            for panel in PANELS
        )

    def _go_into(self, section: str) -> None:
        self.sections.choose(section)
        self.front_wanted.emit()
        self.enter()

    def begin(self, what: object) -> None:
        if any(panel.id == what for panel in PANELS):
            self.sections.choose(str(what))

    def opened(self) -> None:
        self.current().load()
        self.focus_sections()

    def refresh(self, changes: Changes) -> None:
        for section, panel in self.panels.items():
            self.sections.mark(section, panel.unsaved())
        self.current().apply_rights()
        if self.current().concerned(changes):
            self.current().load()

    def primary(self) -> None:
        self.current().primary()

    @Slot()
    def _on_restart_wanted(self) -> None:
        """Start anew, unless that would take away what is typed in another section."""
        if unsaved := [panel.title for panel in self.panels.values() if panel.unsaved()]:
            first = tr("Not saved yet: {sections}. Save that or take it back first.", sections=", ".join(unsaved))
            self.current().notice.show_sentence(Status.CAUTION, first, tr("Restart now"))
        else:
            self.context.notifier.restart_wanted.emit()

    @Slot()
    def enter(self) -> None:
        """Go into the section."""
        self.current().enter()

    @Slot()
    def focus_sections(self) -> None:
        (self.sections if self.left.isVisibleTo(self) else self.section_field).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _show(self, section: str) -> None:
        for each, left in self.panels.items():
            self.sections.mark(each, left.unsaved())
        panel = self._panel(section)
        panel.apply_rights()
        self.head.set_title(panel.title)
        self.section_field.set_value(section)
        self.stack.setCurrentWidget(panel)
        if self._active:
            panel.notice.clear()
            panel.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        self.left.setVisible(not narrow)
        self.section_field.setVisible(narrow)
