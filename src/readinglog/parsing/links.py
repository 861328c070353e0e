"""Links of a body: wikilinks, Markdown links and references, and addresses out of the log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from readinglog.model import identifiers
from readinglog.model.note import ExternalLink, Link
from readinglog.model.text import Span

_WIKILINK = re.compile(
    r"\[\[(?!\[)(?P<target>(?:[^\[\]|#\n\\]|\n(?![ \t]*\n)|\\(?!\|))*)"
    r"(?:\#(?P<heading>(?:[^\[\]|\n\\]|\\(?!\|))*))?"
    r"(?:\\?\|(?P<label>(?>(?:(?!\]\]|\n[ \t]*\n).){0,1000})\]?))?\]\]"
    r"(?!\[[^\[\]\n]|\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\))",
    re.DOTALL,
)
_DESTINATION = re.compile(
    r"[ \t]*+(?>(?:\n[ \t]*+)?)(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*))"
    r"(?>(?:(?:[ \t\n]++|(?<=[ \t\n]))(?:\"(?>(?:[^\"\\]|\\.)*)\"|'(?>(?:[^'\\]|\\.)*)'))?)"
    r"[ \t]*+\)"
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<id>[^\[\]\n]+)\]:[ \t]*+(?>(?:\n[ \t]*+)?)"
    r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<][^\s]*))",
    re.MULTILINE,
)
_REFERENCE = re.compile(
    r"(?<!\\)(?<!\])(?P<bang>!?)\[(?P<text>(?>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])+))\]"
    r"(?:[ ]?\[(?P<id>[^\[\]]*)\])?(?![\[(:])"
)
AUTOLINK_PATTERN = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
# As GitHub links addresses that stand in the text; what may end a sentence is no part of them.
BARE_ADDRESS_PATTERN = re.compile(
    r"(?<![\w/.@:<-])(?:https?://|www\.)[^\s<>`|\x02\x03\u3000-\u303f\uff00-\uffef]+"
)
_SENTENCE_MARKS = "?!.,:;*_~'\""
_LABEL_LIMIT = 1_000
_ENTITY = re.compile(r"&#?\w{1,31};")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class _InlineLink(NamedTuple):
    """A link as Markdown writes it, and where its label is."""

    link: Link | ExternalLink
    label: Span


def trim_bare_address(address: str) -> str:
    """Return an address that stands in the text without what may be the text's own behind it."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in _SENTENCE_MARKS:
            break
        end -= 1
    return address[:end]


def find_links(
    text: str, masked: str, body: Span
) -> tuple[tuple[Link, ...], tuple[ExternalLink, ...]]:
    """Return the links within the log and those out of it, both in order."""
    inline = list(_find_inline_links(text, masked, body))
    labels = [each.label for each in inline if masked.find("[[", *each.label) >= 0]
    wikilinks = [
        link
        for link in _find_wikilinks(text, masked, body)
        if not any(_contains(label, link.span) for label in labels)
    ]
    inside: list[Link] = list(wikilinks)
    outside: list[ExternalLink] = [
        *_find_autolinks(masked, body),
        *_find_bare_addresses(masked, body, inline, wikilinks),
    ]
    references = _find_references(text, masked, body, wikilinks)
    for found in (*(each.link for each in inline), *references):
        if isinstance(found, ExternalLink):
            outside.append(found)
        else:
            inside.append(found)
    return (
        tuple(sorted(inside, key=lambda link: link.span)),
        tuple(sorted(set(outside), key=lambda link: link.span)),
    )


def _is_escaped(text: str, at: int) -> bool:
    """Return whether an odd number of backslashes is before `at`."""
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _is_embed(text: str, at: int) -> bool:
    """Return whether a `!` before `at` makes an image or another file of a link."""
    return at > 0 and text[at - 1] == "!" and not _is_escaped(text, at - 1)


def _contains(label: Span, span: Span) -> bool:
    """Return whether `span` is in the label of a link, where no other link can be."""
    return label.start <= span.start and span.end <= label.end


def _find_wikilinks(text: str, masked: str, body: Span) -> Iterator[Link]:
    at = masked.find("[[", body.start, body.end)
    while at >= 0:
        found = _WIKILINK.match(masked, at, body.end)
        link = _to_wikilink(text, found) if found and not _is_escaped(masked, at) else None
        if found and link:
            yield link
            at = found.end()
        else:
            at += 1
        at = masked.find("[[", at, body.end)


def _to_wikilink(text: str, found: re.Match[str]) -> Link | None:
    """Return the wikilink, or None where it names neither a target nor a heading."""
    parts = {
        group: " ".join(text[slice(*found.span(group))].split())
        for group, part in found.groupdict().items()
        if part is not None
    }
    target, heading, label = (parts.get(name, "") for name in ("target", "heading", "label"))
    if not target and not heading:
        return None
    is_embed = _is_embed(text, found.start())
    span = Span(found.start() - is_embed, found.end())
    return Link("wikilink", target, heading or None, label or None, is_embed, span, span)


