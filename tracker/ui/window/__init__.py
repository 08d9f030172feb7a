"""Parts of the main window's frame."""
