"""The label that stands over a page or a part of it; whoever hears the window is told that it is a heading."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from tracker.ui.widgets.plain_label import PlainLabel


class Heading(PlainLabel):
    """Looks as its role says; a reader of the screen can go from one heading to the next."""


class _HeadingAccess(QAccessibleWidget):
    """Qt tells of labels only that they are labels."""

    def __init__(self, heading: Heading) -> None:
        super().__init__(heading, QAccessible.Role.Heading)

    def text(self, kind: QAccessible.Text) -> str:
        """Return what the heading says, as it stands now."""
        heading = self.widget()
        if kind == QAccessible.Text.Name and isinstance(heading, Heading):
            return heading.accessibleName() or heading.text()
        return super().text(kind)


def tell_headings() -> None:
    """Have Qt hand out headings as such from now on; once for the application, before its first window."""
    QAccessible.installFactory(_access_of)


def _access_of(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    return _HeadingAccess(thing) if isinstance(thing, Heading) else None
