"""The cases of rules, and what an edit of any of their files makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from readinglog.model.text import Source
from support.case_pages import read_cases

CASES = list(read_cases("rules"))
Files = Mapping[str, str | bytes | Source]


def list_edits(files: Files) -> Iterator[Files]:
    """Yield the files after each of some edits of one of them."""
    for path, text in files.items():
        yield {other: kept for other, kept in files.items() if other != path}
        if isinstance(text, str) and path.endswith(".md"):
            yield {**files, path: f"{text}\nMore words.\n"}
            yield {**files, path: f"{text}\nSee [[a]] and [[Somewhere#Deep]].\n"}
            front, _, body = text.removeprefix("---\n").partition("---\n")
            yield {**files, path: f"---\n{front}---\n"}
            yield {**files, path: f"---\ntitle: Another\n---\n{body}"}
