"""Parts of the page that finds patients."""
