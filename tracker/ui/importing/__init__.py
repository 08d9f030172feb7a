"""Parts of the Import page."""
