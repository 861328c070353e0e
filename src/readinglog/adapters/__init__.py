"""The outside: files, engines, forges and the command line."""
