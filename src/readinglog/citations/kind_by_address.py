"""The kind of work at an address, where the address alone tells."""

from __future__ import annotations

import re

from readinglog.model.schema import BUILT_IN


def guess_kind(url: str) -> str:
    """Return the kind of the work at `url`, or '' where its address does not tell."""
    bare = re.sub(r"\Ahttps?://(?:www\.)?", "", url, flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    address = f"{host.lower()}{slash or '/'}{path}"
    for kind in BUILT_IN.kinds.values():
        if kind.address_pattern and re.match(kind.address_pattern, address):
            return kind.name
    return ""
