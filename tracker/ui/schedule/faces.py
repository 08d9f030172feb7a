"""The three faces of the schedule."""

from __future__ import annotations

from tracker.domain.language import tr

DAY, WEEK, MONTH = "day", "week", "month"
FACES = ((DAY, tr("Day")), (WEEK, tr("Week")), (MONTH, tr("Month")))
