"""A research-reading log: Markdown notes in, checked, linked and compiled into a site."""

__version__ = "0.2.0"
