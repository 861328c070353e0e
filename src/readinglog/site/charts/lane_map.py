"""A map of works: time runs from left to right, each tag has a lane, and names stand beside marks.

It is laid out for several widths at once. Where a mark stands across is a share of the width, so
that text keeps its size; what is free of overlaps at one width is so at every greater one, since
marks only move apart. What differs is the row of its lane in which a mark stands, on which side of
it its name stands, and whether there is room for the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.digests import NoteDigests
from readinglog.notebook.link_graph import LinkGraph
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first
from readinglog.site.addresses import make_note_address, make_tag_address
from readinglog.site.charts.labels import estimate_width, get_short_label, truncate
from readinglog.site.messages import translate

_LONGEST = 28  # letters of a name
_MARK = 20  # pixels that a mark takes with the gap to its name; half of it on the other side
_GAP = 14  # between one name and the next mark, also for a sign that a work is read
_LEAST = 24  # across: what a finger hits
_MARGIN = 16  # pixels behind the name of a period on the axis
_FEWEST = 0.04  # of all works that years have together which are not told apart
_LANES = 14
_PROMINENT = 12  # works whose names are bold
_BOLD = 1.1  # times as wide


class Width(NamedTuple):
    """A width for which the map is laid out, in pixels of a page whose text is not enlarged.

    `named` works have a name in any case; others where their lane has room for it as it is.
    `letter` stands for the width in the style sheet.
    """

    letter: str
    pixels: int
    named: int


WIDTHS = (Width("a", 264, 40), Width("b", 560, 120), Width("c", 980, 200))


class Period(NamedTuple):
    """A part of the time: the first year of its works, where it begins and how wide it is in
    percent, and the letters of the widths at which there is no room for the year.
    """

    name: str
    start: float
    extent: float
    unnamed: str


@dataclass(frozen=True, slots=True)
class LaneNode:
    """A work: where its mark stands in percent of the width, and its row at each of the widths.

    `before` has the letters of the widths at which its name stands before the mark, `unnamed` of
    those at which there is no room for it. `links` are the numbers of the nodes that it links to;
    `names` are its name and its former ones.
    """

    number: int
    title: str
    year: str
    address: str
    names: str
    position: float
    rows: tuple[int, ...]
    before: str
    unnamed: str
    is_prominent: bool
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The works of a tag, the oldest first; `address` is that of the tag, or '' where they have
    no tag in common.

    `rows` is how many rows it has at each of the widths.
    """

    name: str
    address: str
    hue: int
    rows: tuple[int, ...]
    nodes: tuple[LaneNode, ...]


@dataclass(frozen=True, slots=True)
class LaneMap:
    """Lanes above each other under one axis of time."""

    periods: tuple[Period, ...]
    lanes: tuple[Lane, ...]


class _Box(NamedTuple):
    """What a mark and its name take of a row."""

    left: float
    right: float


class _Spot(NamedTuple):
    """Where a mark stands at one of the widths."""

    row: int
    is_before: bool
    is_named: bool


def lay_out_lanes(notes: Sequence[Note], notebook: Notebook, parent: Tag | None = None) -> LaneMap:
    """Return a map of `notes`, those first that are to be named, with a lane for each child of
    `parent`, or for each root tag.
    """
    periods, positions = _lay_out_time(notes)
    numbers = {note: number for number, note in enumerate(notes)}
    lanes = tuple(
        _lay_out_lane(tag, name, members, positions, numbers, notebook)
        for tag, name, members in _sort_into_lanes(notes, notebook, parent)
    )
    return LaneMap(periods, lanes)


def describe_lanes(notes: Sequence[Note], notebook: Notebook, digests: NoteDigests) -> object:
    """Return what decides, besides the vocabulary, about the map of `notes`."""
    numbers = {note: number for number, note in enumerate(notes)}
    labels = list(map(digests.get_label, notes))
    return labels, [_list_links(note, numbers, notebook.graph) for note in notes]


def _lay_out_time(notes: Sequence[Note]) -> tuple[tuple[Period, ...], dict[Note, float]]:
    """Return the periods with their places, and the place of each note in percent.

    A period is as wide as it has works, which stand in it in their order at equal distances.
    """
    share = 100 / max(1, len(notes))
    periods: list[Period] = []
    positions: dict[Note, float] = {}
    for members in _group_by_time(notes):
        start = len(positions) * share
        positions |= {note: start + (at + 0.5) * share for at, note in enumerate(members)}
        name = members[0].published[:4] or translate("undated")
        periods.append(Period(name, start, len(members) * share, ""))
    unnamed = [_find_unnamed(periods, width) for width in WIDTHS]
    return tuple(
        period._replace(unnamed="".join(letters.get(at, "") for letters in unnamed))
        for at, period in enumerate(periods)
    ), positions


def _group_by_time(notes: Sequence[Note]) -> list[list[Note]]:
    """Return the works of each year, the oldest first; years with few are put together with
    those before, and the undated come last.
    """
    years = [
        list(group)
        for _, group in groupby(
            sorted(notes, key=oldest_first), key=lambda note: note.published[:4]
        )
    ]
    undated = years.pop() if years and not years[-1][0].published else []
    groups: list[list[Note]] = []
    for year in reversed(years):
        if groups and len(groups[-1]) < _FEWEST * len(notes):
            groups[-1] = year + groups[-1]
        else:
            groups.append(year)
    return [*groups[::-1], *([undated] if undated else [])]


def _find_unnamed(periods: Sequence[Period], width: Width) -> dict[int, str]:
    """Return the periods that have no room for their name: the newest choose first."""
    unnamed: dict[int, str] = {}
    last = float(width.pixels)
    for at in reversed(range(len(periods))):
        place = periods[at].start * width.pixels / 100
        if last - place < estimate_width(periods[at].name) + _MARGIN:
            unnamed[at] = width.letter
        else:
            last = place
    return unnamed


