"""Learning of a work: from its identifiers, BibTeX and the web to the draft of a note."""
