"""Everything that is seen: the only floor, with the program's entry, that knows Qt."""

from tracker.ui.unread_sources import leave_sources_unread

leave_sources_unread()
