"""Exchanging works with other programs."""
