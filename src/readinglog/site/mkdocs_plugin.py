"""The MkDocs plugin: checks and compiles the notes when MkDocs builds, and hands it the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import quote

from mkdocs.config import config_options
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from readinglog.model.errors import ReadinglogError, describe_os_error
from readinglog.notebook.notebook import Notebook
from readinglog.site.build import NO_SITE_URL, describe_site, log_unusable_redirects
from readinglog.site.diagnostics_log import log_diagnostics
from readinglog.site.docs_files import find_excluded, list_site_files
from readinglog.site.messages import use_language
from readinglog.site.mkdocs_build import BuildMemory, SiteBuild, start_build, start_caches
from readinglog.site.mkdocs_defaults import explain_theme
from readinglog.site.mkdocs_files import (
    drop_note_files,
    drop_unused_assets,
    list_present,
    minify_assets,
)
from readinglog.site.mkdocs_frames import MkDocsTheme
from readinglog.site.mkdocs_settings import complete_settings, has_light_script
from readinglog.site.notes_at_top import allow_notes_at_top, watch_notes_at_top
from readinglog.site.page import Site
from readinglog.site.page_cache import get_cache_folder
from readinglog.site.template_cache import open_template_cache
from readinglog.site.theme_script import find_script_classes
from readinglog.site.unrendered import render_as_written
from readinglog.workspace.folder_lock import FolderLock
from readinglog.workspace.former_site import FormerSite
from readinglog.workspace.garbage_collection import collect_seldom
from readinglog.workspace.loading import load_notebook, make_reading_options
from readinglog.workspace.notebook_cache import set_cache
from readinglog.workspace.settings import Settings, find_settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as EnginePage
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("readinglog")
_LOGGED_PATHS = 50
_CLASS_WITHOUT_SCRIPT = (
    "%s: the class `%s` does nothing without Material's script, which stays "
    "with `theme.features: [content.code.annotate]`"
)


class Options(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin in `mkdocs.yml`."""

    check = config_options.Type(bool, default=True)
    cache = config_options.Type(bool, default=True)
    # Where these say nothing, `[site]` in `readinglog.toml` decides.
    social_cards = config_options.Optional(config_options.Type(bool))
    markdown_copies = config_options.Optional(config_options.Type(bool))


class ReadinglogPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Replaces the files of `docs_dir`, which are notes, by the pages compiled from them."""

    notebook: Notebook
    settings: Settings
    build: SiteBuild
    _nav: Navigation
    theme: MkDocsTheme

    def __init__(self) -> None:
        self.memory = BuildMemory()
        self._serving = self._is_dirty = False
        self.site = Site("")
        self._notes_cache: Path | None = None
        self._lock: FolderLock | None = None
        self.writes_site = True
        self._site_files: tuple[str, ...] = ()
        self._present: frozenset[str] | None = None  # the paths that MkDocs and plugins left in

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Read the options, before MkDocs looks at where the notes are."""
        allow_notes_at_top()
        return super().load_config(options, config_file_path)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command, and whether MkDocs leaves the folder of the site as it is.

        Having this event also keeps the plugin from one build of `mkdocs serve` to the next.
        """
        self._serving = command == "serve"
        self._is_dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the theme's files and the Markdown extension, and set what is not configured."""
        if obstacle := explain_theme(config.theme.name):
            message = f"{obstacle}: set `theme: {{name: material}}` in {config.config_file_path}"
            raise PluginError(message)
        self.settings = _read_settings(config)
        # Before settings and plugins are removed.
        self.site = describe_site(config, self.settings)
        complete_settings(config, self.site, self.settings.macros)
        if not self.site.url and not self._serving:
            log.info(NO_SITE_URL)
        if self.config.cache:
            self._notes_cache = _get_cache_folder(config)
        self._site_files = tuple(list_site_files(config))  # which other plugins may rename
        return config

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., object],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Watch nothing that a build writes."""
        watch_notes_at_top(server, config)
        return server

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Wait until no other build writes to the same folder, and keep what is in it."""
        if not self.writes_site:
            return
        collect_seldom()
        cache, folder = _get_cache_folder(config), Path(config.site_dir)
        if not self._serving:
            self._lock = FolderLock(cache, folder)
            message = "another build is writing to %s: waiting until it has finished"
            self._lock.acquire(partial(log.info, message, folder))
        if not self._is_dirty:
            FormerSite(cache, folder).set_aside()

    @event_priority(-50)  # after plugins that exclude files, before those that need them all
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the notes by the compiled pages."""
        self._present = None  # MkDocs has one plugin for all builds of a process
        if self.writes_site:
            self._present = frozenset(list_present(files, serving=self._serving))
        notebook = self.load_notes(config)
        if self.writes_site and not self._serving:
            collect_seldom()  # in the processes that make pages, too
        _log_excluded(notebook)
        log_unusable_redirects(notebook, self.site)
        if self.config.check:
            log_diagnostics(notebook, self.settings, self._notes_cache)
        key = self.settings.schema.key
        start_caches(self.memory, self.site, config, key, cached=self.config.cache)
        self.notebook = notebook
        self.build = start_build(notebook, self.site, self.memory, config, serving=self._serving)
        config.nav = self.build.nav
        site_files = {*self._site_files, *list_site_files(config)}
        drop_note_files(files, Path(config.docs_dir), site_files)
        if has_light_script(config):
            _log_script_classes(notebook)
        minify_assets(files, config, self.site.language, self._notes_cache)
        drop_unused_assets(files, config)
        for file in self.build.files:
            files.append(file)
        return files

    def load_notes(self, config: MkDocsConfig, previous: Notebook | None = None) -> Notebook:
        """Return the notebook as it is now; `previous` is the one that this has last returned."""
        notes = Path(config.docs_dir)
        cache = self._notes_cache
        find_excluded = partial(self._find_excluded, config)
        notebook = load_notebook(
            notes,
            make_reading_options(self.settings, find_excluded, self._site_files),
            self.memory.parsed,
            read=self.memory.folder.read,
            cache=cache,
            previous=previous,
            keep_words=True,
        )
        if cache:
            set_cache(notebook, cache)
        return notebook

    def _find_excluded(self, config: MkDocsConfig, paths: Iterable[str]) -> frozenset[str]:
        if self._present is None:
            return find_excluded(paths, config)
        return frozenset(paths) - self._present

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Keep the navigation for the frames of pages."""
        self._nav = nav
        return nav

    def on_page_markdown(
        self,
        markdown: str,  # noqa: ARG002
        *,
        page: EnginePage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> None:
        """Have MkDocs show a text that it cannot render as it is written, and go on."""
        page.render = partial(self._render_safely, page, page.render)  # type: ignore[method-assign]

    def _render_safely(
        self,
        page: EnginePage,
        render: Callable[[MkDocsConfig, Files], None],
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        try:
            render(config, files)
        except Exception as error:  # noqa: BLE001 - one text, or one extension, takes no other page
            address = page.url or ""
            with use_language(self.site.language):
                page.content = render_as_written(address, address, page.markdown or "", error)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the templates for the frames of pages, and what is compiled of them."""
        env.bytecode_cache = env.bytecode_cache or open_template_cache()
        self.theme = MkDocsTheme(env, self._nav, files, config)
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List every page in the site map, without dates: the same notes make the same bytes."""
        if template_name == "sitemap.xml":
            root = (config.site_url or "/").rstrip("/")
            pages = (
                SimpleNamespace(
                    is_link=False, canonical_url=f"{root}/{quote(address)}", update_date=""
                )
                for address in self.build.list_addresses()
            )
            context["pages"] = [cast("File", SimpleNamespace(page=page)) for page in pages]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what MkDocs does not render to the site."""
        try:
            self.build.finish(self.theme, config)
        except OSError as error:
            path = error.filename or config.site_dir
            message = f"{path} cannot be written: {describe_os_error(error)}"
            raise PluginError(message) from error
        self._release_lock()

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Let other builds write to the folder."""
        self._release_lock()

    def _release_lock(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None


def _get_cache_folder(config: MkDocsConfig) -> Path:
    return get_cache_folder(Path(config.config_file_path))


def _read_settings(config: MkDocsConfig) -> Settings:
    """Return the settings of the log, with the folder of notes that MkDocs has."""
    notes = Path(config.docs_dir)
    try:
        return find_settings(notes)._replace(notes=notes.resolve())
    except ReadinglogError as error:
        raise PluginError(str(error)) from error


def _log_script_classes(notebook: Notebook) -> None:
    for note in notebook.notes:
        for name in find_script_classes(note.text):
            log.info(_CLASS_WITHOUT_SCRIPT, note.path, name)


def _log_excluded(notebook: Notebook) -> None:
    """Log which notes are not published as the settings exclude them."""
    excluded = [note.path for note in notebook.notes if note.path in notebook.excluded]
    if excluded:
        shown = ", ".join(excluded[:_LOGGED_PATHS])
        log.info("excluded by `exclude_docs`, `draft_docs` or a plugin: %s", shown)
