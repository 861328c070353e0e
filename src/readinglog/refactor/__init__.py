"""Renaming notes and tags: from a notebook to the new texts of its files."""
