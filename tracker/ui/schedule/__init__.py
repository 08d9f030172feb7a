"""Parts of the Schedule page."""
