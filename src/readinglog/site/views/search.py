"""The search page, and the files of the index that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from readinglog.notebook.notebook import Notebook
from readinglog.search.language import MESSAGES
from readinglog.site.json_text import format_json
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, DataFolder, Output, Page, Site
from readinglog.site.search_tips import Example, make_examples
from readinglog.site.shared_search import get_index_files
from readinglog.site.views.rows import TagNode, make_tag_tree

if TYPE_CHECKING:
    from readinglog.search.index_writer import IndexFiles

ADDRESS = "search/"
_CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page before its script runs."""

    examples: tuple[Example, ...]
    tags: tuple[TagNode, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    script = "assets/search/page.js"
    view = partial(_make_view, notebook)
    about = translate("Search the notes by words, tags, authors and years.")
    title = translate("Search")
    yield Page(ADDRESS, title, "search.html", view, description=about, wide=True, script=script)
    yield DataFolder(ADDRESS, partial(_make_index_files, notebook))


def _make_view(notebook: Notebook) -> SearchView:
    return SearchView(make_examples(notebook), make_tag_tree(notebook))


def _make_index_files(notebook: Notebook) -> Iterator[DataFile]:
    files = get_index_files(notebook)
    for path in files:
        key = files.get_key(path)
        make_text = partial(_format_file, files, path)
        make_key = partial(str, key) if key else None
        yield DataFile(f"{path}.bin", make_text, make_key, is_packed=True)


def _format_file(files: IndexFiles, path: str) -> str:
    value = files[path]
    return format_json(_translate_messages(value) if path == _CATALOGUE else value)


def _translate_messages(catalogue: object) -> object:
    """Return the catalogue with its messages in the language in use."""
    data = cast("dict[str, object]", catalogue)
    language = cast("dict[str, object]", data["language"])
    messages = {name: [translate(part) for part in message] for name, message in MESSAGES.items()}
    return {**data, "language": {**language, "messages": messages}}
