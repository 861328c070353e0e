"""Comparing two states of a log."""
