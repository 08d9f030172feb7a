"""The parts of Check and book: form, answer, timeline, override."""
