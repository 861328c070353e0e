"""JSON-LD in a page, in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from readinglog.citations.cleaning import ABSTRACT_LIMIT, clean_names, clean_text, parse_date
from readinglog.citations.work import Work
from readinglog.model import identifiers

# The types of works, with the kind of each. If a page has several, it is about the first of these.
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
_PAGE_TYPES = frozenset({"webpage", "collectionpage", "itempage"})  # no venue of a work
_DATES = ("datePublished", "uploadDate", "dateCreated")
_VENUES = ("isPartOf", "partOfSeries", "publisher")
_NODES_LIMIT = 2_000
_DEPTH_LIMIT = 20  # of nested nodes
_VENUE_DEPTH = 4  # of an issue of a volume of a journal on a page

Node = Mapping[str, object]
NodesById = Mapping[str, Node]


def parse_linked_data(scripts: Sequence[str]) -> Work:
    """Return the work that the JSON-LD `scripts` of a page describe, an empty one if none."""
    nodes = [node for script in scripts for node in _find_nodes(_load(script), _DEPTH_LIMIT)]
    del nodes[_NODES_LIMIT:]
    works = [node for node in nodes if _find_type(node)]
    if not works:
        return Work()
    ranks = {name: rank for rank, name in enumerate(_KINDS)}
    return _parse_node(min(works, key=lambda node: ranks[_find_type(node)]), _index_by_id(nodes))


def _load(script: str) -> object:
    try:
        return json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _find_nodes(value: object, depth: int) -> Iterator[Node]:
    """Yield the nodes in a value that may be works.

    Those are itself, the items of a list or a graph, and what a page is about.
    """
    if isinstance(value, list) and depth:
        for item in value[:_NODES_LIMIT]:
            yield from _find_nodes(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _find_nodes(value.get(name), depth - 1)


def _index_by_id(nodes: Sequence[Node]) -> NodesById:
    """Return the nodes by id, but for mere references; of several with one id, the first."""
    described = (node for node in reversed(nodes) if len(node) > 1 and node.get("@id"))
    return {clean_text(node.get("@id")): node for node in described}


def _parse_node(node: Node, by_id: NodesById) -> Work:
    return Work(
        title=clean_text(node.get("headline")) or clean_text(node.get("name")),
        authors=clean_names(_parse_names(node.get("author") or node.get("creator"), by_id)),
        kind=_KINDS[_find_type(node)],
        published=next(filter(None, (parse_date(node.get(name)) for name in _DATES)), ""),
        doi=_find_doi(node, by_id),
        venue=next(filter(None, (_find_venue(node.get(name), by_id) for name in _VENUES)), ""),
        abstract=clean_text(node.get("abstract"), ABSTRACT_LIMIT)
        or clean_text(node.get("description"), ABSTRACT_LIMIT),
    )


def _list_types(node: Node) -> list[str]:
    """Return the types of a node in lower case, without their name space."""
    names = map(clean_text, _list(node.get("@type")))
    return [name.rpartition("/")[2].rpartition(":")[2].lower() for name in names]


def _find_type(node: Node) -> str:
    """Return the first type of a node that is one of works, or ""."""
    return next((name for name in _list_types(node) if name in _KINDS), "")


def _resolve(value: object, by_id: NodesById) -> object:
    """Return `value`, or the node that it refers to by its id."""
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return by_id.get(clean_text(value["@id"]), value)
    return value


def _parse_names(value: object, by_id: NodesById) -> Iterator[str]:
    """Yield the names of people, which may be texts, nodes or references, one or a list."""
    for item in _list(value):
        person = _resolve(item, by_id)
        if not isinstance(person, Mapping):
            yield clean_text(person)
            continue
        names = list(filter(None, map(clean_text, _list(person.get("name")))))
        parts = (clean_text(person.get(part)) for part in ("givenName", "familyName"))
        yield from names or [" ".join(filter(None, parts))]


def _find_venue(value: object, by_id: NodesById, depth: int = _VENUE_DEPTH) -> str:
    """Return the name of what a work is part of: a journal, a blog, but not the page itself."""
    first = value[0] if isinstance(value, list) and value else value
    venue = _resolve(first, by_id)
    if not isinstance(venue, Mapping) or not depth:
        return ""
    name = "" if _PAGE_TYPES.intersection(_list_types(venue)) else clean_text(venue.get("name"))
    return name or _find_venue(venue.get("isPartOf"), by_id, depth - 1)


def _find_doi(node: Node, by_id: NodesById) -> str:
    """Return the first DOI among the identifiers of a work, or ""."""
    for name in ("doi", "identifier", "sameAs", "@id"):
        for item in _list(node.get(name)):
            value = _resolve(item, by_id)
            text = value.get("value") if isinstance(value, Mapping) else value
            if doi := identifiers.parse_doi(clean_text(text)):
                return doi
    return ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
