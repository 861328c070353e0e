"""One build of the site by MkDocs: files that it renders, and outputs added to its site."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

from readinglog.notebook.notebook import Notebook
from readinglog.site.compiler import compile_site
from readinglog.site.output_files import list_undrawn_cards, write_outputs
from readinglog.site.page import CardImage, Output, Page, Site
from readinglog.site.page_cache import PageCache, get_cache_folder, list_files, list_package_files
from readinglog.site.social_cards import painter
from readinglog.site.written_tree import THEME, format_page
from readinglog.workspace.files import write_file
from readinglog.workspace.loading import ParsedNotes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PAGE_INDEPENDENT_SETTINGS = ("site_dir", "strict", "dev_addr", "plugins", "theme")


@dataclass(frozen=True)
class BuildMemory:
    """What is kept from one build of a preview to the next."""

    parsed: ParsedNotes = field(default_factory=dict)
    pages: PageCache = field(default_factory=PageCache)
    pictures: PageCache = field(default_factory=PageCache)


@dataclass(frozen=True)
class SiteBuild:
    """One build: `files` for MkDocs, and what is still to be written when MkDocs is done.

    `cache_keys` are those of the pages that MkDocs renders, by path. The pictures are drawn
    meanwhile.
    """

    memory: BuildMemory
    files: tuple[File, ...]
    addresses: tuple[str, ...]
    cache_keys: Mapping[str, str]
    outputs: tuple[Output, ...]
    painter: subprocess.Popen[bytes] | None
    serving: bool

    def cache_page(self, path: str, html: str) -> None:
        """Cache a page that MkDocs has rendered."""
        if key := self.cache_keys.get(path):
            self.memory.pages.put(key, html.encode())

    def finish(self, notes: Path, site: Path) -> None:
        """Write the outputs into the finished site, and pack its site map again."""
        if self.painter:
            self.painter.wait()
        write_outputs(self.outputs, notes, site, self.memory.pictures)
        self.memory.pages.finish()
        _pack_site_map(site / "sitemap.xml")
        if not self.serving:
            self.memory.pictures.finish()


def start_build(
    notebook: Notebook,
    site: Site,
    memory: BuildMemory,
    config: MkDocsConfig,
    *,
    serving: bool,
    cached: bool,
) -> SiteBuild:
    """Compile `notebook` for MkDocs, and start to draw its pictures.

    Pages are taken from the cache if `cached`.
    """
    _start_caches(memory, config, serving=serving)
    files: list[File] = []
    addresses: list[str] = []
    cache_keys: dict[str, str] = {}
    outputs: list[Output] = []
    listed = set(_list_nav_paths(config.nav))
    for output in compile_site(notebook, site):
        if isinstance(output, Page):
            cache = memory.pages if cached and output.path not in listed else None
            file, key = _make_page_file(output, config, cache)
            files.append(file)
            addresses.append(output.address)
            if key:
                cache_keys[output.path] = key
        elif not (serving and isinstance(output, CardImage)):  # nobody shares a link to a preview
            outputs.append(output)
    painting = painter.start_painter(
        list_undrawn_cards(outputs, memory.pictures), _get_cache_folder(config) / "pictures"
    )
    return SiteBuild(
        memory,
        tuple(files),
        tuple(addresses),
        cache_keys,
        tuple(outputs),
        painting,
        serving,
    )


def _make_page_file(page: Page, config: MkDocsConfig, cache: PageCache | None) -> tuple[File, str]:
    """Return the file of a page: finished where `cache` has it, else for MkDocs to render.

    The second value is the key by which to cache the rendered page, or ''.
    """
    text, key = format_page(page), ""
    if cache is not None:
        key = cache.make_key(page.address, text)
        html = cache.get(key)
        if html is not None:
            return File.generated(config, f"{page.address}index.html", content=html), ""
    inclusion = InclusionLevel.NOT_IN_NAV
    return File.generated(config, page.path, content=text, inclusion=inclusion), key


def _start_caches(memory: BuildMemory, config: MkDocsConfig, *, serving: bool) -> None:
    folder = _get_cache_folder(config)
    theme_folders = [
        Path(root) for root in config.theme.dirs if root in (config.theme.custom_dir, str(THEME))
    ]
    package_files = list_package_files()
    page_files = [*package_files, *list_files(*theme_folders)]
    memory.pages.start(None if serving else folder / "pages", _describe_config(config), page_files)
    memory.pictures.start(folder / "pictures", "", package_files)


def _get_cache_folder(config: MkDocsConfig) -> Path:
    return get_cache_folder(Path(config.config_file_path))


def _describe_config(config: MkDocsConfig) -> str:
    """Return all settings that pages depend on, with `INHERIT` and `!ENV` resolved."""
    settings = {
        name: value for name, value in config.items() if name not in _PAGE_INDEPENDENT_SETTINGS
    }
    values = [settings, dict(config.theme), config.theme.name]
    return json.dumps(values, default=_describe_value)


def _describe_value(value: object) -> object:
    """Return the JSON of a setting: a mapping, or a name without its memory address."""
    if isinstance(value, Mapping):
        return dict(value)
    return re.sub(r" at 0x[0-9a-fA-F]+", "", str(value))


def _list_nav_paths(nav: object) -> Iterator[str]:
    """Yield the paths in the navigation."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for part in nav if isinstance(nav, list) else nav.values():
            yield from _list_nav_paths(part)


def _pack_site_map(site_map: Path) -> None:
    """Compress the site map again, without the day of the build."""
    if site_map.is_file():
        packed = gzip.compress(site_map.read_bytes(), mtime=0)
        write_file(site_map.with_name("sitemap.xml.gz"), packed)
