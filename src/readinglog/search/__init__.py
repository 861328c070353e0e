"""Search: the query language, as `docs/guide/search.md` has it, and its answers from an index."""
