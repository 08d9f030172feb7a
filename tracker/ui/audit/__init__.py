"""The parts of the page Audit: the filter, the list of acts, and what one act changed."""
