"""Requests for authorizations from draft to expiry, and the visits that wait for them."""
