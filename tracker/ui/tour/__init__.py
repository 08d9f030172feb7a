"""The first steps on a new computer, and the tour of the keys."""
