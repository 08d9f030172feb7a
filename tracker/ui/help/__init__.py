"""The help: shipped pages, the place that belongs to each field, and the window that shows them."""
