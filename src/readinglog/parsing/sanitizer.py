"""The allow-list for a note's HTML: nothing else reaches the page."""

from __future__ import annotations

from functools import cache

import nh3

from readinglog.model.html_policy import ATTRIBUTES, ID_PREFIX, MATH_TAGS, SAFE_TAGS
from readinglog.model.identifiers import SAFE_SCHEMES, is_external
from readinglog.model.printable import remove_control
from readinglog.parsing.directions import mark_directions

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
# The classes that links and cards in a note's text are given.
_OWN_CLASSES = frozenset(
    "rl-link rl-outside rl-wanted rl-embed rl-notes rl-note rl-note-title rl-note-by "
    "rl-note-summary rl-tags rl-tag rl-math-error rl-query "
    "rl-query-line".split()
)
_MATH_ATTRIBUTES = frozenset(
    "display mathvariant stretchy symmetric form fence separator lspace rspace minsize maxsize "
    "accent accentunder movablelimits linethickness columnspan rowspan width height depth voffset "
    "displaystyle scriptlevel columnalign rowspacing style intent arg".split()
)


def sanitize(html: str) -> str:
    """Return `html` without all that is not allowed, and with the direction of each block."""
    return mark_directions(remove_control(_cleaner().clean(html)))


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    attributes["*"] -= {"markdown"}
    attributes |= {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes["a"] |= {"data-hue"}  # of the tags on a card in the text
    # Of task lists; a note's own `<input>` is text by now.
    attributes["input"] = {"checked", "disabled"}
    for cell in ("td", "th"):
        attributes[cell] |= {"style"}
    return nh3.Cleaner(
        tags=set(SAFE_TAGS | MATH_TAGS | {"input"}),
        attributes=attributes,
        attribute_filter=_filter_attribute,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        filter_style_properties=set(_STYLES),
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute may have, or None where it is removed.

    A note may not use the classes and ids of the theme, nor our own, which styles and scripts act
    on, nor load images of other hosts.
    """
    if tag == "img" and name == "src" and is_external(value):
        return None
    if name == "id" and value.startswith(("__", ID_PREFIX)):
        return None
    if name == "class":
        allowed = [word for word in value.split() if _is_class_allowed(word)]
        return " ".join(allowed) or None
    return value


def _is_class_allowed(name: str) -> bool:
    return name in _OWN_CLASSES or not name.startswith(("md-", "rl-"))
