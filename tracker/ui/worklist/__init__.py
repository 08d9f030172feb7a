"""Parts of the pages Authorizations and Expirations."""