def _sort_into_lanes(
    notes: Sequence[Note], notebook: Notebook, parent: Tag | None
) -> list[tuple[Tag | None, str, list[Note]]]:
    """Return the lanes in the order of the vocabulary; those that are too many share the last."""
    found: dict[Tag | None, list[Note]] = defaultdict(list)
    for note in notes:
        found[_find_lane(note, notebook, parent)].append(note)
    tags = [tag for tag in (parent, *notebook.vocabulary.list_children(parent)) if tag in found]
    kept = set(sorted(filter(None, tags), key=lambda tag: -len(found[tag]))[:_LANES])
    others = [note for note in notes if _find_lane(note, notebook, parent) not in kept]
    lanes: list[tuple[Tag | None, str, list[Note]]] = [
        (tag, tag.name, found[tag]) for tag in tags if tag in kept and tag is not None
    ]
    if others:
        lanes.append((None, translate("Other topics") if lanes else translate("Works"), others))
    return lanes


def _find_lane(note: Note, notebook: Notebook, parent: Tag | None) -> Tag | None:
    """Return the tag right below `parent`, or the root tag, of the first tag that has one."""
    for tag in notebook.tags.get_tags(note):
        path = notebook.vocabulary.get_path(tag)
        if parent is None:
            return path[0]
        if parent in path:
            return path[path.index(parent) :][:2][-1]
    return parent


def _lay_out_lane(
    tag: Tag | None,
    name: str,
    notes: Sequence[Note],
    positions: dict[Note, float],
    numbers: dict[Note, int],
    notebook: Notebook,
) -> Lane:
    """Return a lane with `notes`, which are in the order in which they choose their places."""
    labels = {note: truncate(get_short_label(note, notebook.macros), _LONGEST) for note in notes}
    spots = [_place_marks(notes, labels, positions, numbers, width) for width in WIDTHS]
    nodes = [
        LaneNode(
            number=numbers[note],
            title=labels[note],
            year=note.published[:4],
            address=make_note_address(note),
            names=notebook.publication.join_names(note),
            position=positions[note],
            rows=tuple(placed[note].row for placed in spots),
            before=_join_letters(
                placed[note].is_before and placed[note].is_named for placed in spots
            ),
            unnamed=_join_letters(not placed[note].is_named for placed in spots),
            is_prominent=_is_prominent(note, numbers),
            links=_list_links(note, numbers, notebook.graph),
        )
        for note in sorted(notes, key=lambda note: positions[note])
    ]
    return Lane(
        name=name,
        address=make_tag_address(tag, notebook.vocabulary) if tag else "",
        hue=notebook.vocabulary.get_hue(tag) if tag else 0,
        rows=tuple(1 + max(spot.row for spot in placed.values()) for placed in spots),
        nodes=tuple(nodes),
    )


def _join_letters(chosen: Iterable[bool]) -> str:
    return "".join(width.letter for width, one in zip(WIDTHS, chosen, strict=True) if one)


def _is_prominent(note: Note, numbers: dict[Note, int]) -> bool:
    """Return whether a note is among the first; of few, a third is."""
    return numbers[note] < min(_PROMINENT, len(numbers) // 3)


def _list_links(note: Note, numbers: dict[Note, int], graph: LinkGraph) -> tuple[int, ...]:
    return tuple(numbers[other] for other in graph.outgoing_links[note] if other in numbers)


def _place_marks(
    notes: Sequence[Note],
    labels: dict[Note, str],
    positions: dict[Note, float],
    numbers: dict[Note, int],
    width: Width,
) -> dict[Note, _Spot]:
    """Return the places of marks at one width, each in the first row that has room."""
    rows: list[dict[Note, _Box]] = []
    spots: dict[Note, _Spot] = {}
    named: dict[Note, _Box] = {}
    for note in notes:
        place = positions[note] * width.pixels / 100
        bold = _BOLD if _is_prominent(note, numbers) else 1
        name = min(bold * estimate_width(labels[note]), width.pixels / 2 - _MARK)
        is_before = place + _MARK + name > width.pixels
        named[note] = _spread(place, max(_LEAST - _MARK / 2, _MARK + name), is_before=is_before)
        row = _find_row(named[note], rows)
        is_named = row < len(rows) or numbers[note] < width.named
        box = named[note] if is_named else _spread(place, _LEAST - _MARK / 2, is_before=False)
        if not is_named:
            row = _find_row(box, rows)
        if row == len(rows):
            rows.append({})
        rows[row][note] = box
        spots[note] = _Spot(row, is_before, is_named)
    for note, spot in spots.items():
        others = {other: box for other, box in rows[spot.row].items() if other is not note}
        if not spot.is_named and _has_room(named[note], others.values()):
            rows[spot.row][note] = named[note]
            spots[note] = spot._replace(is_named=True)
    return spots


def _spread(place: float, extent: float, *, is_before: bool) -> _Box:
    """Return what a mark and its name take of a row."""
    if is_before:
        return _Box(place - extent - _GAP, place + _MARK / 2)
    return _Box(place - _MARK / 2, place + extent + _GAP)


def _find_row(box: _Box, rows: Sequence[dict[Note, _Box]]) -> int:
    """Return the first row in which nothing stands where the box would; perhaps a new one."""
    return next((at for at, row in enumerate(rows) if _has_room(box, row.values())), len(rows))


def _has_room(box: _Box, others: Iterable[_Box]) -> bool:
    return all(box.right <= other.left or other.right <= box.left for other in others)
