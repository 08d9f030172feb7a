"""What may be booked when: what is on file about a request, the answer of the rules, and what else could be asked."""
