"""YAML values as they are written, with their spans, and how a text is written as one."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from readinglog.model.text import Span

# What needs no quotes in YAML, in a list or out of one, and does not turn into something else.
# Letters are those of the common scripts, as ranges that browsers and Python read alike.
_LETTERS = (
    "a-zß-ɏ\u0370-\u0373\u0376-\u037d\u0386-\u052f\u05d0-\u05ea\u0621-\u064a\u0904-\u0963"
    "\u0e01-\u0e4e\u1e00-\u1fff\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
)
PLAIN = (
    rf"(?:[0-9]+-)*[{_LETTERS}]"
    rf"(?:[0-9{_LETTERS} ./()&+'’_~%=@–·、，。（）《》：-]|:(?=[a-z0-9/]))*"
)
RESERVED_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
# What is left of a template that was not filled in. A text that holds more than this may be
# intended: LaTeX writes `{{BERT}}`.
PLACEHOLDER = r"(?:(?:\{\{[^{}]*\}\}|<%(?:[^%<]|%(?!>)|<(?!%))*%>)[\s,]*)+"
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Scalar(NamedTuple):
    """A scalar as written: `is_plain` without quotes, `is_null` where YAML reads nothing."""

    text: str
    span: Span
    is_plain: bool = False
    is_null: bool = False


class Compound(NamedTuple):
    """A list or a mapping."""

    kind: str  # "list", "mapping", or "broken" where the entry is not YAML
    items: tuple[Scalar | Compound, ...]  # of a mapping: key, value, key, value …
    span: Span


Value = Scalar | Compound
BROKEN = Compound("broken", (), Span(0, 0))  # the entry exists, and its error has been reported


class Entry(NamedTuple):
    """One entry of front matter or of the vocabulary: a key, and its value as written."""

    name: str
    name_span: Span
    value: Value


def to_plain_value(value: Value) -> object:
    """Return `value` as text, list or dict, with all scalars as written."""
    if isinstance(value, Scalar):
        return None if value.is_null else value.text
    items = [to_plain_value(item) for item in value.items]
    if value.kind == "list":
        return items
    return dict(zip(map(str, items[::2]), items[1::2], strict=True))


def to_yaml(text: str) -> str:
    """Return `text` as a YAML scalar, in double quotes unless nothing in it can mean something."""
    plain = (
        re.fullmatch(PLAIN, text, re.IGNORECASE)
        and text == text.strip()
        and text.lower() not in RESERVED_WORDS
    )
    return text if plain else to_quoted_yaml(text)


def to_quoted_yaml(text: str) -> str:
    """Return `text` as a double-quoted YAML scalar: as JSON, but for a few characters."""
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
