"""Where facts on a work come from, one module a source."""
