"""A compiled page as plain text: what a reader finds on it, without the elements and classes that
it is made of.

Links show their address below the site's root. An element that no page of ours has is told by its
name, so that markup which slipped in from a note stands out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import groupby
from urllib.parse import urljoin

from readinglog.site.page import Page, Site
from readinglog.site.rendering import render_page

_BLOCKS = frozenset(
    "h1 h2 h3 p ul ol dl table thead tbody tr pre div section header nav aside figure figcaption form details noscript meta script".split()
)
_AROUND = {
    "mark": ("==", "=="),
    "strong": ("**", "**"),
    "code": ("`", "`"),
    "q": ("“", "”"),
    "summary": ("▸ ", ""),
}
_PLAIN = _BLOCKS | _AROUND.keys() | {"bdi", "small", "span", "time", "th", "td"}
_FEW = 6  # marks of a picture, whose names are told


class _Element:
    def __init__(self, tag: str, given: dict[str, str]) -> None:
        self.tag, self.given = tag, given
        self.children: list[_Element | str] = []

    def within(self) -> Iterator[_Element]:
        """This element and all those in it."""
        yield self
        for child in self.children:
            yield from child.within() if isinstance(child, _Element) else ()

    def texts(self) -> Iterator[str]:
        """All text in it."""
        for child in self.children:
            if isinstance(child, _Element):
                yield from child.texts()
            else:
                yield child


class _Tree(HTMLParser):
    """The elements of a piece of HTML, each of which must be closed within the one that holds it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = _Element("", {})
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root], f"<{self._open[-1].tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in {"meta", "input", "link"}:
            self._open.append(element)

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"


def outline_page(page: Page, site: Site, part: str = "") -> str:
    """The text of a page, with rules around the note's own; or only a `part`: a field, or the
    section of that heading or label.
    """
    if not part:
        return "\n---\n".join(
            filter(
                None,
                (outline_page(page, site, name) for name in ("before", "body", "after")),
            )
        )
    if part == "body":
        return page.body
    trees = {name: _Tree(str(html)).root for name, html in render_page(page)._asdict().items()}
    elements = [element for tree in trees.values() for element in tree.within()]
    for element in elements:
        element.given |= {
            name: _below(site, page, element.given[name])
            for name in element.given.keys() & {"href", "action"}
        }
    found = trees.get(part) or next(
        (one for one in elements if one.tag in {"section", "nav"} and _name(one) == part), None
    )
    told = [
        f"{name}: {getattr(page, name)}"
        for name in ("title", "description", "feed")
        if part == "head" and getattr(page, name)
    ]
    return "\n".join([*told, *_lines(found)] if found else ["(nothing)"]).strip("\n")


def _below(site: Site, page: Page, href: str) -> str:
    """Where a link of the page leads: below the site's root, unless it leads out of it or stays on
    the page.
    """
    whole, root = urljoin(site.make_absolute(page.address), href), site.make_absolute("")
    return (
        href
        if href.startswith("#") or not whole.startswith(root)
        else f"/{whole.removeprefix(root)}"
    )


def _name(section: _Element) -> str:
    return section.given.get("aria-label") or next(
        (_words(one.children) for one in section.within() if one.tag in {"h1", "h2", "h3"}), ""
    )


def _lines(element: _Element) -> list[str]:
    """What is in `element`: the lines of each block, and one for what stands between two."""
    lines = []
    for block, run in groupby(
        element.children,
        lambda child: isinstance(child, _Element) and child.tag in _BLOCKS and child,
    ):
        lines += _block(block) if isinstance(block, _Element) else list(filter(None, [_words(run)]))
    return lines


def _block(element: _Element) -> list[str]:
    given, inner = (
        element.given,
        [child for child in element.children if isinstance(child, _Element)],
    )
    match element.tag:
        case tag if given.keys() & {"hidden", "inert"}:
            return [f"(hidden {tag})"]
        case "h1" | "h2" | "h3" as tag:
            return ["", f"{'#' * int(tag[1])} {_words(element.children)}"]
        case "ul" | "ol" as tag:
            items = [
                (f"{number}." if tag == "ol" else "-", _lines(item))
                for number, item in enumerate(inner, 1)
            ]
            return [
                f"{' ' if at else mark} {line}"
                for mark, lines in items
                for at, line in enumerate(lines)
            ]
        case "dl":
            return [
                f"{_words(term.children)}: {_words(told.children)}"
                for term, told in zip(inner[::2], inner[1::2], strict=True)
            ]
        case "tr":
            return [" | ".join(_words(cell.children) for cell in inner)]
        case "pre":
            return [f"    {line}" for line in _text(element).splitlines()]
        case "meta":
            return [f"{given.get('name') or given['property']}: {given['content']}"]
        case "script":
            return json.dumps(json.loads(_text(element)), ensure_ascii=False, indent=1).splitlines()
        case "nav" | "form" | "noscript" as tag:
            return [
                f"{given.get('aria-label') or given.get('action') or 'without scripts'}:",
                *_lines(element),
            ]
    return _lines(element)


def _words(children: Iterable[_Element | str]) -> str:
    return " ".join("".join(map(_inline, children)).split())


def _inline(child: _Element | str) -> str:
    if isinstance(child, str):
        return child
    text, given = "".join(map(_inline, child.children)), child.given
    match child.tag:
        case "a":
            rows = f" → {given['data-links']}" if "data-links" in given else ""
            return f"[{text}]({given['href']}){rows}"
        case "time" if text != given["datetime"]:
            return f"{text} ({given['datetime']})"
        case "input" if given["type"] == "checkbox":
            return "(box)"
        case "input":
            return f"(box: {given['aria-label']}, such as {given['placeholder']})"
        case "svg":
            return "" if "aria-hidden" in given else _picture(child)
        case "math":
            return "".join(child.texts())
        case tag if tag in _PLAIN:
            return text.join(_AROUND.get(tag, ("", "")))
    return f"(element {child.tag}){text}"


def _text(child: _Element | str) -> str:
    return child if isinstance(child, str) else "".join(map(_text, child.children))


def _picture(svg: _Element) -> str:
    marks = [_words(element.children) for element in svg.within() if element.tag == "title"]
    told = f"; {', '.join(marks)}" if 0 < len(marks) <= _FEW else ""
    return f"(picture: {svg.given['aria-label']}{told})"
