"""The parts of the settings page: the list of sections, and one panel a section."""
