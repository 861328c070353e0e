"""The notes as the sources of the pages of a written tree, by a hook of MkDocs.

Plugins read from the source of a page when it was written, such as those of git.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.plugins import CombinedEvent, event_priority

from readinglog.site.page import Output, Page
from readinglog.site.written_tree import add_hook
from readinglog.workspace.files import write_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_LIST = "sources.json"


class _Sources(NamedTuple):
    """The folder of the notes, that of the tree, and the source of each page, by its path there."""

    notes: str
    docs: str
    pages: dict[str, str]


def name_sources(config: Path, outputs: Iterable[Output], notes: Path) -> None:
    """Write beside a written configuration where the source of each page is: its note in the folder
    `notes`, or that folder; and have MkDocs read this.
    """
    pages = {
        page.markdown_path: str(notes / page.source) for page in outputs if isinstance(page, Page)
    }
    sources = _Sources(str(notes), str(config.with_name("docs")), pages)
    write_file(config.with_name(_LIST), json.dumps(sources).encode())
    add_hook(config, Path(__file__))


def _read_sources(config: MkDocsConfig) -> _Sources:
    file = Path(config.config_file_path).with_name(_LIST)
    return _Sources(*json.loads(file.read_text(encoding="utf-8")))


@event_priority(100)
def _show_notes(config: MkDocsConfig) -> None:
    config.docs_dir = _read_sources(config).notes


@event_priority(-100)
def _show_tree(config: MkDocsConfig) -> None:
    config.docs_dir = _read_sources(config).docs


# MkDocs calls what follows. While plugins are set up, the folder is that of the notes: some ask git
# about it.
on_config = CombinedEvent(_show_notes, _show_tree)


@event_priority(100)  # before plugins ask git about the files
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Set the sources of pages."""
    pages = _read_sources(config).pages
    for file in files:
        if source := pages.get(file.src_uri):
            content = file.content_bytes  # which is in the tree
            file.content_bytes = content
            file.abs_src_path = source
