"""What kind of work an address leads to, where the address alone tells."""

from __future__ import annotations

import re

# The host, without `www.`, and the path, by the kind of what is there.
_KINDS = (
    ("code", r"(?:github\.com|gitlab\.com|codeberg\.org)/[^/]+/[^/]+"),
    (
        "talk",
        r"(?:(?:m\.)?youtube\.com/(?:watch|live)|youtu\.be/|vimeo\.com/\d|slideslive\.com/\d)",
    ),
    (
        "thread",
        r"(?:(?:mobile\.)?(?:x|twitter)\.com/\w+/status/|bsky\.app/profile/[^/]+/post/|[^/]+/@[\w.@-]+/\d+/?\Z)",
    ),
    ("podcast", r"(?:podcasts\.apple\.com/|open\.spotify\.com/episode/)"),
    (
        "paper",
        r"(?:arxiv\.org|openreview\.net|aclanthology\.org|proceedings\.mlr\.press|proceedings\.neurips\.cc|papers\.nips\.cc)/\w",
    ),
    ("docs", r"(?:docs\.[^/]+|[^/]+\.readthedocs\.(?:io|org))/"),
)


def guess_kind(url: str) -> str:
    """The kind of what stands at `url`, or '' where its address does not tell."""
    bare = re.sub(r"\Ahttps?://(?:www\.)?", "", url, flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return next(
        (
            kind
            for kind, pattern in _KINDS
            if re.match(pattern, f"{host.lower()}{slash or '/'}{path}")
        ),
        "",
    )
