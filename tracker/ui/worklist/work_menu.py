"""What the page Authorizations adds to its menu; single letters are shown there and work in the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.language import tr
from tracker.ui.actions import Act
from tracker.ui.pages.page import PageAct
from tracker.ui.worklist.work_acts import PACKET_KEY, WORK_ACTS, WorkAct

if TYPE_CHECKING:
    from tracker.ui.pages.authorizations_page import AuthorizationsPage

MENU = tr("&Authorization")


def menu_acts(page: AuthorizationsPage) -> tuple[PageAct, ...]:
    """Return the steps, then what is about the list."""
    steps = tuple(
        PageAct(
            Act(f"request {act.id}", f"{act.menu_text}\t{act.shown_key}", MENU, parted=act.key in ("S", "F", "K")),
            partial(page.act, act),
            lists=(page.list.table, *page.views.board.tables),
            fits=partial(_fits, page, act),
        )
        for act in WORK_ACTS
        if act.key != PACKET_KEY
    )
    return (
        *steps,
        PageAct(Act("narrow requests", tr("&Narrow the list	/"), MENU, parted=True), page.bar.focus_query),
        PageAct(Act("request board", tr("&Table or columns"), MENU, ("Ctrl+B",)), page.lister.turn_view),
    )


def _fits(page: AuthorizationsPage, act: WorkAct) -> bool:
    row = page.views.row()
    return row is not None and act.fits(row)
