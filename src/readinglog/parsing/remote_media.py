"""Images, sound and video in the HTML of a page that it may not load, or that load nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markupsafe import Markup

from readinglog.model.identifiers import SAFE_SCHEMES, get_scheme, is_external
from readinglog.parsing.html_tags import find_attributes, find_tags

_PLAYERS = frozenset({"audio", "video"})
_LOADING = _PLAYERS | {"img"}
_LINK = Markup('<a href="{}">{}</a>')
_WORDS = Markup("<span>{}</span>")


def replace_remote_media(html: str) -> str:
    """Return `html` with a link in place of each image, sound or video of another host.

    Within a link, which cannot hold another, it is words alone; so is an address that no link may
    have. A player that has nothing to play is replaced by the text in it.
    """
    parts: list[str] = []
    done, is_in_link = 0, False
    player: _Player | None = None
    for tag in find_tags(html, 0, len(html)):
        name, is_end = tag[1].lower(), tag[0].startswith("</")
        address = "" if is_end else _get_attribute(html, tag, "src")
        if name == "a":
            is_in_link = not is_end
        elif name in _PLAYERS and is_end and player:
            links = " ".join(_make_link(source, source, is_in_link) for source in player.remote)
            if player.own and links:
                parts += (html[done : tag.end()], links)
                done = tag.end()
            elif not player.own:
                text = html[player.inside : tag.start()]
                parts += (html[done : player.start], links or text)
                done = tag.end()
            player = None
        elif name in _LOADING and is_external(address):
            label = _get_attribute(html, tag, "alt") or address
            parts += (html[done : tag.start()], _make_link(address, label, is_in_link))
            done = tag.end()
        elif name in _PLAYERS and not is_end:
            player = _Player(tag.start(), tag.end(), [address] if address else [], [])
        elif name == "source" and player and address:
            (player.remote if is_external(address) else player.own).append(address)
    return "".join((*parts, html[done:]))


class _Player(NamedTuple):
    """An open `<audio>` or `<video>`: where it and what is in it start, and what it plays."""

    start: int
    inside: int
    own: list[str]
    remote: list[str]


def _make_link(address: str, label: str, is_in_link: bool) -> Markup:  # noqa: FBT001
    is_unsafe = get_scheme(address) not in SAFE_SCHEMES and not address.startswith("//")
    return _WORDS.format(label) if is_in_link or is_unsafe else _LINK.format(address, label)


def _get_attribute(html: str, tag: re.Match[str], name: str) -> str:
    values = (each.value for each in find_attributes(html, tag) if each.name == name)
    return unescape(next((html[slice(*value)] for value in values), ""))
