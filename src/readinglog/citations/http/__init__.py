"""Asking the web, within limits."""
