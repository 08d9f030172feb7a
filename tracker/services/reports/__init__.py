"""Reports: each a small class that reads, counts and hands out one common shape, which screens and paper show."""