def _find_inline_links(text: str, masked: str, body: Span) -> Iterator[_InlineLink]:
    at = masked.find("](", body.start, body.end)
    while at >= 0:
        found = _DESTINATION.match(masked, at + 2, body.end)
        start = _find_label_start(masked, at, body.start) if found else None
        if found and start is not None:
            is_embed = _is_embed(masked, start)
            span, label = Span(start - is_embed, found.end()), Span(start + 1, at)
            written = text[slice(*label)]
            link = _to_link("markdown", text, _get_address(found), span, written, is_embed=is_embed)
            yield _InlineLink(link, label)
        at = masked.find("](", at + 2, body.end)


def _get_address(found: re.Match[str]) -> Span:
    return Span(*found.span("bare" if found["angled"] is None else "angled"))


def _find_label_start(masked: str, at: int, floor: int) -> int | None:
    """Return where the bracket that closes at `at` opens, or None."""
    depth = 0
    for index in range(at, max(floor, at - _LABEL_LIMIT) - 1, -1):
        if masked[index] in "[]" and not _is_escaped(masked, index):
            depth += 1 if masked[index] == "]" else -1
            if depth == 0:
                return index
    return None


def _find_references(
    text: str, masked: str, body: Span, wikilinks: Sequence[Link]
) -> Iterator[Link | ExternalLink]:
    """Yield the definitions that are addresses out of the log, and the uses of the others."""
    if masked.find("]:", body.start) < 0:
        return
    addresses: dict[str, Span] = {}
    for found in _DEFINITION.finditer(masked, body.start, body.end):
        address = _get_address(found)
        addresses.setdefault(_to_reference_key(found["id"]), address)
        link = _to_link("reference", text, address, Span(*found.span()), "", is_embed=False)
        if isinstance(link, ExternalLink):
            yield link
    if addresses:
        yield from _find_reference_uses(text, masked, body, addresses, wikilinks)


def _find_reference_uses(
    text: str, masked: str, body: Span, addresses: dict[str, Span], wikilinks: Sequence[Link]
) -> Iterator[Link]:
    taken = {link.span.start + offset for link in wikilinks for offset in (0, 1)}
    for found in _REFERENCE.finditer(masked, body.start, body.end):
        address = addresses.get(_to_reference_key(found["id"] or found["text"]))
        if address is None or found.start() in taken or found["text"].startswith("^"):
            continue
        label, span = text[slice(*found.span("text"))], Span(*found.span())
        is_embed = bool(found["bang"])
        link = _to_link("reference", text, address, span, label, is_embed=is_embed)
        if isinstance(link, Link):
            yield link


def _to_reference_key(written: str) -> str:
    """Return the form in which the names of references match."""
    return " ".join(written.lower().split())


def _find_autolinks(masked: str, body: Span) -> Iterator[ExternalLink]:
    if masked.find("<", body.start) >= 0:
        for found in AUTOLINK_PATTERN.finditer(masked, body.start, body.end):
            yield ExternalLink(found[1], Span(*found.span(1)))


def _find_bare_addresses(
    masked: str, body: Span, inline: Sequence[_InlineLink], wikilinks: Sequence[Link]
) -> Iterator[ExternalLink]:
    """Yield the addresses that stand in the text, outside of links and definitions."""
    if masked.find("://", body.start) < 0 and masked.find("www.", body.start) < 0:
        return
    taken = sorted(
        [
            *(link.span for link in wikilinks),
            *(Span(each.label.start, each.link.span.end) for each in inline),
            *(Span(*found.span()) for found in _DEFINITION.finditer(masked, *body)),
        ]
    )
    others = iter(taken)
    taken_end = body.start
    other = next(others, None)
    for found in BARE_ADDRESS_PATTERN.finditer(masked, *body):
        while other and other.start <= found.start():
            taken_end = max(taken_end, other.end)
            other = next(others, None)
        if found.start() >= taken_end:
            shown = trim_bare_address(found[0])
            url = f"https://{shown}" if shown.startswith("www.") else shown
            yield ExternalLink(url, Span(found.start(), found.start() + len(shown)))


def unescape_address(address: str) -> str:
    """Return an address without Markdown's escapes and HTML's entities."""
    return _ENTITY.sub(lambda found: unescape(found[0]), _ESCAPED.sub(r"\1", address))


def _to_link(
    kind: str, text: str, address: Span, span: Span, label: str, *, is_embed: bool
) -> Link | ExternalLink:
    url = unescape_address(text[address.start : address.end])
    if identifiers.get_scheme(url) or url.startswith("//"):
        return ExternalLink(url, address, is_embed)
    target, _, fragment = url.partition("#")
    path, heading = unquote(target.partition("?")[0]), unquote(fragment) or None
    shown = " ".join(label.split()) or None
    return Link(kind, path, heading, shown, is_embed, span, address)
