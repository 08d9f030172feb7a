"""The clinic's own lists and settings, and the money that hangs on its claims."""
