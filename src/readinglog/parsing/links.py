"""Links of a body: wikilinks, and Markdown links and references to notes and files of the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from readinglog.model import identifiers
from readinglog.model.note import ExternalLink, Link
from readinglog.model.text import Span

_WIKILINK = re.compile(
    r"\[\[(?!\[)(?P<target>(?:[^\[\]|#\n\\]|\n(?![ \t]*\n)|\\(?!\|))*)"
    r"(?:\#(?P<heading>(?:[^\[\]|\n\\]|\\(?!\|))*))?"
    r"(?:\\?\|(?P<label>(?:(?!\]\]|\n[ \t]*\n).){0,1000}+\]?))?\]\]"
    r"(?!\[[^\[\]\n]|\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\))",
    re.DOTALL,
)
_DESTINATION = re.compile(
    r"[ \t]*+(?:\n[ \t]*+)?+(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*))"
    r"(?:(?:[ \t\n]++|(?<=[ \t\n]))(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'))?+[ \t]*+\)"
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<id>[^\[\]\n]+)\]:[ \t]*+(?:\n[ \t]*+)?+(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<][^\s]*))",
    re.MULTILINE,
)
_REFERENCE = re.compile(
    r"(?<!\\)(?<!\])(?P<bang>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])++)\](?:[ ]?\[(?P<id>[^\[\]]*)\])?(?![\[(:])"
)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
_LABEL_LIMIT = 1_000
_ENTITY = re.compile(r"&#?\w{1,31};")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def find_links(
    text: str, masked: str, body: Span
) -> tuple[tuple[Link, ...], tuple[ExternalLink, ...]]:
    """What leads within the log, and what leads out of it, both in order."""
    inside: list[Link] = []
    outside: list[ExternalLink] = []
    written = list(_inline(text, masked, body))
    labels = [label for _, label in written if masked.find("[[", *label) >= 0]
    wikilinks = [
        link
        for link in _wikilinks(text, masked, body)
        if not any(_holds(label, link.span) for label in labels)
    ]
    for found in (*(link for link, _ in written), *_references(text, masked, body, wikilinks)):
        if isinstance(found, ExternalLink):
            outside.append(found)
        else:
            inside.append(found)
    outside += (ExternalLink(found[1], Span(*found.span(1))) for found in _autolinks(masked, body))
    both = sorted([*wikilinks, *inside], key=lambda link: link.span)
    return tuple(both), tuple(sorted(set(outside), key=lambda address: address.span))


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _wikilinks(text: str, masked: str, body: Span) -> Iterator[Link]:
    at = masked.find("[[", body.start, body.end)
    while at >= 0:
        found = _WIKILINK.match(masked, at, body.end)
        if found and not _escaped(masked, at) and (link := _wikilink(text, found)):
            yield link
            at = found.end()
        else:
            at += 1
        at = masked.find("[[", at, body.end)


def _wikilink(text: str, found: re.Match[str]) -> Link | None:
    embed = (
        found.start() > 0
        and text[found.start() - 1] == "!"
        and not _escaped(text, found.start() - 1)
    )

    def part(group: str) -> str | None:
        return None if found[group] is None else " ".join(text[slice(*found.span(group))].split())

    target, heading, label = part("target") or "", part("heading"), part("label")
    if not target and not heading:
        return None
    span = Span(found.start() - embed, found.end())
    return Link("wikilink", target, heading or None, label or None, embed, span, span)


def _holds(label: Span, span: Span) -> bool:
    """Whether `span` lies in the label of a link: what stands there is text, since no link can hold another."""
    return label.start <= span.start and span.end <= label.end


def _inline(text: str, masked: str, body: Span) -> Iterator[tuple[Link | ExternalLink, Span]]:
    """Links as Markdown writes them, each with its label."""
    at = masked.find("](", body.start, body.end)
    while at >= 0:
        found = _DESTINATION.match(masked, at + 2, body.end)
        start = _label_start(masked, at, body.start) if found else None
        if found and start is not None:
            address = Span(*found.span("angled" if found["angled"] is not None else "bare"))
            embed = masked[start - 1 : start] == "!" and not _escaped(masked, start - 1)
            label = Span(start + 1, at)
            yield (
                _link(
                    "markdown",
                    text,
                    address,
                    Span(start - embed, found.end()),
                    text[slice(*label)],
                    embed=embed,
                ),
                label,
            )
        at = masked.find("](", at + 2, body.end)


def _label_start(masked: str, at: int, floor: int) -> int | None:
    """Where the bracket that closes at `at` opens."""
    depth = 0
    for index in range(at, max(floor, at - _LABEL_LIMIT) - 1, -1):
        if masked[index] in "[]" and not _escaped(masked, index):
            depth += 1 if masked[index] == "]" else -1
            if depth == 0:
                return index
    return None


def _references(
    text: str, masked: str, body: Span, wikilinks: list[Link]
) -> Iterator[Link | ExternalLink]:
    if masked.find("]:", body.start) < 0:
        return
    defined: dict[str, Span] = {}
    for found in _DEFINITION.finditer(masked, body.start, body.end):
        address = Span(*found.span("angled" if found["angled"] is not None else "bare"))
        defined.setdefault(" ".join(found["id"].lower().split()), address)
        if isinstance(
            out := _link("reference", text, address, Span(*found.span()), "", embed=False),
            ExternalLink,
        ):
            yield out
    if not defined:
        return
    taken = {link.span.start for link in wikilinks} | {link.span.start + 1 for link in wikilinks}
    for found in _REFERENCE.finditer(masked, body.start, body.end):
        key = " ".join((found["id"] or found["text"]).lower().split())
        if key in defined and found.start() not in taken and not found["text"].startswith("^"):
            label = text[slice(*found.span("text"))]
            link = _link(
                "reference",
                text,
                defined[key],
                Span(*found.span()),
                label,
                embed=bool(found["bang"]),
            )
            if isinstance(link, Link):
                yield link


def _autolinks(masked: str, body: Span) -> Iterator[re.Match[str]]:
    if masked.find("<", body.start) >= 0:
        yield from _AUTOLINK.finditer(masked, body.start, body.end)


def unescape_address(address: str) -> str:
    """An address without Markdown's escapes and HTML's entities."""
    return _ENTITY.sub(lambda found: unescape(found[0]), _ESCAPED.sub(r"\1", address))


def _link(
    kind: str, text: str, address: Span, span: Span, label: str, *, embed: bool
) -> Link | ExternalLink:
    """A link within the log, or an address outside of it."""
    url = unescape_address(text[address.start : address.end])
    if identifiers.get_scheme(url) or url.startswith("//"):
        return ExternalLink(url, address, embed)
    target, _, fragment = url.partition("#")
    heading = unquote(fragment) or None
    return Link(
        kind,
        unquote(target.partition("?")[0]),
        heading,
        " ".join(label.split()) or None,
        embed,
        span,
        address,
    )
