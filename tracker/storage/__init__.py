"""The clinic's encrypted file: the only room with SQL; its rows never leave it."""
