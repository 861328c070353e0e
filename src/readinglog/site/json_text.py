"""The text of JSON files that scripts read."""

from __future__ import annotations

import json


def format_json(value: object) -> str:
    """Return the JSON of a value on one line, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
