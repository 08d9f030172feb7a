"""Takes newer rules in from a signed file: who signed them, what they say otherwise, which visits that changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError, UnknownKeyError
from tracker.domain.language import tr
from tracker.services.changes import Changes, Done, Kind
from tracker.ui.actions import Act
from tracker.ui.importing.file_row import FileKind, FileRow
from tracker.ui.importing.progress_row import ProgressRow
from tracker.ui.importing.scrolled import scrolled
from tracker.ui.pages.page import Page, PageAct, PageContext
from tracker.ui.taking_in.in_use_panel import InUsePanel
from tracker.ui.taking_in.key_panel import KeyPanel
from tracker.ui.taking_in.pack_runner import PackRunner
from tracker.ui.taking_in.preview_panel import PreviewPanel
from tracker.ui.taking_in.stage import Stage
from tracker.ui.taking_in.take_in_bar import TakeInBar
from tracker.ui.taking_in.whole_row import WholeRow
from tracker.ui.widgets.notice_bar import NoticeBar
from tracker.ui.widgets.page_head import PageHead
from tracker.ui.widgets.tab_chain import chain

if TYPE_CHECKING:
    from tracker.services.rule_library.packs import PackPreview

_PACKS = FileKind(tr("Choose a rule pack"), tr("Rule packs (*.rulepack);;All files (*)"), tr("Look at it"))
_ACT = Act("take in rules", tr("Take in &rules…"), tr("&File"), also=(tr("rule pack"), tr("import rules")))
_TOUCHED = frozenset({Kind.RULES, Kind.BOOKINGS, Kind.EVENTS, Kind.COVERAGES, Kind.AUTHORIZATIONS})


class TakeInPage(Page):
    """One pack at a time. The rules in use stay as they are until a person has seen the difference and said yes."""

    id = "take-in"
    title = tr("Take in rules")
    menus = (tr("&File"),)
    icon = "book"
    listed = False
    section = "rules"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.stage = Stage.EMPTY
        self._path: Path | None = None
        self._seen: PackPreview | None = None
        self._telling = False
        self.runner = PackRunner(context, self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_stage(Stage.EMPTY)

    def _build(self) -> None:
        self.file_row = FileRow(self, _PACKS)
        self.notice = NoticeBar(self)
        self.progress = ProgressRow(self)
        self.in_use, self.key_panel, self.preview = InUsePanel(self), KeyPanel(self), PreviewPanel(self)
        self.whole, self.bar = WholeRow(self), TakeInBar(self)
        self.body = QStackedWidget(self)
        for panel in (self.in_use, self.key_panel, self.preview):
            self.body.addWidget(scrolled(panel))
        notice = QHBoxLayout()
        notice.setContentsMargins(16, 0, 16, 8)
        notice.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHead(tr("Take in rules"), tr("from a signed rule pack"), self))
        column.addWidget(self.file_row)
        column.addLayout(notice)
        column.addWidget(self.progress)
        column.addWidget(self.body, 1)
        column.addWidget(self.whole)
        column.addWidget(self.bar)
        key, bar = self.key_panel, self.bar
        chain(self.preview.visits, self.preview.changes, key.name, key.fingerprint, key.trust_button,
              self.in_use.back_button, bar.take_in_button, bar.leave_button)  # fmt: skip

    def _connect(self) -> None:
        self.file_row.check_wanted.connect(self.look_at)
        self.file_row.edited.connect(self._on_edited)
        self.bar.take_in_button.clicked.connect(self.take_in)
        self.bar.leave_button.clicked.connect(self.leave)
        self.progress.called_off.connect(self.runner.call_off)
        self.in_use.back_wanted.connect(self.go_back)
        self.key_panel.trusted.connect(self._on_trusted)
        self.preview.patient_wanted.connect(self.patient_wanted)
        self.preview.told.connect(self.whole.show_words)
        self.runner.seen.connect(self._on_seen)
        self.runner.done.connect(self._on_done)
        self.runner.failed.connect(self._on_failed)
        self.runner.keys.connect(self.in_use.show_keys)

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(_ACT, self.front_wanted.emit, here=False),)

    # What the person does

    def begin(self, what: object) -> None:
        """Take a path to look at."""
        if isinstance(what, Path):
            self.file_row.set_path(what)

    def opened(self) -> None:
        if self.stage is Stage.EMPTY:
            self._show_rules()
        self._focus_on_next()

    def primary(self) -> None:
        """Take in what was looked at, trust its key first, or look at it first of all."""
        if self.stage is Stage.READY:
            self.take_in()
        elif self.stage is Stage.KEY:
            self.key_panel.trust()
        else:
            self.file_row.check()

    @Slot(object)
    def look_at(self, path: Path) -> None:
        """Say who signed it and what it would change; nothing is written."""
        if self.stage.busy:
            return
        self._path = path
        self.notice.clear()
        self._show_stage(Stage.LOOKING)
        self.progress.follow(self.runner.look_at(path), tr("Looking at {name}", name=path.name))

    @Slot()
    def take_in(self) -> None:
        """Answer by these rules from now on."""
        if self.stage is Stage.READY and self._seen is not None:
            self.notice.clear()
            self._show_stage(Stage.TAKING)
            self.runner.take_in(self._seen)

    @Slot()
    def go_back(self) -> None:
        """Answer by the rules that were in use before."""
        if self.stage is Stage.EMPTY:
            self._show_stage(Stage.TAKING)
            self.runner.go_back()

    @Slot()
    def leave(self) -> None:
        """Put the pack aside; nothing was written."""
        self.file_row.field.clear()
        self._on_edited()
        self.file_row.field.setFocus()

    # What arrives

    def refresh(self, changes: Changes) -> None:
        """Look again when what the pack was compared with has changed."""
        if self._telling or not changes.kinds & _TOUCHED:
            return
        if self.stage is Stage.READY and self._path is not None:
            self.look_at(self._path)
        elif self.stage is Stage.EMPTY:
            self._show_rules()

    @Slot(object)
    def _on_seen(self, seen: PackPreview) -> None:
        self._seen = seen
        self.preview.show_preview(seen)
        self.whole.show_words("")
        self._show_stage(Stage.READY)
        self._focus_on_next()

    @Slot(object)
    def _on_done(self, done: Done[object]) -> None:
        trusted = self.stage is Stage.KEY
        self._telling = True
        self.acted.emit(done)
        self._telling = False
        if trusted and self._path is not None:
            self.look_at(self._path)
        else:
            self.leave()

    @Slot(str, str)
    def _on_trusted(self, name: str, fingerprint: str) -> None:
        if self._path is not None:
            self.notice.clear()
            self.runner.trust(self._path, name, fingerprint)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UnknownKeyError):
            self._ask_for_key()
            return
        if self.stage is Stage.TAKING:
            self._show_stage(Stage.READY if self._seen is not None else Stage.EMPTY)
        elif self.stage is Stage.LOOKING:
            self._show_stage(Stage.EMPTY)
        if isinstance(error, TrackerError):
            self.notice.show_error(error)
        else:
            self.context.tasks.unseen.emit(error)
        if not isinstance(error, InvalidEntryError):
            self._focus_on_next()

    def _ask_for_key(self) -> None:
        """Ask for the fingerprint without showing it: what is only copied was not compared with anything."""
        self.key_panel.begin()
        self._show_stage(Stage.KEY)
        self._focus_on_next()

    @Slot()
    def _on_edited(self) -> None:
        self.notice.clear()
        self._show_stage(Stage.EMPTY)

    # What is shown

    def _show_rules(self) -> None:
        self.in_use.show_book(self.context.services.packs.in_use)
        self.runner.list_keys()

    def _focus_on_next(self) -> None:
        """Put the hands on the next step."""
        if self.stage is Stage.KEY:
            self.key_panel.name.setFocus()
        elif self.stage is Stage.READY:
            self.bar.take_in_button.setFocus()
        else:
            self.file_row.field.setFocus()

    def _show_stage(self, stage: Stage) -> None:
        self.stage = stage
        if stage.busy:
            self.setFocus()  # the field is held now, and the focus must not wander to another page's button
        else:
            self.progress.stop()
        self.file_row.set_busy(stage.busy)
        if stage in (Stage.EMPTY, Stage.KEY):
            self._seen = None
        if stage is Stage.EMPTY:
            self._show_rules()
        if not stage.busy:
            self.whole.setVisible(stage is Stage.READY)
            self.body.setCurrentIndex({Stage.EMPTY: 0, Stage.KEY: 1}.get(stage, 2))
        self.bar.show_stage(stage, len(self._seen.effect.visits) if self._seen is not None else 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.file_row.set_path(Path(event.mimeData().urls()[0].toLocalFile()))
