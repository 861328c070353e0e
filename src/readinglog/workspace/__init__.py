"""The way to the disk: files, transactions, git, settings."""
