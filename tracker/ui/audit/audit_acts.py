"""What the Audit page adds to the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct

if TYPE_CHECKING:
    from tracker.ui.pages.audit_page import AuditPage

_MENU = tr("&Reports")


def menu_acts(page: AuditPage) -> tuple[PageAct, ...]:
    """Return what is done with the record of acts."""
    save = Act("save audit", tr("Save the a&udit for Excel…") + "\tX", _MENU, parted=True)
    narrow = Act("narrow audit", tr("&Narrow the audit") + "\t/", _MENU)
    verify = Act("verify audit", tr("&Verify the record of acts") + "\tV", _MENU)
    return (
        PageAct(save, page.ask_file, lists=(page.table,)),
        PageAct(narrow, page.filter.patient.setFocus),
        PageAct(verify, page.verify, lists=(page.table,)),
    )
