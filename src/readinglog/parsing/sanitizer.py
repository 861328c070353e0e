"""What of a note's finished HTML reaches the page: only what is on the list."""

from __future__ import annotations

from functools import cache

import nh3

from readinglog.model.html_policy import ATTRIBUTES, ID_PREFIX, MATH_TAGS, SAFE_TAGS
from readinglog.model.identifiers import SAFE_SCHEMES, is_external

_STYLES = frozenset(
    {
        "text-align",
        "justify-items",
        "padding-left",
        "padding-right",
        "padding-top",
        "padding-bottom",
        "math-style",
    }
)
_WRITTEN = frozenset(  # classes that links and cards in a note's text are given
    "rl-link rl-outside rl-wanted rl-embed rl-notes rl-note rl-note-title rl-note-by rl-note-summary rl-tags rl-tag rl-math-error".split()
)
_MATH_ATTRIBUTES = frozenset(
    "display mathvariant stretchy symmetric form fence separator lspace rspace minsize maxsize accent accentunder movablelimits "
    "linethickness columnspan rowspan width height depth voffset displaystyle scriptlevel columnalign rowspacing style intent arg".split()
)


def sanitize(html: str) -> str:
    """`html` with everything gone that is not on the list of what is allowed."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    attributes["*"] -= {"markdown"}
    attributes |= {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes["a"] |= {"data-hue"}  # of the tags on a card in the text
    attributes |= {
        "input": {"checked", "disabled"}
    }  # task lists; a note's own `<input>` is text by now
    for cell in ("td", "th"):
        attributes[cell] |= {"style"}
    return nh3.Cleaner(
        tags=set(SAFE_TAGS | MATH_TAGS | {"input"}),
        attributes=attributes,
        attribute_filter=_harmless,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        filter_style_properties=set(_STYLES),
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def _harmless(tag: str, name: str, value: str) -> str | None:
    """A note takes neither the theme's classes and ids nor ours, which styles and scripts act on, nor images of other hosts."""
    if tag == "img" and name == "src" and is_external(value):
        return None
    if name == "class":
        return (
            " ".join(
                word
                for word in value.split()
                if word in _WRITTEN or not word.startswith(("md-", "rl-"))
            )
            or None
        )
    if name == "id":
        return None if value.startswith(("__", ID_PREFIX)) else value
    return value
