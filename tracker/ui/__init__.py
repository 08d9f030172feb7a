"""Everything that is seen: the only floor, with the program's entry, that knows Qt."""
