"""MkDocs set up as for a build, up to its templates: each file of the site is made when it is asked
for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import Template, TemplateNotFound

# Not public, but what a build calls: what is served has to be the same to the last byte.
from mkdocs.commands.build import _build_template
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as EnginePage

from readinglog.notebook.notebook import Notebook
from readinglog.site.build import BuildError, load_site_config
from readinglog.site.compiler import compile_site
from readinglog.site.docs_files import open_site_files
from readinglog.site.messages import use_language
from readinglog.site.mkdocs_build import (
    BuildMemory,
    MakeFiles,
    SiteBuild,
    is_alone,
    pack_site_map,
    start_build,
)
from readinglog.site.mkdocs_defaults import make_nav
from readinglog.site.mkdocs_plugin import ReadinglogPlugin
from readinglog.site.output_files import File as OutputFile
from readinglog.site.output_list import OutputList
from readinglog.site.page import Attachment, Page
from readinglog.workspace.files import is_list, is_note

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_LEFT_OUT = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
_SITE_MAP = "sitemap.xml"
_PACKED_SITE_MAP = "sitemap.xml.gz"


class MkDocsSession:
    """What a build does before it writes pages, done once, and again where the notes change it.

    Raise BuildError where the configuration cannot be read, or is for more than this plugin.
    """

    def __init__(self, config_file: Path, memory: BuildMemory, origin: str = "") -> None:
        """`origin` is where the site is served, such as `http://127.0.0.1:8000`, if not at its own
        address.
        """
        with _collect_messages() as messages:
            try:
                config = load_site_config(config_file)
            except BuildError as error:
                raise BuildError(": ".join((error.message, *messages)), error.hint) from error
        self.warnings = tuple(messages)
        self._plugin = _find_plugin(config)
        if origin:
            path = urlsplit(config.site_url or "/").path.strip("/")
            config.site_url = f"{origin}/{path}/" if path else f"{origin}/"
        self._plugin.memory = memory
        self._plugin.writes_site = False
        self._plugin.config["check"] = False  # the notes are checked apart
        config.plugins.on_startup(command="build", dirty=False)  # what a build makes is served
        self.config: MkDocsConfig = config.plugins.on_config(config)
        self._plugin.config["cache"] = False  # pages are kept in memory
        self._plugin.site = self._plugin.site._replace(on_demand=True)
        config.plugins.on_pre_build(config=config)
        with use_language(self._plugin.site.language):
            self._are_titles_fixed = config.nav == make_nav(self._plugin.site)
        self._env = config.theme.get_env()
        # Without the notes, which the plugin would remove.
        files = Files(open_site_files(config))
        set_exclusions(files, config)
        site_files = {file.src_uri for file in files}
        files.add_files_from_theme(self._env, config)
        files = config.plugins.on_files(files, config=config)
        pages = {file.src_uri for file in self._plugin.build.files}
        self._assets = [file for file in files if file.src_uri not in pages]
        self._site_files = site_files
        self._lock = Lock()  # the theme and the Markdown converter make one page at a time
        self._arrange(self._plugin.build)
        self.notebook = self._plugin.notebook
        self.site = self._offer(self._plugin.build)

    @property
    def path(self) -> str:
        """The path of the site at its host, `/` or `/log/`."""
        return urlsplit(self.config.site_url or "/").path or "/"

    def update(self) -> list[str]:
        """Read the files of the notes folder that have changed, and return their paths in order;
        none where the site stays as it was.
        """
        reader = self._plugin.memory.folder
        before = reader.stamps
        notebook = self._plugin.load_notes(self.config, self.notebook)
        now = reader.stamps
        changed = [path for path in {**before, **now} if before.get(path) != now.get(path)]
        if _is_same(notebook, self.notebook) and all(map(_is_note_file, changed)):
            return []
        with self._lock:
            self._plugin.memory.pages.finish()
        self.notebook = notebook
        self.site = self._offer(self._rebuild(notebook))
        return sorted(changed)

    def _rebuild(self, notebook: Notebook) -> SiteBuild:
        build = self._plugin.build
        if self._are_titles_fixed:  # then what is in the navigation does not depend on the notes
            return replace(build, outputs=OutputList(compile_site(notebook, build.site)))
        new = start_build(notebook, build.site, build.memory, self.config, serving=False)
        if list(map(_describe, new.files)) == list(map(_describe, build.files)):
            return new
        with self._lock:
            self._arrange(new)
        return new

    def _arrange(self, build: SiteBuild) -> None:
        """Make the navigation."""
        files = Files([*self._assets, *build.files])
        set_exclusions(files, self.config)
        nav = get_navigation(files, self.config)
        nav = self.config.plugins.on_nav(nav, config=self.config, files=files)
        for file in files.documentation_pages():
            page = file.page or EnginePage(None, file, self.config)
            page.read_source(self.config)
        self._env = self.config.plugins.on_env(self._env, config=self.config, files=files)
        self._files, self._nav = files, nav

    def _offer(self, build: SiteBuild) -> SiteOnDemand:
        self._plugin.build = build
        files = {
            file.dest_uri: file
            for file in self._files
            # MkDocs takes none of the theme at the path of a file among the notes.
            if not file.is_documentation_page()
            and file.inclusion not in _LEFT_OUT
            and (file.src_uri in self._site_files or file.src_uri not in self.notebook.files)
        }
        render = partial(self._render_template, self._files, self._nav, build)
        templates = (*self.config.theme.static_templates, *self.config.extra_templates)
        make = build.make_maker(self._plugin.theme, self.config)
        return SiteOnDemand(build.outputs, make, files, templates, render, self._lock)

    def _render_template(self, files: Files, nav: Navigation, build: SiteBuild, name: str) -> bytes:
        """Return what a template makes that is not for a page, or b'' where it makes nothing."""
        template = self._find_template(name, files)
        if template is None:
            return b""
        self._plugin.build = build  # whose pages the site map lists
        return _build_template(name, template, files, self.config, nav).encode()

    def _find_template(self, name: str, files: Files) -> Template | None:
        if name in self.config.extra_templates:
            file = files.get_file_from_path(name)
            return Template(file.content_string) if file else None
        try:
            return self._env.get_template(name)
        except TemplateNotFound:
            return None


class SiteOnDemand:
    """The site of one notebook, which makes each of its files when it is asked for it."""

    def __init__(
        self,
        outputs: OutputList,
        make_files: MakeFiles,
        theme_files: Mapping[str, File],
        templates: Sequence[str],
        render: Callable[[str], bytes],
        lock: Lock,
    ) -> None:
        self._outputs, self._make_files = outputs, make_files
        self._theme_files, self._templates, self._render = theme_files, templates, render
        self._lock = lock
        self._listed: set[str] = set()  # outputs whose files are known
        self._unmade: dict[str, OutputFile] = {}
        self._made: dict[str, bytes] = {}

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._lock.locked()

    def make(self, path: str) -> bytes | None:
        """Return what the file at `path` holds in a build, or None where there is none."""
        with self._lock:
            if path in self._made:
                return self._made[path]
            return self._make(path)

    def list_paths(self) -> Iterator[str]:
        """Yield the path of every file of the site, which makes many of them."""
        with self._lock:
            for output in self._outputs:
                yield from (file.path for file in self._make_files(output))
        yield from self._theme_files
        yield from filter(self.make, (*self._templates, _PACKED_SITE_MAP))

    def get_page(self, path: str) -> Page | None:
        """Return the page whose file is at `path`, or None where it is none."""
        with self._lock:
            found = next(self._outputs.find(path), None)
        return found if isinstance(found, Page) else None

    def _make(self, path: str) -> bytes | None:
        for output in self._outputs.find(path):
            if isinstance(output, Attachment):  # which is read again each time
                [file] = self._make_files(output)
                return file.make()
            if output.path not in self._listed:
                self._unmade |= {file.path: file for file in self._make_files(output)}
                self._listed.add(output.path)
            if path in self._unmade:
                self._made[path] = self._unmade[path].make()
                del self._unmade[path]
                return self._made[path]
        return self._make_engine_file(path)

    def _make_engine_file(self, path: str) -> bytes | None:
        if path == _PACKED_SITE_MAP:
            return pack_site_map(self._render(_SITE_MAP)) if _SITE_MAP in self._templates else None
        if path in self._templates and (data := self._render(path)).strip():
            self._made[path] = data
            return data
        file = self._theme_files.get(path)
        return file.content_bytes if file else None


def _find_plugin(config: MkDocsConfig) -> ReadinglogPlugin:
    plugin = config.plugins.get("readinglog")
    if not isinstance(plugin, ReadinglogPlugin):
        message = f"{config.config_file_path} does not use the plugin readinglog"
        raise BuildError(message, "add `plugins: [readinglog]`")
    if not is_alone(config):
        others = ", ".join(name for name in config.plugins if name != "readinglog")
        message = f"a page cannot be made alone with other plugins or hooks ({others})"
        raise BuildError(message, "use `mkdocs serve`")
    return plugin


def _is_note_file(path: str) -> bool:
    """Return whether what a file of the notes folder holds is in the notebook."""
    return is_note(path) or is_list(path)


def _is_same(new: Notebook, old: Notebook) -> bool:
    data = [
        [source and source.data for source in (book.vocabulary.source, book.removals.source)]
        for book in (new, old)
    ]
    return (
        new.notes == old.notes
        and new.files == old.files
        and new.today == old.today
        and data[0] == data[1]
    )


def _describe(file: File) -> tuple[str, str]:
    return file.src_uri, file.content_string


@contextmanager
def _collect_messages() -> Iterator[list[str]]:
    """Give a list that fills with the warnings and errors of MkDocs."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
