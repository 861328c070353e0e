"""Removing markup from titles, names and abstracts."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from html import unescape

from readinglog.citations.work import Work
from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, MATH_TAGS

_PUBLISHER_TAGS = frozenset(
    "b bold i italic em strong sub sup sc scp small u underline tt monospace p br title sec "
    "tex-math inline-formula alternatives".split()
)
_TAG = re.compile(r"</?(?:(?P<space>jats|mml|m|xhtml):)?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
# Elements that are removed with their content. That may not hold another of its kind: to search
# beyond it for a missing end tag would be slow.
_HIDDEN = re.compile(
    r"<(script|style|template)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->",
    re.DOTALL | re.IGNORECASE,
)
_TEX = r"<(?:jats:)?tex-math\b"
_TEX_BESIDE_MATHML = re.compile(
    rf"{_TEX}[^<>]*>(?:(?!{_TEX}).)*?</(?:jats:)?tex-math>(?=\s*<mml:)", re.DOTALL
)
_SPACING_TAGS = BLOCK_TAGS | {"title", "br"}  # those that separate words
_LAYERS = 5  # of markup that appears when other markup is removed


def strip_markup(text: str) -> str:
    """Return a publisher's text without entities and the elements of JATS and MathML."""
    decoded = unescape(unescape(_TEX_BESIDE_MATHML.sub("", text)))
    return _remove_tags(decoded, _PUBLISHER_TAGS | MATH_TAGS)


def strip_html(work: Work) -> Work:
    """Return `work` without HTML elements in its texts, and without the content of scripts.

    What is not HTML, such as `<think>`, stays.
    """
    return work._replace(
        title=_remove_html(work.title),
        authors=tuple(filter(None, map(_remove_html, work.authors))),
        venue=_remove_html(work.venue),
        abstract=_remove_html(work.abstract),
    )


def _remove_html(text: str) -> str:
    if "<" not in text:
        return text
    return " ".join(_remove_tags(text, KNOWN_TAGS | MATH_TAGS).split())


def _remove_tags(text: str, tags: AbstractSet[str]) -> str:
    """Return `text` without elements of these names, or in the name spaces of JATS and MathML."""

    def replace(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if not tag["space"] and name not in tags:
            return tag[0]
        return " " if name in _SPACING_TAGS else ""

    for _ in range(_LAYERS):
        visible = _HIDDEN.sub(" ", text) if "script" in tags else text
        stripped = _TAG.sub(replace, visible)
        if stripped == text:
            break
        text = stripped
    return text
