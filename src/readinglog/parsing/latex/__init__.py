"""LaTeX of formulas: its tokens, its macros, and how math-core wants it written."""
