"""What goes to the payer for one request: gathered, bound, filled into the payer's own form, and recorded as sent."""
