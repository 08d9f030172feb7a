"""Uses the program as somebody does who hears it: through the accessibility bus, never looking at the window."""
