"""From what identifies a work to the draft of a note: ids, BibTeX, metadata sources, tags."""
