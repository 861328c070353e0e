"""Search: the query language, which `docs/search.md` describes, and its answers from an index."""
