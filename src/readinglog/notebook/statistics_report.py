"""A census for people, with an end however large the log is, and for programs, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from textwrap import wrap

from readinglog.model.printable import make_printable, to_json
from readinglog.model.text import pluralize
from readinglog.notebook.statistics import FEW_LINKS, HUB_AT, RootTag, Statistics

_TAGS, _ROOTS, _NAMES = 150, 40, 30  # that are shown of each
_WIDTH = 110  # of a line
_FIRM = "\xa0"  # a space at which no line ends
_HEAD = ("tag", "works", "words: least", "median", "most", "links a work", "hub")
_LACKS = (  # in the order of `Thin`
    f"works with fewer than {FEW_LINKS} links in the text",
    "works that nothing leads to",
    f"tags of {HUB_AT} works or more without a hub",
    "tags of one work",
    "tags of none",
    "tags without a summary",
    "tags without aliases",
)


def format_statistics(census: Statistics) -> str:
    """The census for people, without a line end."""
    return "\n".join(map(make_printable, _lines(census)))


def statistics_to_json(census: Statistics) -> str:
    """The shape that the README promises."""
    roots = [root._asdict() | {"words": root.words._asdict()} for root in census.roots]
    return to_json(census._asdict() | {"roots": roots, "thin": census.thin._asdict()})


def _lines(census: Statistics) -> Iterator[str]:
    if not census.works and not census.hubs:
        yield "nothing is logged yet"
        return
    yield f"{pluralize(census.works, 'work')}, {pluralize(census.hubs, 'hub')}"
    yield f"kinds: {', '.join(_numbers(census.kinds))}"
    yield f"links in texts: {census.links:,}, {census.links_a_note} a note"
    yield f"relations: {', '.join(_numbers(census.relations))}"
    if census.works_a_tag:
        yield f"tags: {len(census.works_a_tag):,} in {pluralize(census.levels, 'level')}, with the works of their sub-tags:"
        yield from _wrapped(_numbers(census.works_a_tag))
    if census.roots:
        yield ""
        yield from _table(census.roots)
    yield ""
    for lack, names in zip(_LACKS, census.thin, strict=True):
        if names:
            yield f"{lack}: {len(names):,}"
            yield from _wrapped([*names[:_NAMES], *_rest(names, _NAMES)])
    if not any(census.thin):
        yield "nothing is thin"


def _numbers(numbers: Mapping[str, int]) -> list[str]:
    return [
        *(f"{name} {number:,}" for name, number in islice(numbers.items(), _TAGS)),
        *_rest(numbers, _TAGS),
    ]


def _rest(items: Mapping[str, int] | Sequence[object], shown: int) -> list[str]:
    return [f"and {len(items) - shown:,} more"] if len(items) > shown else []


def _wrapped(items: Sequence[str]) -> Iterator[str]:
    """Lines of items, none of which is broken."""
    text = ", ".join(item.replace(" ", _FIRM) for item in items)
    for line in wrap(
        text,
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield line.replace(_FIRM, " ")


def _table(roots: Sequence[RootTag]) -> Iterator[str]:
    cells = (
        (r.key, f"{r.works:,}", *(f"{words:,}" for words in r.words), f"{r.links_a_work}", r.hub)
        for r in roots[:_ROOTS]
    )
    rows = [_HEAD, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from (_row(row, widths) for row in rows)
    yield from _rest(roots, _ROOTS)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    first, *numbers, last = zip(cells, widths, strict=True)
    return "  ".join(
        (first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers), last[0])
    ).rstrip()
