"""The keys of Check and book, as the list of keys tells them."""

from __future__ import annotations

from tracker.domain.language import tr
from tracker.ui.check.act_bar import HOLD_KEY
from tracker.ui.check.changing import ANEW_KEY
from tracker.ui.check.taking_up import DISCARD_KEY

CHECK_KEYS = (
    ("n", tr("As the date: the earliest one")),
    ("← →", tr("On the timeline: a day, with Ctrl a week")),
    ("N", tr("On the timeline: the earliest day")),
    ("P", tr("On the timeline: the last closed day before, and why")),
    ("T", tr("On the timeline: its events as a table, or the picture again")),
    ("B M C", tr("On the spine: both sides, mirror, clear")),
    ("H", tr("On the spine: history of 12 months, of ever, or none")),
    ("[ ]", tr("On the spine: the part above or below")),
    ("Alt+O", tr("Book with a reason")),
    ("Alt+B", tr("Park it on the pinboard")),
    (HOLD_KEY, tr("Book on hold, until the authorization is there")),
    (ANEW_KEY, tr("A visit that was changed meanwhile: show what stands now")),
    (DISCARD_KEY, tr("Discard what was taken up again")),
    ("Esc", tr("Close")),
)
