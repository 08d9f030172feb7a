"""Parts of the page that takes rule packs in."""
