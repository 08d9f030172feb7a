"""Corrects a whole request: lines, diagnoses, providers, site, kind; what would fall out is told before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.domain.errors import InvalidEntryError, TrackerError
from tracker.domain.language import tr
from tracker.services.changes import Done
from tracker.ui.dialogs.saving_dialog import SavingDialog, identity_of
from tracker.ui.pages.page import PageContext
from tracker.ui.theme.status import Status
from tracker.ui.widgets.choice_field import ChoiceField
from tracker.ui.widgets.fields import LineField
from tracker.ui.worklist.request_form import RequestForm, RequestOnFile

if TYPE_CHECKING:
    from tracker.domain.authorization_request import AuthorizationRecord
    from tracker.services import Services
    from tracker.services.authorizations.holds import HoldChange

WIDTH = 720


class VisitsMoveError(TrackerError):
    """Nothing was saved yet: visits would be put on hold by it."""

    def __init__(self, changes: tuple[HoldChange, ...]) -> None:
        told = " ".join(change.sentence for change in changes)
        super().__init__(tr("Saving moves visits."), told, tr("Save all the same, or leave it."))


class RequestDialog(SavingDialog):
    """Opened with what is on file (`read_request`)."""

    help_place = "authorizations#the-whole-request"

    def __init__(self, context: PageContext, on_file: RequestOnFile, parent: QWidget) -> None:
        beside = identity_of(on_file.patient)
        super().__init__(context, tr("The whole request"), tr("Save"), parent, beside=beside, width=WIDTH)
        self._consented = False
        self.fields = RequestForm(self.form, on_file, context.services.clock.today(), self)
        self.fields.lines.grown.connect(self._on_grown)
        for choice in (self.fields.ordering, self.fields.rendering, self.fields.site):
            choice.chosen.connect(self._on_grown)
        self.finish()
        self.fields.lines.chain_focus()
        self.keep_draft(f"request {on_file.record.id}")

    def work(self) -> Callable[[], Done[Any]] | None:
        fields, requests = self.fields, self.context.services.authorizations
        if not fields.settle():
            return None
        try:
            changed = fields.changed()
        except InvalidEntryError as error:
            self.place(error)
            return None
        consented = self._consented or not changed.status.grants

        def write() -> Done[AuthorizationRecord]:
            held = () if consented else tuple(each for each in requests.fall_out(changed) if each.held)
            if held:
                raise VisitsMoveError(held)
            return requests.change(changed)

        return write

    def place(self, error: TrackerError) -> bool:
        if isinstance(error, VisitsMoveError):
            self._consented = True
            self.notice.show_sentence(Status.CAUTION, f"{error.title} {error.detail}")
            self.save_button.setText(tr("Save all the same"))
            return True
        about = getattr(error, "about", "")
        wrong = self.fields.lines.first_wrong() if about == "lines" else None
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        fields = self.fields
        named: dict[str, LineField | ChoiceField] = {
            "diagnoses": fields.diagnoses, "ordering": fields.ordering, "rendering": fields.rendering,
            "ordering name": fields.who_orders.name, "ordering npi": fields.who_orders.npi,
            "rendering name": fields.who_renders.name, "rendering npi": fields.who_renders.npi,
            "facility name": fields.where.name, "facility npi": fields.where.npi, "facility place": fields.where.place,
        }  # fmt: skip
        field = named.get(about)
        if field is None:
            return False
        field.set_error(error.sentence())
        return True

    @Slot()
    def _on_grown(self) -> None:
        """Let Enter and Tab go through a new row too, and make room for it."""
        for field in self.fields.lines.findChildren(QLineEdit):
            field.removeEventFilter(self)
            field.installEventFilter(self)
        self.form.chain_focus()
        self.fields.lines.chain_focus()
        self._fit_height()


def read_request(services: Services, record_id: str) -> RequestOnFile:
    """Return a request with what its form offers; not for the GUI thread."""
    record = services.authorizations.get(record_id)
    desk = services.desk
    return RequestOnFile(
        record,
        services.patients.get(record.patient_id).patient,
        desk.providers(),
        desk.sites(),
        services.packets.kind_of(record),
    )
