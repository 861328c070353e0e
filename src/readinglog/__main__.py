"""`python -m readinglog`."""

from __future__ import annotations

from readinglog.cli import main

main(prog_name="readinglog")
