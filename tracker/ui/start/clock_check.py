"""Says at the opening that the clock goes wrong: every answer counts from today, which the clock tells."""

from __future__ import annotations

from datetime import datetime

from tracker.domain.language import tr
from tracker.domain.us_dates import us_date
from tracker.services.words.wording import us_moment
from tracker.ui.main_window import MainWindow
from tracker.ui.tasks import TaskRunner
from tracker.ui.theme.status import Status


def tell_wrong_clock(window: MainWindow, tasks: TaskRunner) -> None:
    """Look off the GUI thread whether work is on file that, by the clock, has not been done yet."""
    services = window.context.services

    def show(later: datetime | None) -> None:
        if later is None:
            return
        sentence = tr(
            "The clock of this computer says {today}, but work of {later} is on file. Set the clock right and start "
            "again: every answer counts from today.",
            today=us_date(services.clock.today()), later=us_moment(later),
        )  # fmt: skip
        window.notice.show_sentence(Status.CAUTION, sentence)

    tasks.run(window, services.audit.later_than_clock, show)
