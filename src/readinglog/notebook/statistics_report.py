"""Reports of statistics: text for people, of limited length, and JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from textwrap import wrap

from readinglog.model.printable import make_printable, to_json
from readinglog.model.text import pluralize
from readinglog.notebook.statistics import FEW_LINKS, HUB_THRESHOLD, Evidence, RootTag, Statistics

_TAGS_SHOWN, _ROOTS_SHOWN, _NAMES_SHOWN = 150, 40, 30
_WIDTH = 110  # characters of a line
_NO_BREAK_SPACE = "\xa0"
_HEAD = ("tag", "works", "words: least", "median", "most", "links per work", "hub")
_GAP_NAMES = (  # in the order of `Gaps`
    f"works with fewer than {FEW_LINKS} links in the text",
    "works that no note links to",
    f"tags with {HUB_THRESHOLD} works or more, but no hub",
    "tags with one work",
    "tags without works",
    "tags without a summary",
    "tags without aliases",
)


def format_statistics(statistics: Statistics) -> str:
    """Return the statistics for people, without a final newline."""
    return "\n".join(map(make_printable, _list_lines(statistics)))


def statistics_to_json(statistics: Statistics) -> str:
    """Return the JSON that the README documents."""
    roots = [root._asdict() | {"words": root.words._asdict()} for root in statistics.roots]
    parts = {"gaps": statistics.gaps._asdict(), "evidence": statistics.evidence._asdict()}
    return to_json(statistics._asdict() | {"roots": roots, **parts})


def _list_lines(statistics: Statistics) -> Iterator[str]:
    if not statistics.works and not statistics.hubs:
        yield "the log is empty"
        return
    yield f"{pluralize(statistics.works, 'work')}, {pluralize(statistics.hubs, 'hub')}"
    yield f"kinds: {', '.join(_format_counts(statistics.kinds))}"
    yield f"links in the text: {statistics.links:,} ({statistics.links_per_note} per note)"
    yield f"relations: {', '.join(_format_counts(statistics.relations))}"
    yield from _list_evidence(statistics.evidence)
    if statistics.works_per_tag:
        tags = f"{len(statistics.works_per_tag):,} in {pluralize(statistics.levels, 'level')}"
        yield f"tags: {tags}; a count includes the subtags:"
        yield from _wrap_items(_format_counts(statistics.works_per_tag))
    if statistics.roots:
        yield ""
        yield from _format_table(statistics.roots)
    yield ""
    for gap, names in zip(_GAP_NAMES, statistics.gaps, strict=True):
        if names:
            yield f"{gap}: {len(names):,}"
            yield from _wrap_items([*names[:_NAMES_SHOWN], *_format_more(names, _NAMES_SHOWN)])
    if not any(statistics.gaps):
        yield "no gaps found"


def _list_evidence(evidence: Evidence) -> Iterator[str]:
    total = sum(evidence.claims.values())
    if total or evidence.disputes:
        claims = f"{total:,} ({', '.join(_format_counts(evidence.claims))})" if total else "none"
        results = pluralize(evidence.results, "result")
        yield f"claims: {claims}, {results}, {pluralize(evidence.disputes, 'dispute')}"
    if any(evidence.basis):
        counts = {name or "not said": number for name, number in evidence.basis.items()}
        yield f"works by what was read of them: {', '.join(_format_counts(counts))}"


def _format_counts(numbers: Mapping[str, int]) -> list[str]:
    return [
        *(f"{name} {number:,}" for name, number in islice(numbers.items(), _TAGS_SHOWN)),
        *_format_more(numbers, _TAGS_SHOWN),
    ]


def _format_more(items: Mapping[str, int] | Sequence[object], shown: int) -> list[str]:
    return [f"and {len(items) - shown:,} more"] if len(items) > shown else []


def _wrap_items(items: Sequence[str]) -> Iterator[str]:
    """Yield lines of items, without a break inside an item."""
    text = ", ".join(item.replace(" ", _NO_BREAK_SPACE) for item in items)
    for line in wrap(
        text,
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield line.replace(_NO_BREAK_SPACE, " ")


def _format_table(roots: Sequence[RootTag]) -> Iterator[str]:
    cells = (
        (r.key, f"{r.works:,}", *(f"{words:,}" for words in r.words), f"{r.links_per_work}", r.hub)
        for r in roots[:_ROOTS_SHOWN]
    )
    rows = [_HEAD, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from (_format_row(row, widths) for row in rows)
    yield from _format_more(roots, _ROOTS_SHOWN)


def _format_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return a row with texts to the left and numbers to the right."""
    first, *numbers, last = zip(cells, widths, strict=True)
    return "  ".join(
        (first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers), last[0])
    ).rstrip()
