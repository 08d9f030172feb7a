"""Visits from booking to the chair: booked, held, moved, overridden, listed by day, and on the patient's slip."""
