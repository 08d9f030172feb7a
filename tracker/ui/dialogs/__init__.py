"""Questions that need an answer before the page goes on; opened with open(), answered by signal."""
