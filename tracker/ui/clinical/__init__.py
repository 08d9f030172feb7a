"""What has to be on file for a request: the checklist, the log of conservative care, denied claims."""
