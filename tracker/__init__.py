"""Injection Tracker: may this injection be booked on that date, and if not, when?"""

__version__ = "0.1.0"
