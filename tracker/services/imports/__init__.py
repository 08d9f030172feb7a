"""Files of other programs: read, compared with what is on file, and taken in as one act."""
