"""What others say of a work, read into facts: the answers of arXiv and Crossref, web pages, BibTeX. Never raises on what they say."""
