"""That a report was called off."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.language import tr


class ReportCancelledError(TrackerError):
    """The person at the desk called it off; reports write nothing, so nothing is left behind."""

    def __init__(self) -> None:
        super().__init__(tr("The report was called off."), "", tr("Press Ctrl+Enter to begin it again."))
