"""Guessing the kind of a work from its address."""

from __future__ import annotations

import re

# Patterns of a host, without `www.`, and a path, with the kind of the works there.
_KINDS = (
    ("code", r"(?:github\.com|gitlab\.com|codeberg\.org)/[^/]+/[^/]+"),
    (
        "talk",
        r"(?:(?:m\.)?youtube\.com/(?:watch|live)|youtu\.be/|vimeo\.com/\d|slideslive\.com/\d)",
    ),
    (
        "thread",
        (
            r"(?:(?:mobile\.)?(?:x|twitter)\.com/\w+/status/|bsky\.app/profile/[^/]+/post/"
            r"|[^/]+/@[\w.@-]+/\d+/?\Z)"
        ),
    ),
    ("podcast", r"(?:podcasts\.apple\.com/|open\.spotify\.com/episode/)"),
    (
        "paper",
        (
            r"(?:arxiv\.org|openreview\.net|aclanthology\.org|proceedings\.mlr\.press"
            r"|proceedings\.neurips\.cc|papers\.nips\.cc)/\w"
        ),
    ),
    ("docs", r"(?:docs\.[^/]+|[^/]+\.readthedocs\.(?:io|org))/"),
)


def guess_kind(url: str) -> str:
    """Return the kind of the work at `url`, or "" where the address does not tell."""
    bare = re.sub(r"\Ahttps?://(?:www\.)?", "", url, flags=re.IGNORECASE)
    host, _, path = bare.partition("/")
    address = f"{host.lower()}/{path}"
    return next((kind for kind, pattern in _KINDS if re.match(pattern, address)), "")
