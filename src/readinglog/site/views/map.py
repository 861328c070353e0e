"""The map of the log: the works that are linked most, by time and root tag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.lane_map import LaneMap, lay_out_lanes
from readinglog.site.charts.link_map import find_most_linked
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site

_MOST = 200  # works: more cannot be told apart


@dataclass(frozen=True, slots=True)
class MapView:
    """The map, and how many works and links between notes the log has.

    `limit` is how many works the map is limited to, 0 where all are on it.
    """

    works: int
    links: int
    limit: int
    map: LaneMap


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    if site.has_map:
        yield Page(
            "graph/",
            translate("Map"),
            "map.html",
            partial(_make_view, notebook),
            description=translate("The most-linked works by year and topic."),
            wide=True,
        )


def _make_view(notebook: Notebook) -> MapView:
    works = [note for note in notebook.published if not note.is_hub]
    shown = find_most_linked(works, notebook, _MOST)
    return MapView(
        works=len(works),
        links=sum(map(len, notebook.graph.outgoing_links.values())),
        limit=_MOST if len(works) > len(shown) else 0,
        map=lay_out_lanes(shown, notebook),
    )
