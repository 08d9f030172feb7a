"""Parts of the patient page."""
