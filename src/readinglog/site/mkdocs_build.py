"""One build of the site by MkDocs: files that it renders, and outputs added to its site."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from markdown import Markdown
from mkdocs.structure.files import File as EngineFile
from mkdocs.structure.files import InclusionLevel

from readinglog.notebook.notebook import Notebook
from readinglog.site.compiler import compile_site
from readinglog.site.messages import use_language
from readinglog.site.mkdocs_defaults import REDIRECTS
from readinglog.site.output_files import File, FileMaker, PageMaker, Theme, write_outputs
from readinglog.site.output_list import OutputList
from readinglog.site.page import CardImage, Output, Page, Site
from readinglog.site.page_cache import PageCache, get_cache_folder
from readinglog.site.written_tree import format_page, format_stub
from readinglog.workspace.files import write_file
from readinglog.workspace.folder_reader import FolderReader
from readinglog.workspace.former_site import FormerSite
from readinglog.workspace.loading import ParsedNotes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

MakeFiles = Callable[[Output], Iterable[File]]


@dataclass(frozen=True)
class BuildMemory:
    """What is kept from one build of a preview to the next."""

    folder: FolderReader = field(default_factory=FolderReader)
    parsed: ParsedNotes = field(default_factory=dict)
    pages: PageCache = field(default_factory=PageCache)
    pictures: PageCache = field(default_factory=PageCache)


@dataclass(frozen=True)
class SiteBuild:
    """One build: `files` for MkDocs to render, and all `outputs`, of which MkDocs may render the
    pages.
    """

    memory: BuildMemory
    site: Site
    files: tuple[EngineFile, ...]
    outputs: OutputList
    are_pages_rendered: bool
    nav: object = None

    def list_addresses(self) -> Iterator[str]:
        """Yield the addresses of all pages."""
        return (output.address for output in self.outputs if isinstance(output, Page))

    def make_maker(self, theme: Theme, config: MkDocsConfig) -> MakeFiles:
        """Return the function that makes the files of an output."""
        memory = self.memory
        pages = PageMaker(self.site, _make_converter(config), theme, memory.pages)
        others = FileMaker(Path(config.docs_dir), memory.pages, memory.pictures, self.site.language)

        def make(output: Output) -> Iterable[File]:
            return [pages.make(output)] if isinstance(output, Page) else others.make(output)

        return make

    def finish(self, theme: Theme, config: MkDocsConfig) -> None:
        """Write the outputs into the finished site, beside those of the last build that are the
        same, and pack its site map again.
        """
        folder, caches = Path(config.site_dir), (self.memory.pages, self.memory.pictures)
        outputs = tuple(self.outputs)
        if self.are_pages_rendered:
            outputs = tuple(output for output in outputs if not isinstance(output, Page))
        former = FormerSite(get_cache_folder(Path(config.config_file_path)), folder)
        former.put_back(output.path for output in outputs)
        known = former if self.memory.pages.is_in_folder else None
        # An edit leaves little to make: one process prepares and makes it, while another makes the
        # index.
        if not (known and known.has_keys):
            with use_language(self.site.language):
                _prepare_notes(outputs, quickly=known is not None)
        make = self.make_maker(theme, config)
        former.finish(write_outputs(outputs, make, folder, caches, known))
        for cache in caches:
            cache.finish()
        site_map = folder / "sitemap.xml"
        if site_map.is_file():
            packed = pack_site_map(site_map.read_bytes())
            write_file(site_map.with_name("sitemap.xml.gz"), packed)


def start_build(
    notebook: Notebook, site: Site, memory: BuildMemory, config: MkDocsConfig, *, serving: bool
) -> SiteBuild:
    """Compile `notebook`, and choose what MkDocs renders: pages in the navigation, by their titles,
    and all pages where another plugin may make something else of them.
    """
    alone = is_alone(config)
    nav = place_nav(config.nav, notebook)
    listed = set(_list_nav_paths(nav))
    files: list[EngineFile] = []
    outputs: list[Output] = []
    for output in compile_site(notebook, site):
        if isinstance(output, Page):
            if not alone:
                files.append(_make_file(output, config, format_page(output, site)))
            elif output.markdown_path in listed:  # what stands here is replaced
                files.append(_make_file(output, config, format_stub(output)))
        if not (serving and isinstance(output, CardImage)):  # nobody shares a link to a preview
            outputs.append(output)
    return SiteBuild(memory, site, tuple(files), OutputList(outputs), not alone, nav)


def is_alone(config: MkDocsConfig) -> bool:
    """Return whether no other plugin may make something else of pages."""
    return [name for name in config.plugins if name != REDIRECTS] == ["readinglog"]


def _prepare_notes(outputs: Iterable[Output], *, quickly: bool) -> None:
    """Make what the pages of notes share before processes are forked, which would each make it;
    `quickly`, also what they are described by quickly.
    """
    pages = (each for each in outputs if isinstance(each, Page) and each.template == "note.html")
    for page in pages:
        _ = page.content
        if not quickly or page.describe_quickly():
            return


def _make_file(page: Page, config: MkDocsConfig, text: str) -> EngineFile:
    inclusion = InclusionLevel.NOT_IN_NAV
    file = EngineFile.generated(config, page.markdown_path, content=text, inclusion=inclusion)
    # Where other plugins read dates from, such as those of git: the note, or all notes.
    file.abs_src_path = str(Path(config.docs_dir, page.source))
    if page.source:
        file.generated_by = None
    return file


def _make_converter(config: MkDocsConfig) -> Callable[[str], str]:
    """Return the function that makes HTML of Markdown as MkDocs is set up to."""
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    return lambda text: markdown.reset().convert(text)


def start_caches(
    memory: BuildMemory, site: Site, config: MkDocsConfig, schema_key: str, *, cached: bool
) -> None:
    """Begin a build with what is cached of earlier ones by the same schema."""
    folder = get_cache_folder(Path(config.config_file_path))
    context = repr((site, schema_key, _describe_markdown(config)))
    pages = folder / "pages" if cached else None
    memory.pages.start(pages, context, _list_extension_files(config))
    memory.pictures.start(folder / "pictures")


def _list_extension_files(config: MkDocsConfig) -> list[Path]:
    """Return the modules of the Markdown extensions, among which a user may have some."""
    markdown = Markdown()
    names = config.markdown_extensions
    extensions = (
        markdown.build_extension(name, config.mdx_configs.get(name, {})) for name in names
    )
    modules = (sys.modules[type(extension).__module__] for extension in extensions)
    return [Path(module.__file__) for module in modules if module.__file__]


def _describe_markdown(config: MkDocsConfig) -> str:
    """Return the settings that texts depend on."""
    return json.dumps(
        [config.markdown_extensions, config.mdx_configs], default=_describe_value, sort_keys=True
    )


def _describe_value(value: object) -> object:
    """Return the JSON of a setting: a mapping, or a name without its memory address."""
    if isinstance(value, Mapping):
        return dict(value)
    return re.sub(r" at 0x[0-9a-fA-F]+", "", str(value))


def place_nav(nav: object, notebook: Notebook) -> object:
    """Return a navigation in which the files of notes and pages are where they are in the site."""
    if isinstance(nav, list):
        return [place_nav(part, notebook) for part in nav]
    if isinstance(nav, dict):
        return {title: place_nav(part, notebook) for title, part in nav.items()}
    note = notebook.by_path.get(nav) if isinstance(nav, str) else None
    return f"{note.address}index.md" if note else nav


def _list_nav_paths(nav: object) -> Iterator[str]:
    """Yield the paths in the navigation."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for part in nav if isinstance(nav, list) else nav.values():
            yield from _list_nav_paths(part)


def pack_site_map(site_map: bytes) -> bytes:
    """Return the site map compressed, without the day of the build."""
    return gzip.compress(site_map, mtime=0)
