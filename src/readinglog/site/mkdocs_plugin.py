"""The MkDocs plugin: checks and compiles the notes when MkDocs builds, and hands it the pages."""

from __future__ import annotations

import gzip
import json
import logging
import re
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Literal, cast

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from readinglog.lint.linter import check_notebook
from readinglog.lint.reporters import Report
from readinglog.lint.reporters.concise import format_line
from readinglog.model.diagnostic import Severity
from readinglog.notebook.notebook import Notebook
from readinglog.search.pagefind_index import Follower, IndexFailure, index_files, put_index
from readinglog.site.assets import read_asset
from readinglog.site.build import describe_site
from readinglog.site.mkdocs_defaults import NAV, SETTINGS_THAT_CALL_OUT, THEME_DEFAULTS
from readinglog.site.output_files import list_undrawn, write_outputs
from readinglog.site.page_cache import PageCache, get_cache_folder, list_files, list_package_files
from readinglog.site.social_cards import painter
from readinglog.site.views import CardImage, Output, Page, Site, compile_site
from readinglog.site.written_tree import EXTENSION, STYLES, THEME, format_page
from readinglog.workspace.files import write_file
from readinglog.workspace.loading import Parsed, load_notebook
from readinglog.workspace.settings import SettingsError, find_settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page as EnginePage
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("readinglog")
_SHOWN = 50
_LEVEL = {
    Severity.ERROR: logging.ERROR,
    Severity.WARNING: logging.INFO,
    Severity.INFO: logging.DEBUG,
}


class Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may set of the plugin."""

    check = config_options.Type(bool, default=True)
    cache = config_options.Type(bool, default=True)


class ReadinglogPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Replaces the files of `docs_dir`, which are notes, by the pages compiled of them."""

    def __init__(self) -> None:
        self._parsed: Parsed = {}
        self._cache, self._pictures = PageCache(), PageCache()
        self._due: dict[str, str] = {}  # cache keys of the pages that MkDocs renders in this build
        self._addresses: list[str] = []
        self._beside: list[Output] = []  # what is put into the site when MkDocs is done
        self._serving = False
        self._site = Site("")
        self._notebook = Notebook(())
        self._follower = Follower(log.warning)
        self._indexer = ThreadPoolExecutor(1)  # the index is made while MkDocs makes the pages
        self._index: Future[list[tuple[str, bytes]]] | None = None
        self._painting: subprocess.Popen[bytes] | None = None  # so are the pictures

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note what runs. Being here also keeps this object from one build of `mkdocs serve` to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the theme's files and the Markdown extension along, and set what is not said."""
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        if EXTENSION not in config.markdown_extensions:
            config.markdown_extensions.append(EXTENSION)
        config.extra_css[:0] = [style for style in STYLES if style not in config.extra_css]
        self._site = describe_site(config)  # while the repository's address is there
        _complete(config)
        links = (
            config.validation.links
        )  # links are finished addresses by now, and have been checked
        links.unrecognized_links = links.absolute_links = links.not_found = links.anchors = (
            logging.DEBUG
        )
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the notes out and put the compiled pages in."""
        notes = Path(config.docs_dir)
        notebook = self._notebook = load_notebook(notes, self._parsed)
        self._index = None if self._serving else self._indexer.submit(index_files, notebook)
        if self.config.check:
            _tell(notebook, notes)
        for file in list(files):
            if (
                file.generated_by is None
                and file.abs_src_path
                and Path(file.abs_src_path).is_relative_to(notes)
            ):
                files.remove(file)
        _shorten_assets(files, config)
        self._start(config)
        for emitted in compile_site(notebook, self._site):
            if isinstance(emitted, Page):
                files.append(self._page_file(emitted, config))
            elif not (
                self._serving and isinstance(emitted, CardImage)
            ):  # nobody shares a link to a preview
                self._beside.append(emitted)
        self._painting = painter.start_painting(
            list_undrawn(self._beside, self._pictures),
            get_cache_folder(Path(config.config_file_path)) / "pictures",
        )
        return files

    def _start(self, config: MkDocsConfig) -> None:
        folder = get_cache_folder(Path(config.config_file_path))
        ours = [
            Path(root)
            for root in config.theme.dirs
            if root in (config.theme.custom_dir, str(THEME))
        ]
        self._cache.start(
            None if self._serving else folder / "pages",
            _frame(config),
            [*list_package_files(), *list_files(*ours)],
        )
        self._pictures.start(folder / "pictures", "", list_package_files())
        self._due, self._addresses, self._beside = {}, [], []

    def _page_file(self, page: Page, config: MkDocsConfig) -> File:
        """A page for MkDocs to render, or, where it was made before, finished."""
        self._addresses.append(page.address)
        text = format_page(page)
        alone = list(config.plugins) == [
            "readinglog"
        ]  # another plugin may make something else of the same page
        if self.config.cache and alone and page.path not in _listed(config.nav):
            key = self._cache.key(page.address, text)
            if (made := self._cache.get(key)) is not None:
                return File.generated(config, f"{page.address}index.html", content=made)
            self._due[page.path] = key
        return File.generated(config, page.path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)

    def on_post_page(self, output: str, *, page: EnginePage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keep a page that was made."""
        if key := self._due.get(page.file.src_uri):
            self._cache.put(key, output.encode())
        return output

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Name every page in the site map, with no date: the same notes make the same bytes."""
        if template_name == "sitemap.xml":
            root = (config.site_url or "/").rstrip("/")
            pages = (
                SimpleNamespace(is_link=False, canonical_url=f"{root}/{at}", update_date="")
                for at in self._addresses
            )
            context["pages"] = [cast("File", SimpleNamespace(page=page)) for page in pages]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put in what is no page, index the words, and take the day of the build out of the packed site map."""
        site = Path(config.site_dir)
        if self._painting:
            self._painting.wait()
        write_outputs(self._beside, Path(config.docs_dir), site, self._pictures)
        self._cache.finish()
        if not self._serving:
            self._pictures.finish()
        site_map = site / "sitemap.xml"
        if site_map.is_file():
            write_file(
                site_map.with_name("sitemap.xml.gz"), gzip.compress(site_map.read_bytes(), mtime=0)
            )
        if self._index is None:
            self._follower.follow(self._notebook, site)
            return
        try:
            put_index(self._index.result(), site)
        except IndexFailure as failure:
            log.warning("%s", failure)


