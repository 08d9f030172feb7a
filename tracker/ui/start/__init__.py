"""The windows before a clinic is open; nothing here loads the database library."""
