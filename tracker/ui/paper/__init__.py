"""What is printed: sheets laid out once and painted on a printer, into a PDF and on the screen alike."""
