"""The MkDocs plugin: checks and compiles the notes when MkDocs builds, and hands it the pages."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from readinglog.adapters.build import site_of
from readinglog.adapters.load import Parsed, load
from readinglog.adapters.settings import SettingsError, find_settings
from readinglog.adapters.tree import THEME, page_text
from readinglog.check import check
from readinglog.diagnostic import Severity
from readinglog.notebook import Notebook
from readinglog.pages import Attachment, DataFile, Emitted, Page, compile_site
from readinglog.report import Report
from readinglog.report.concise import line

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page as EnginePage

log = get_plugin_logger("readinglog")
_SHOWN = 50


class Options(Config):
    """What `mkdocs.yml` may set of the plugin."""

    check = config_options.Type(bool, default=True)


class ReadinglogPlugin(BasePlugin[Options]):
    """Replaces the files of `docs_dir`, which are notes, by the pages compiled of them."""

    def __init__(self) -> None:
        self._parsed: Parsed = {}
        self._pages: dict[str, Page] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Being here keeps this object, and with it what is parsed, from one build of `mkdocs serve` to the next."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the theme's files and the Markdown extension along."""
        custom = 1 if config.theme.custom_dir else 0
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(custom, str(THEME))
        if "readinglog.markdown_ext" not in config.markdown_extensions:
            config.markdown_extensions.append("readinglog.markdown_ext")
        if "assets/readinglog.css" not in config.extra_css:
            config.extra_css.insert(0, "assets/readinglog.css")
        config.validation.links.unrecognized_links = logging.DEBUG  # links are finished addresses, and checked
        config.validation.links.absolute_links = logging.DEBUG
        config.validation.links.not_found = logging.DEBUG
        config.validation.links.anchors = logging.DEBUG
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the notes out and put the compiled pages in."""
        notes = Path(config.docs_dir)
        notebook = load(notes, self._parsed)
        if self.config.check:
            self._tell(notebook, notes)
        for file in list(files):
            if file.generated_by is None and file.abs_src_path and Path(file.abs_src_path).is_relative_to(notes):
                files.remove(file)
        for emitted in compile_site(notebook, site_of(config)):
            files.append(self._file(emitted, config))
        return files

    def _tell(self, notebook: Notebook, notes: Path) -> None:
        try:
            settings = find_settings(notes)
        except SettingsError as error:
            raise PluginError(str(error)) from error
        found = check(notebook, settings.severity)
        report = Report(found, len(notebook.notes), settings._replace(notes=notes.resolve()).prefix)
        level = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.INFO, Severity.INFO: logging.DEBUG}
        for diagnostic in found[:_SHOWN]:
            log.log(level[diagnostic.severity], "%s", line(report, diagnostic))
        if len(found) > _SHOWN:
            worst = min((level[d.severity] for d in found[_SHOWN:]), key=lambda at: -at)
            log.log(worst, "and %d more; `readinglog check` shows them", len(found) - _SHOWN)

    def _file(self, emitted: Emitted, config: MkDocsConfig) -> File:
        match emitted:
            case Page():
                file = File.generated(config, emitted.path, content=page_text(emitted))
            case DataFile():
                return File.generated(config, emitted.path, content=emitted.text)
            case Attachment():
                source = str(Path(config.docs_dir) / emitted.source)
                return File.generated(config, emitted.path, abs_src_path=source)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        return file
