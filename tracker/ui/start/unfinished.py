"""Says at the opening that something was typed and never finished, and which key goes on with it."""

from __future__ import annotations

from tracker.domain.draft import KeptDraft
from tracker.domain.language import tr
from tracker.ui.drafts import CHECK_PLACE, typed_at
from tracker.ui.main_window import MainWindow
from tracker.ui.tasks import TaskRunner


def tell_unfinished(window: MainWindow, tasks: TaskRunner) -> None:
    """Look for it off the GUI thread; an act that was told meanwhile stays told."""
    context = window.context

    def show(kept: KeptDraft | None) -> None:
        if kept is not None and not window.status_line.sentence():
            time = typed_at(kept, context)
            sentence = tr(
                "Check and book holds what was typed at {time} and not booked. F3 goes on with it.", time=time
            )
            window.status_line.show_sentence(sentence)

    tasks.run(window, lambda: context.services.drafts.find(CHECK_PLACE), show)
