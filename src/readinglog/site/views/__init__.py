"""The pages and files of the site, one module a kind, in the order in which they are made.

To add a kind of page, write a module of the shape that `view.View` describes, and list it here.
"""

from __future__ import annotations

from readinglog.site.views import (
    authors,
    bibliography,
    claims,
    contribute,
    data,
    disputes,
    feeds,
    home,
    log,
    namesakes,
    pages,
    previews,
    redirects,
    removed,
    results,
    search,
    stats,
    tags,
    wanted,
)
from readinglog.site.views import map as graph
from readinglog.site.views import note as notes
from readinglog.site.views.view import View

VIEWS: tuple[View, ...] = (
    home,
    notes,
    namesakes,
    removed,
    log,
    tags,
    authors,
    claims,
    disputes,
    results,
    wanted,
    search,
    graph,
    stats,
    contribute,
    feeds,
    bibliography,
    data,
    redirects,
    previews,
    pages,
)
