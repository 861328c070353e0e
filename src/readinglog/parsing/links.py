"""Links of a body: wikilinks, Markdown links, references and HTML, and addresses out of the log."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from readinglog.model import identifiers
from readinglog.model.note import ExternalLink, Link, Region
from readinglog.model.text import Span, blank_out
from readinglog.parsing.block_tree import REGION_KINDS, Block
from readinglog.parsing.definitions import find_definitions, make_reference_key
from readinglog.parsing.html_tags import find_attributes, find_tags

_WIKILINK = re.compile(
    r"\[\[(?!\[)(?P<target>(?:[^\[\]|#\n\\]|\\(?!\|))*)"
    r"(?:\#(?P<heading>(?:[^\[\]|\n\\]|\\(?!\|))*))?"
    r"(?:\\?\|(?P<label>(?>(?:\[[^\[\]\n]{0,200}+\]|(?!\]\]|\[\[)[^\n]){0,1000})))?\]\]"
    r"(?!\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\))"
)
_NAME_BEHIND = re.compile(r"\[([^\[\]\n]+)\]")
_DESTINATION = re.compile(
    r"[ \t]*+(?>(?:\n[ \t]*+)?)(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*))"
    r"(?>(?:(?:[ \t\n]++|(?<=[ \t\n]))(?:\"(?>(?:[^\"\\]|\\.)*)\"|'(?>(?:[^'\\]|\\.)*)'))?)"
    r"[ \t]*+\)"
)
# With spaces in it, or a size behind it, as `( my pic.png "title" =300x200)`.
_LOOSE_DESTINATION = re.compile(r"((?>(?:[^\n()\\]|\\.|\([^\n()]*+\))+))\)")
_SIZE_BEHIND = re.compile(r"(?<![ \t])[ \t]++=(?P<width>\d{0,5})(?:x(?P<height>\d{0,5}))?[ \t]*\Z")
_TITLE_BEHIND = re.compile(r"(?<![ \t])[ \t]++(?:\"[^\"]*\"|'[^']*')[ \t]*\Z")
_FILE_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_REFERENCE = re.compile(
    r"(?<!\\)(?P<bang>!?)\[(?P<text>(?>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])+))\]"
    r"(?:\[(?P<id>[^\[\]]*)\]|(?![\[(]))"
)
AUTOLINK_PATTERN = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
# As GitHub links addresses that stand in the text; what may end a sentence is no part of them.
# Each way to begin has its first letter first, which the search for it is quick by.
BARE_ADDRESS_PATTERN = re.compile(
    r"(?:h(?<![\w/.@:<-]h)ttps?://|w(?<![\w/.@:<-]w)ww\.)"
    r"[^\s<>`|\x02\x03\u3000-\u303f\uff00-\uffef]+"
)
_SENTENCE_MARKS = "?!.,:;*_~'\""
_LABEL_LIMIT = 1_000
_LINKING_ATTRIBUTES = {"a": "href", "img": "src", "audio": "src", "video": "src", "source": "src"}
_ENTITY = re.compile(r"&#?\w{1,31};")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class _InlineLink(NamedTuple):
    """A link as Markdown writes it, where its label is, and where it ends."""

    link: Link | ExternalLink
    label: Span
    end: int


class Destination(NamedTuple):
    """The address of a link, and where the link ends."""

    address: Span
    end: int


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


def is_path_with_spaces(address: str) -> bool:
    """Return whether an address with spaces that nothing brackets is a path, not some words.

    Markdown asks for `<…>` or `%20`, but many write `![curve](my curve.png)`.
    """
    path = re.split("[#?]", address, maxsplit=1)[0]
    return not set(address) & set('<>"\n') and _FILE_SUFFIX.search(path) is not None


def split_size(address: str) -> tuple[str, dict[str, str]]:
    """Return an address without the size behind it, and width and height, '' where not given."""
    found = _SIZE_BEHIND.search(address)
    if found is None:
        return address, {}
    return address[: found.start()], found.groupdict(default="")


def find_links(
    text: str, masked: str, document: Block, regions: Iterable[Region] = ()
) -> tuple[tuple[Link, ...], tuple[ExternalLink, ...]]:
    """Return the links within the log and those out of it, both in order.

    `regions` has the HTML, which is blanked out in `masked`.
    """
    definitions = [found for _, found in find_definitions(text, masked, document)]
    addresses = {found.key: found.address for found in reversed(definitions)}
    found: list[Link | ExternalLink] = [
        link
        for each in definitions
        if isinstance(
            link := _to_link("reference", text, each.address, each.span, ""), ExternalLink
        )
    ]
    masked = blank_out(masked, [each.span for each in definitions])
    for part in _list_parts(document):
        if _may_link(masked, part):
            found += _find_in_part(text, masked, part, addresses)
    found += _find_html_links(text, regions)
    inside = (link for link in found if isinstance(link, Link))
    outside = {link for link in found if isinstance(link, ExternalLink)}
    return (
        tuple(sorted(inside, key=lambda link: link.span)),
        tuple(sorted(outside, key=lambda link: link.span)),
    )


def _list_parts(document: Block) -> Iterator[Span]:
    """Yield the parts of a document over whose ends no link reaches."""
    for block in document.walk():
        if block.rows and block.kind not in REGION_KINDS:
            if block.kind == "table":
                yield from (Span(row.start, row.end) for row in block.rows)
            else:
                yield Span(block.rows[0].start, block.rows[-1].end)


def _may_link(masked: str, part: Span) -> bool:
    """Return whether something in a part may begin a link."""
    return (
        masked.find("[", *part) >= 0
        or masked.find("<", *part) >= 0
        or masked.find("://", *part) >= 0
        or masked.find("www.", *part) >= 0
    )


def _find_in_part(
    text: str, masked: str, part: Span, addresses: Mapping[str, Span]
) -> Iterator[Link | ExternalLink]:
    """Yield the links in a part; `addresses` are those that references mean."""
    inline = list(_find_inline_links(text, masked, part))
    autolinks = list(_find_autolinks(masked, part))
    bare = list(_find_bare_addresses(masked, part, inline))
    closed = _list_closed(masked, part, inline, [*autolinks, *bare])
    wikilinks = list(_find_wikilinks(text, masked, part, closed, addresses))
    references = list(_find_references(text, masked, part, addresses, wikilinks))
    yield from autolinks
    yield from wikilinks
    yield from references
    yield from (each.link for each in inline)
    yield from _cut_at_references(_leave_out_covered(bare, wikilinks), references)


def _list_closed(
    masked: str, part: Span, inline: Sequence[_InlineLink], addresses: Sequence[ExternalLink]
) -> list[Span]:
    """Return the parts of other links and of addresses in which no wikilink can be."""
    if masked.find("[[", *part) < 0:
        return []
    labels = (each.label for each in inline)
    destinations = (Span(each.label.end, each.end) for each in inline)
    return sorted((*labels, *destinations, *(address.span for address in addresses)))


def _leave_out_covered(
    addresses: Sequence[ExternalLink], wikilinks: Sequence[Link]
) -> Iterator[ExternalLink]:
    """Yield the addresses that are in no wikilink."""
    others = iter(wikilinks)
    other = next(others, None)
    for address in addresses:
        while other and other.span.end <= address.span.start:
            other = next(others, None)
        if other is None or address.span.start < other.span.start:
            yield address


def _cut_at_references(
    addresses: Iterable[ExternalLink], references: Iterable[Link | ExternalLink]
) -> Iterator[ExternalLink]:
    """Yield the addresses, each up to where a reference begins in it: that is a link of its own."""
    starts = sorted(link.span.start for link in references if isinstance(link, Link))
    for address in addresses:
        start, end = address.span
        at = bisect_right(starts, start)
        if at < len(starts) and starts[at] < end:
            length = starts[at] - start
            yield ExternalLink(address.url[:length], Span(start, starts[at]))
        else:
            yield address


def _is_escaped(text: str, at: int) -> bool:
    """Return whether an odd number of backslashes is before `at`."""
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _is_embed(text: str, at: int) -> bool:
    """Return whether a `!` before `at` makes an image or another file of a link."""
    return at > 0 and text[at - 1] == "!" and not _is_escaped(text, at - 1)


def _find_wikilinks(
    text: str, masked: str, body: Span, closed: Sequence[Span], addresses: Mapping[str, Span]
) -> Iterator[Link]:
    """Yield the wikilinks outside of the `closed` parts; of two that overlap, the first counts.

    With the name of a reference behind, the brackets are its label: `[[1]][smith]`.
    """
    parts = iter(closed)
    part = next(parts, None)
    done = closed_end = body.start
    at = masked.find("[[", body.start, body.end)
    while at >= 0:
        while part and part.start <= at:
            if part.start >= done:
                closed_end = max(closed_end, part.end)
            part = next(parts, None)
        found = _WIKILINK.match(masked, at, body.end) if at >= closed_end else None
        if found and (name := _NAME_BEHIND.match(masked, found.end(), body.end)):
            found = None if make_reference_key(name[1]) in addresses else found
        link = _to_wikilink(text, found) if found and not _is_escaped(masked, at) else None
        if found and link:
            yield link
            done = at = found.end()
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
    target, heading, label = (parts.get(name) for name in ("target", "heading", "label"))
    if not target and not heading:
        return None
    is_embed = _is_embed(text, found.start())
    span = Span(found.start() - is_embed, found.end())
    return Link("wikilink", target or "", heading, label or None, is_embed, span, span)


def _find_inline_links(text: str, masked: str, body: Span) -> Iterator[_InlineLink]:
    at = masked.find("](", body.start, body.end)
    while at >= 0:
        found = find_destination(masked, at + 2, body.end)
        start = _find_label_start(masked, at, body.start) if found else None
        if found and start is not None:
            is_embed = _is_embed(masked, start)
            span, label = Span(start - is_embed, found.end), Span(start + 1, at)
            written = text[slice(*label)]
            link = _to_link("markdown", text, found.address, span, written, is_embed=is_embed)
            yield _InlineLink(link, label, found.end)
        at = masked.find("](", at + 2, body.end)


def find_destination(masked: str, at: int, end: int) -> Destination | None:
    """Return what is between the parentheses that open before `at`, or None."""
    if found := _DESTINATION.match(masked, at, end):
        return Destination(_get_address(found), found.end())
    loose = _LOOSE_DESTINATION.match(masked, at, end)
    if loose is None:
        return None
    inner = loose[1]
    for behind in (_SIZE_BEHIND, _TITLE_BEHIND, _SIZE_BEHIND):
        if ending := behind.search(inner):
            inner = inner[: ending.start()]
    address = inner.strip(" \t")
    start = at + len(inner) - len(inner.lstrip(" \t"))
    if address.startswith("<") and address.find(">") == len(address) - 1:
        return Destination(Span(start + 1, start + len(address) - 1), loose.end())
    if not address or ((" " in address or "\t" in address) and not is_path_with_spaces(address)):
        return None
    return Destination(Span(start, start + len(address)), loose.end())


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
    text: str,
    masked: str,
    body: Span,
    addresses: Mapping[str, Span],
    wikilinks: Sequence[Link],
) -> Iterator[Link]:
    """Yield the uses of references to what is in the log."""
    if not addresses:
        return
    taken = {link.span.start + offset for link in wikilinks for offset in (0, 1)}
    found = _REFERENCE.search(masked, body.start, body.end)
    while found:
        use = _resolve_reference(found, addresses, taken)
        if use:
            label, span = text[slice(*found.span("text"))], Span(found.start(), use.end)
            is_embed = bool(found["bang"])
            link = _to_link("reference", text, use.address, span, label, is_embed=is_embed)
            if isinstance(link, Link):
                yield link
        end = use.end if use else found.end("text") + 1
        found = _REFERENCE.search(masked, end, body.end)


def _resolve_reference(
    found: re.Match[str], addresses: Mapping[str, Span], taken: set[int]
) -> Destination | None:
    """Return the address that brackets refer to, and where the link ends, or None."""
    if found.start() in taken or found["text"].startswith("^"):
        return None
    address = addresses.get(make_reference_key(found["id"] or found["text"]))
    if address:
        return Destination(address, found.end())
    # `[text][^1]`: what is behind belongs to itself
    address = addresses.get(make_reference_key(found["text"])) if found["id"] else None
    return Destination(address, found.end("text") + 1) if address else None


def _find_autolinks(masked: str, body: Span) -> Iterator[ExternalLink]:
    if masked.find("<", *body) >= 0:
        for found in AUTOLINK_PATTERN.finditer(masked, body.start, body.end):
            yield ExternalLink(found[1], Span(*found.span(1)))


def _find_bare_addresses(
    masked: str, body: Span, inline: Sequence[_InlineLink]
) -> Iterator[ExternalLink]:
    """Yield the addresses that stand in the text, outside of links."""
    if masked.find("://", *body) < 0 and masked.find("www.", *body) < 0:
        return
    taken = sorted(Span(each.label.start - 1, each.end) for each in inline)
    others = iter(taken)
    taken_end = body.start
    other = next(others, None)
    found = BARE_ADDRESS_PATTERN.search(masked, *body)
    while found:
        start = found.start()
        while other and other.start <= start:
            taken_end = max(taken_end, other.end)
            other = next(others, None)
        if start < taken_end:
            end = taken_end
        else:
            shown = trim_bare_address(found[0][: other.start - start] if other else found[0])
            url = f"https://{shown}" if shown.startswith("www.") else shown
            end = start + len(shown)
            yield ExternalLink(url, Span(start, end))
        found = BARE_ADDRESS_PATTERN.search(masked, max(end, start + 1), body.end)


def _find_html_links(text: str, regions: Iterable[Region]) -> Iterator[Link | ExternalLink]:
    """Yield the links and images of the HTML of a note."""
    for region in regions:
        if region.kind == "html":
            for tag in find_tags(text, region.start, region.end):
                yield from _find_tag_links(text, tag)


def _find_tag_links(text: str, tag: re.Match[str]) -> Iterator[Link | ExternalLink]:
    name = tag[1].lower()
    wanted = _LINKING_ATTRIBUTES.get(name)
    if wanted is None:
        return
    for attribute in find_attributes(text, tag):
        if attribute.name != wanted:
            continue
        url = unescape(text[slice(*attribute.value)]).strip()
        is_embed = name != "a"
        if (scheme := identifiers.get_scheme(url)) or url.startswith("//"):
            is_safe = scheme in identifiers.SAFE_SCHEMES or not scheme
            if is_safe and name in ("a", "img"):  # others are HTML that is unsafe
                yield ExternalLink(url, attribute.value, is_embed)
        else:
            yield _make_link("html", url, attribute.span, attribute.value, "", is_embed=is_embed)


def unescape_address(address: str) -> str:
    """Return an address without Markdown's escapes and HTML's entities."""
    return _ENTITY.sub(lambda found: unescape(found[0]), _ESCAPED.sub(r"\1", address))


def _to_link(
    kind: str, text: str, address: Span, span: Span, label: str, *, is_embed: bool = False
) -> Link | ExternalLink:
    url = unescape_address(text[address.start : address.end])
    if identifiers.get_scheme(url) or url.startswith("//"):
        return ExternalLink(url, address, is_embed)
    return _make_link(kind, url, span, address, label, is_embed=is_embed)


def _make_link(
    kind: str, url: str, span: Span, address: Span, label: str, *, is_embed: bool
) -> Link:
    """Return a link within the log; one to `#` has the heading ''."""
    target, mark, fragment = url.partition("#")
    path, heading = unquote(target.partition("?")[0]), unquote(fragment) if mark else None
    shown = " ".join(label.split()) or None
    return Link(kind, path, heading, shown, is_embed, span, address)
