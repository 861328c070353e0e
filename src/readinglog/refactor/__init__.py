"""Other names for notes and tags, with all that is written by the old ones: from a notebook to the new texts of its files."""
