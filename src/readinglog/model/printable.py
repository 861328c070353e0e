"""Text that a terminal can print: nothing in it moves the cursor or reverses a line."""

from __future__ import annotations

import json
import re
import unicodedata

# Controls, surrogates, separators of lines, and what changes the direction of writing.
_MOVING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# What is not seen and changes how the text after it is shown, or ends a line without a line end.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]")
# In a name or a field also what sets the direction of a part of a text: it may never be ended.
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_CONTROL_BYTES = bytes({*range(32), 127}.difference(b"\t\n\r"))
_OVERRIDES = ("\u202d".encode(), "\u202e".encode())


def remove_control(text: str) -> str:
    """Return a long `text` without control characters and what reverses it.

    That there is none is known in a fraction of the time that the pattern takes.
    """
    data = text.encode("utf-8", "surrogatepass")
    if has_control_bytes(data) or any(mark in data for mark in _OVERRIDES):
        return CONTROL.sub("", text)
    return text


def has_control_bytes(data: bytes) -> bool:
    """Return whether a text in UTF-8 holds control characters, line ends and tabs aside."""
    return len(data.translate(None, _CONTROL_BYTES)) < len(data)


def remove_hidden(text: str) -> str:
    """Return `text` without what is not seen and changes how it is shown, if it has such."""
    return text if text.isprintable() else HIDDEN.sub("", text)


def describe_character(character: str) -> str:
    """Return the number and the name of a character that is not seen."""
    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X}, {name}"


def to_json(value: object) -> str:
    """Return `value` as JSON for a terminal: what `make_printable` would replace is escaped."""
    return _MOVING.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def make_printable(text: str) -> str:
    """Return `text` with all that moves the cursor or reverses a line made visible."""
    return _MOVING.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))
