"""Courses of treatment: planned, kept, and held or booked step by step."""
