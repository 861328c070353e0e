"""What a change does to the log."""
