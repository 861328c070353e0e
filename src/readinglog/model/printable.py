"""Text that a terminal can print: nothing in it moves the cursor or reverses a line."""

from __future__ import annotations

import json
import re

# Controls, surrogates, separators of lines, and what changes the direction of writing.
_MOVING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def to_json(value: object) -> str:
    """Return `value` as JSON for a terminal: what `make_printable` would replace is escaped."""
    return _MOVING.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def make_printable(text: str) -> str:
    """Return `text` with all that moves the cursor or reverses a line made visible."""
    return _MOVING.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))
