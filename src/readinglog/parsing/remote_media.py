"""Images, sound and video of other hosts in the HTML of a page."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from readinglog.model.identifiers import is_external
from readinglog.parsing.html_tags import find_attributes, find_tags

_LOADING = frozenset({"img", "audio", "video"})
_LINK = Markup('<a href="{}">{}</a>')
_WORDS = Markup("<span>{}</span>")


def replace_remote_media(html: str) -> str:
    """Return `html` with a link in place of each image, sound or video of another host.

    Within a link, which cannot hold another, it is words alone.
    """
    parts: list[str] = []
    done, is_in_link = 0, False
    for tag in find_tags(html, 0, len(html)):
        name = tag[1].lower()
        if name == "a":
            is_in_link = not tag[0].startswith("</")
        elif name in _LOADING and is_external(address := _get_attribute(html, tag, "src")):
            label = _get_attribute(html, tag, "alt") or address
            link = _WORDS.format(label) if is_in_link else _LINK.format(address, label)
            parts += (html[done : tag.start()], link)
            done = tag.end()
    return "".join((*parts, html[done:]))


def _get_attribute(html: str, tag: re.Match[str], name: str) -> str:
    values = (each.value for each in find_attributes(html, tag) if each.name == name)
    return unescape(next((html[slice(*value)] for value in values), ""))
