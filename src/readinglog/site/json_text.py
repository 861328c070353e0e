"""The text of JSON files that scripts read."""

from __future__ import annotations

import json
import zlib

_LEVEL = 4  # of 9: 6 takes half as long again, for a fiftieth less


def format_json(value: object) -> str:
    """Return the JSON of a value on one line, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def pack_text(text: str) -> bytes:
    """Return a text compressed, for scripts that unpack it."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
