"""Merging what importers propose with what a log has."""
