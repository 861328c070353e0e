"""What a page says of itself in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from readinglog.citations.facts import ABSTRACT_LIMIT, clean_names, clean_text, parse_date
from readinglog.citations.work import Work
from readinglog.model import identifiers

# The types that are a work, by kind; of several on a page the first here is what the page is about.
_KINDS = {
    "scholarlyarticle": "paper",
    "blogposting": "post",
    "newsarticle": "post",
    "techarticle": "post",
    "report": "paper",
    "podcastepisode": "podcast",
    "book": "book",
    "softwaresourcecode": "code",
    "socialmediaposting": "thread",
    "discussionforumposting": "thread",
    "article": "post",
    "videoobject": "talk",
}
_NO_VENUE = frozenset({"webpage", "collectionpage", "itempage"})
_NODES = 2_000  # that are looked at
_DEPTH = 20

Node = Mapping[str, object]


def parse_linked_data(scripts: Sequence[str]) -> Work:
    """The work that the JSON-LD `scripts` of a page are about; all its facts are '' where they are about none."""
    nodes = [node for script in scripts for node in _nodes(_value(script), _DEPTH)][:_NODES]
    by_id = {
        clean_text(node.get("@id")): node
        for node in reversed(nodes)
        if len(node) > 1 and node.get("@id")
    }
    order = list(_KINDS)
    found = [(order.index(kind), node) for node in nodes if (kind := _type(node))]
    if not found:
        return Work()
    rank, node = min(found, key=lambda pair: pair[0])
    return Work(
        title=_first(clean_text(node.get("headline")), clean_text(node.get("name"))),
        authors=clean_names(_names(node.get("author") or node.get("creator"), by_id)),
        kind=_KINDS[order[rank]],
        published=_first(
            *(parse_date(node.get(name)) for name in ("datePublished", "uploadDate", "dateCreated"))
        ),
        doi=_doi(node, by_id),
        venue=_first(
            *(_venue(node.get(name), by_id) for name in ("isPartOf", "partOfSeries", "publisher"))
        ),
        abstract=_first(
            clean_text(node.get("abstract"), ABSTRACT_LIMIT),
            clean_text(node.get("description"), ABSTRACT_LIMIT),
        ),
    )


def _value(script: str) -> object:
    try:
        return json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int) -> Iterator[Node]:
    """The objects in a value that may be works: itself, those of a list, of its graph, and what a page is about."""
    if isinstance(value, list) and depth:
        for item in value[:_NODES]:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth - 1)


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    kinds = value if isinstance(value, list) else [value]
    return [clean_text(kind).rpartition("/")[2].rpartition(":")[2].lower() for kind in kinds]


def _type(node: Node) -> str:
    return next((kind for kind in _types(node) if kind in _KINDS), "")


def _followed(value: object, by_id: Mapping[str, Node]) -> object:
    """`value`, or the node that it only refers to."""
    return (
        by_id.get(clean_text(value["@id"]), value)
        if isinstance(value, dict) and "@id" in value and "name" not in value
        else value
    )


def _names(value: object, by_id: Mapping[str, Node]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        one = _followed(item, by_id)
        name = one.get("name") if isinstance(one, Mapping) else one
        given = (
            (clean_text(one.get("givenName")), clean_text(one.get("familyName")))
            if isinstance(one, Mapping)
            else ()
        )
        yield from (
            map(clean_text, name)
            if isinstance(name, list)
            else (clean_text(name) or " ".join(filter(None, given)),)
        )


def _venue(value: object, by_id: Mapping[str, Node], depth: int = 4) -> str:
    """The name of what a work is part of: of an issue's journal, of a blog, but not of the page itself."""
    one = _followed(value[0] if isinstance(value, list) and value else value, by_id)
    if not isinstance(one, Mapping) or not depth:
        return ""
    if _NO_VENUE & set(_types(one)):
        return _venue(one.get("isPartOf"), by_id, depth - 1)
    return clean_text(one.get("name")) or _venue(one.get("isPartOf"), by_id, depth - 1)


def _doi(node: Node, by_id: Mapping[str, Node]) -> str:
    told = [node.get("doi"), node.get("identifier"), node.get("sameAs"), node.get("@id")]
    for value in (item for many in told for item in (many if isinstance(many, list) else [many])):
        one = _followed(value, by_id)
        if found := identifiers.parse_doi(
            clean_text(one.get("value") if isinstance(one, Mapping) else one)
        ):
            return found
    return ""


def _first(*texts: str) -> str:
    return next(filter(None, texts), "")
