"""The palette: patients and commands in one list, from anywhere."""
