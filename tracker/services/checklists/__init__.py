"""What a payer wants documented, and what of it is on file."""