def _complete(config: MkDocsConfig) -> None:
    """Set what the configuration does not say, and take out what would make pages ask another host."""
    for name in SETTINGS_THAT_CALL_OUT:
        config[name] = None
    config.nav = config.nav or NAV
    config.theme["font"] = False
    for name, value in THEME_DEFAULTS.items():
        config.theme[name] = config.theme.get(name) or value


def _shorten_assets(files: Files, config: MkDocsConfig) -> None:
    """Put what is served of our scripts and styles in their place; a file of the user's own stays as it is."""
    for file in list(files):
        if file.abs_src_path and (path := Path(file.abs_src_path)).is_relative_to(THEME / "assets"):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=read_asset(path)))


def _frame(config: MkDocsConfig) -> str:
    """All that is configured, with `INHERIT` and `!ENV` followed, but for what no page depends on."""
    told = {
        key: value
        for key, value in config.items()
        if key not in ("site_dir", "strict", "dev_addr", "plugins", "theme")
    }
    return json.dumps([told, dict(config.theme), config.theme.name], default=_named)


def _named(value: object) -> object:
    """What JSON knows no form for: a part of the configuration as a mapping, a function by its name, without its address."""
    return (
        dict(value) if isinstance(value, Mapping) else re.sub(r" at 0x[0-9a-fA-F]+", "", str(value))
    )


def _listed(nav: object) -> Iterator[str]:
    """The paths that the navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for part in nav if isinstance(nav, list) else nav.values():
            yield from _listed(part)


def _tell(notebook: Notebook, notes: Path) -> None:
    """Log the diagnostics; `--strict` stops at those that are errors."""
    try:
        settings = find_settings(notes)._replace(notes=notes.resolve())
    except SettingsError as error:
        raise PluginError(str(error)) from error
    found = sorted(
        check_notebook(notebook, settings.severity),
        key=lambda diagnostic: -_LEVEL[diagnostic.severity],
    )
    report = Report(found, len(notebook.notes), settings.prefix)
    for diagnostic in found[:_SHOWN]:
        log.log(_LEVEL[diagnostic.severity], "%s", format_line(report, diagnostic))
    if len(found) > _SHOWN:
        log.log(
            _LEVEL[found[_SHOWN].severity],
            "and %d more; `readinglog check` shows them",
            len(found) - _SHOWN,
        )
