"""Which rules stand below a node of the tree, and in which order."""

from __future__ import annotations

from tracker.services.rule_library.library_views import Library, RuleView
from tracker.ui.rules.place_tree import Node
from tracker.ui.rules.rule_words import mark_of
from tracker.ui.theme.status import Status


def listed_of(library: Library, node: Node | None) -> tuple[RuleView, ...]:
    """Return the rules of a place as its files have them, those first that somebody should look at."""
    if node is None:
        return ()
    views = (view for view in library.of(node.place.id) if view.speaks_of(node.family, node.plan))
    return tuple(sorted(views, key=lambda view: mark_of(view)[0] is not Status.CAUTION))
