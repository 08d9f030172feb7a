"""Coming visits judged again after every change, and what follows from the difference."""
