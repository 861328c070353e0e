"""Markup in titles and names, which are text: what sets type goes unsaid, anything else is for the caller to tell."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from html import unescape

from readinglog.citations.work import Work
from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, MATH_TAGS

_TYPE = frozenset(
    "b bold i italic em strong sub sup sc scp small u underline tt monospace p br title sec tex-math inline-formula alternatives".split()
)
_TAG = re.compile(r"</?(?:(?P<space>jats|mml|m|xhtml):)?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
# What is left out with all that is in it, but for another of its kind: to look beyond that for an end that is not there would be slow.
_UNSHOWN = re.compile(
    r"<(script|style|template)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->",
    re.DOTALL | re.IGNORECASE,
)
_TEX = r"<(?:jats:)?tex-math\b"
_TEX_BESIDE_MATHML = re.compile(
    rf"{_TEX}[^<>]*>(?:(?!{_TEX}).)*?</(?:jats:)?tex-math>(?=\s*<mml:)", re.DOTALL
)
_PARTING = BLOCK_TAGS | {"title", "br"}
_LAYERS = 5  # of markup within markup that are looked for


def strip_markup(text: str) -> str:
    """The words of a text as publishers deposit it: entities decoded, marks for italics, formulas and paragraphs taken out."""
    return _without(unescape(unescape(_TEX_BESIDE_MATHML.sub("", text))), _TYPE | MATH_TAGS)


def strip_html(work: Work) -> Work:
    """`work` without the elements of HTML in its texts, scripts with all that is in them; what is no HTML, such as `<think>`, is text."""
    return work._replace(
        title=_bare(work.title),
        authors=tuple(filter(None, map(_bare, work.authors))),
        venue=_bare(work.venue),
        abstract=_bare(work.abstract),
    )


def _bare(text: str) -> str:
    return " ".join(_without(text, KNOWN_TAGS | MATH_TAGS).split()) if "<" in text else text


def _without(text: str, tags: AbstractSet[str]) -> str:
    """`text` without elements of that name, or of the name spaces of JATS and MathML."""
    for _ in range(_LAYERS):
        shown = _UNSHOWN.sub(" ", text) if "script" in tags else text
        left = _TAG.sub(
            lambda tag: _left_of(tag) if tag["space"] or tag["name"].lower() in tags else tag[0],
            shown,
        )
        if left == text:
            break
        text = left
    return text


def _left_of(tag: re.Match[str]) -> str:
    """A gap where an element parts its text from what is around it."""
    return " " if tag["name"].lower() in _PARTING else ""
