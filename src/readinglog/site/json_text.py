"""The text of JSON files that scripts read."""

from __future__ import annotations

import json
import zlib

_LEVEL = 4  # of 9: 6 takes half as long again, for a fiftieth less


def to_json(value: object) -> str:
    """Return the JSON of a value without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def format_json(value: object) -> str:
    """Return the JSON of a value as the one line of a file."""
    return f"{to_json(value)}\n"


def pack_text(text: str) -> bytes:
    """Return a text compressed, for scripts that unpack it."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
