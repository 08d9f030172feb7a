"""Parts of the page on which courses of treatment are planned."""
