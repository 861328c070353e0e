"""The map of the log: a picture of the notes that are linked most, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address
from readinglog.site.charts.link_map import LinkMap, find_most_linked, lay_out_map
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.rows import NoteLink, TagLink, make_tag_link

_MOST = 200  # notes in the picture: more cannot be told apart
_FEW = 4  # root tags whose lists all stand unfolded


@dataclass(frozen=True, slots=True)
class MapRow:
    """A note in the list, with those of the picture that it links to, under their short titles."""

    title: str
    address: str
    links: tuple[NoteLink, ...]


@dataclass(frozen=True, slots=True)
class MapGroup:
    """The notes of a root tag; its list stands unfolded if it `is_open`."""

    name: str
    rows: tuple[MapRow, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """The map, its legend and its list, and how many notes and links the log has.

    `limit` is how many notes the map is limited to, 0 where all that are linked are on it.
    """

    notes: int
    links: int
    limit: int
    tags: tuple[TagLink, ...]
    map: LinkMap
    groups: tuple[MapGroup, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if site.has_map:
        yield Page("graph/", translate("Map"), "map.html", partial(_make_view, notebook), wide=True)


def _make_view(notebook: Notebook) -> MapView:
    graph = notebook.graph
    linked = [
        note
        for note in notebook.published
        if graph.outgoing_links[note] or graph.incoming_links[note]
    ]
    shown = find_most_linked(linked, notebook, _MOST)
    return MapView(
        notes=len(notebook.published),
        links=sum(map(len, graph.outgoing_links.values())),
        limit=_MOST if len(linked) > len(shown) else 0,
        tags=tuple(
            make_tag_link(tag, notebook)
            for tag in notebook.vocabulary.list_children(None)
            if notebook.vocabulary.get_hue(tag) and tag.key in notebook.tags.notes
        ),
        map=lay_out_map(shown, notebook, 1000, 760),
        groups=_group_by_root_tag(shown, notebook),
    )


def _group_by_root_tag(notes: Sequence[Note], notebook: Notebook) -> tuple[MapGroup, ...]:
    """Return the notes of the picture by root tag; of many only the first is unfolded."""
    by_root: dict[Tag | None, list[Note]] = {
        tag: [] for tag in (*notebook.vocabulary.list_children(None), None)
    }
    for note in notes:
        tags = notebook.tags.get_tags(note)
        by_root[notebook.vocabulary.get_path(tags[0])[0] if tags else None].append(note)
    groups = [
        (root.name if root else translate("No tag"), group)
        for root, group in by_root.items()
        if group
    ]
    inside = set(notes)
    return tuple(
        MapGroup(
            name,
            tuple(_make_row(note, inside, notebook) for note in group),
            is_open=number == 0 or len(groups) <= _FEW,
        )
        for number, (name, group) in enumerate(groups)
    )


def _make_row(note: Note, inside: set[Note], notebook: Notebook) -> MapRow:
    """Return a note of the picture with the notes `inside` it that it links to."""
    links = (
        NoteLink(other.short_name, make_note_address(other))
        for other in notebook.graph.outgoing_links[note]
        if other in inside
    )
    return MapRow(note.title, make_note_address(note), tuple(links))
