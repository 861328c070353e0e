"""The allow-list for a note's HTML: nothing else reaches the page."""

from __future__ import annotations

import re
from functools import cache

import nh3

from readinglog.model.html_policy import ATTRIBUTES, ID_PREFIX, MATH_TAGS, MEDIA_TAGS, SAFE_TAGS
from readinglog.model.identifiers import SAFE_SCHEMES, is_external
from readinglog.model.printable import remove_control
from readinglog.parsing.directions import mark_directions

_CELL_STYLES = frozenset(
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
_MATH_STYLES = _CELL_STYLES | {
    "background-color",
    "border-bottom",
    "border-left",
    "border-right",
    "border-top",
    "color",
    "font-variant-caps",
    "margin-left",
    "width",
}
# The classes that links and cards in a note's text are given.
_OWN_CLASSES = frozenset(
    "rl-link rl-outside rl-wanted rl-embed rl-notes rl-note rl-note-title rl-note-by "
    "rl-note-summary rl-tags rl-tag rl-math-error rl-query "
    "rl-query-line rl-evidence rl-added".split()
)
_LOADING = MEDIA_TAGS | {"img"}
_MARKED = re.compile(r"[<>&\0\r]")  # what is more than text
_LOADING_TAG = re.compile(r"<(?:img|source)((?> [\w:-]+=\"[^\"]*\")*)>")
_HEADING = re.compile(r"h[1-6]")
_THEME_ID = re.compile(
    r"__(?:codelineno|comments|consent|drawer|nav|palette|search|skip|tabbed|toc)"
)
_TAB_ID = re.compile(r"__tabbed_\d+_\d+")
_MATH_ATTRIBUTES = frozenset(
    "display mathvariant stretchy symmetric form fence separator lspace rspace minsize maxsize "
    "accent accentunder movablelimits linethickness columnspan rowspan width height depth voffset "
    "displaystyle scriptlevel columnalign rowspacing notation style intent arg".split()
)


def sanitize(html: str) -> str:
    """Return `html` without all that is not allowed, and with the direction of each block."""
    if html.isascii() and not _MARKED.search(html):  # as in most headings
        return remove_control(html)
    clean = _LOADING_TAG.sub(_keep_loading, _cleaner().clean(html))
    return mark_directions(remove_control(clean))


def _keep_loading(tag: re.Match[str]) -> str:
    """Return a tag, or '' where it has lost its address and would load nothing."""
    return tag[0] if ' src="' in tag[1] else ""


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {name: set(allowed) - {"markdown"} for name, allowed in ATTRIBUTES.items()}
    attributes |= {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes["a"] |= {"data-hue"}  # of the tags on a card in the text
    # Of task lists and tabs; a note's own `<input>` and `<label>` are text by now.
    attributes["input"] = {"checked", "disabled", "name"}
    attributes["label"] = {"for"}
    for cell in ("td", "th"):
        attributes[cell] |= {"style"}
    return nh3.Cleaner(
        tags=set(SAFE_TAGS | MATH_TAGS | {"input", "label"}),
        attributes=attributes,
        attribute_filter=_filter_attribute,
        tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
        filter_style_properties=set(_MATH_STYLES),
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute may have, or None where it is removed.

    A note may not use the classes and ids of the theme, nor our own, which styles and scripts act
    on, nor load images of other hosts.
    """
    if tag in _LOADING and name == "src" and is_external(value):
        return None
    if name == "id" and tag == "input" and _TAB_ID.fullmatch(value):
        return value
    if name == "name" and tag == "input":
        return value
    if name in ("id", "name") and tag != "mtd" and _is_id_taken(tag, value):
        return None
    if name == "style" and tag in ("td", "th"):
        kept = [part for part in value.split(";") if part.partition(":")[0].strip() in _CELL_STYLES]
        return ";".join(kept) or None
    if name == "class":
        allowed = [word for word in value.split() if _is_class_allowed(word)]
        return " ".join(allowed) or None
    return value


def _is_id_taken(tag: str, value: str) -> bool:
    """Return whether an id is the theme's, or ours; a heading such as `__init__` may have one."""
    is_heading = _HEADING.fullmatch(tag) and not _THEME_ID.match(value)
    return value.startswith(ID_PREFIX) or (value.startswith("__") and not is_heading)


def _is_class_allowed(name: str) -> bool:
    return name in _OWN_CLASSES or not name.startswith(("md-", "rl-"))
