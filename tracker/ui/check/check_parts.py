"""The parts of Check and book that are kept in step."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.ui.check.act_bar import ActBar
from tracker.ui.check.form import CheckForm
from tracker.ui.check.timeline import TimelinePanel
from tracker.ui.check.verdict_panel import VerdictPanel


@dataclass(frozen=True, slots=True)
class CheckParts:
    """The widgets that are kept in step."""

    form: CheckForm
    panel: VerdictPanel
    timeline: TimelinePanel
    bar: ActBar
