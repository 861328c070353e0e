"""Building a site without the plugin: the compiled tree is written, and an engine runs on it."""

from __future__ import annotations

import importlib.util
import logging
import shutil
import subprocess
import sys
from functools import partial
from inspect import cleandoc
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from readinglog.lint.rules import RULES
from readinglog.model.errors import ReadinglogError
from readinglog.model.printable import make_printable
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.latex.macros import read_macros
from readinglog.site.compiler import compile_site
from readinglog.site.docs_files import find_excluded, open_site_files
from readinglog.site.messages import ENGLISH
from readinglog.site.mkdocs_defaults import (
    PLUGINS_WITHOUT_EFFECT,
    REDIRECTS,
    explain_theme,
    list_settings_without_effect,
)
from readinglog.site.output_files import FileMaker, write_outputs
from readinglog.site.page import Page, RuleManual, Site
from readinglog.site.page_cache import PageCache, get_cache_folder
from readinglog.site.tree_sources import name_sources
from readinglog.site.views.redirects import list_unusable_redirects
from readinglog.site.written_tree import place_paths, write_tree
from readinglog.workspace.files import is_hidden_in, replace_folder, write_file
from readinglog.workspace.forge import (
    find_repository,
    make_edit_pattern,
    make_new_pattern,
    make_report_pattern,
)
from readinglog.workspace.loading import load_notebook, make_reading_options
from readinglog.workspace.notebook_cache import set_cache
from readinglog.workspace.settings import Settings, find_settings

_MKDOCS_EDIT_URIS = (
    "edit/master/docs/",
    "src/default/docs/",
)  # set by MkDocs where none is configured


NO_SITE_URL = (
    "mkdocs.yml has no `site_url`: links in feeds lack the host, and ids of their entries are made "
    "of names; set it before anyone follows a feed, as entries get other ids then"
)
# What MkDocs tells of its work is about the written tree, and not about the files of the log.
_MKDOCS = "import logging; logging.disable(logging.INFO); from mkdocs.__main__ import cli; cli()"
_COMMANDS = {"mkdocs": ("-c", _MKDOCS), "zensical": ("-m", "zensical")}
_SEARCH_PLUGINS = ("search", "material/search")
log = logging.getLogger("mkdocs.plugins.readinglog")


class BuildError(ReadinglogError):
    """A build that cannot start."""


def describe_site(config: MkDocsConfig, settings: Settings) -> Site:
    """Return what the pages need to know about the site that `config` and the settings describe."""
    notes, repo = Path(config.docs_dir), config.repo_url or ""
    manual = tuple(
        RuleManual(name, rule.SEVERITY, cleandoc(rule.__doc__ or ""))
        for name, rule in RULES.items()
    )
    options, shown = config.plugins["readinglog"].config, settings.site
    return Site(
        config.site_name,
        config.site_url or "",
        config.site_description or "",
        _make_edit_pattern(config, notes, repo),
        make_report_pattern(notes, repo),
        make_new_pattern(notes, repo),
        find_repository(notes, repo),
        manual,
        social_cards=_choose(options["social_cards"], shown.social_cards, usual=False),
        markdown_copies=_choose(options["markdown_copies"], shown.markdown_copies, usual=True),
        has_map=shown.map,
        has_statistics=shown.statistics,
        has_claims=shown.claims,
        author=config.site_author or "",
        language=str(config.theme.get("language") or ENGLISH),
        redirects=_read_redirects(config),
        macros=read_macros(settings.macros),
    )


def _choose(*settings: bool | None, usual: bool) -> bool:
    """Return the first setting that says something."""
    return next((setting for setting in settings if setting is not None), usual)


def _read_redirects(config: MkDocsConfig) -> tuple[tuple[str, str], ...]:
    """Return the redirects in the settings of the plugin of that name, which has nothing to do with
    pages that are made here.
    """
    plugin = config.plugins.get(REDIRECTS)
    maps = plugin.config.get("redirect_maps") if plugin else None
    return tuple((str(old), str(new)) for old, new in (maps or {}).items())


def log_unusable_redirects(notebook: Notebook, site: Site) -> None:
    """Log the redirects in the settings that lead nowhere."""
    for former, wanted in list_unusable_redirects(notebook, site):
        message = "redirects: `%s` leads nowhere: `%s` is no published note, or the name is no path"
        log.warning(message, make_printable(former), make_printable(wanted))


def _make_edit_pattern(config: MkDocsConfig, notes: Path, repo: str) -> str:
    template = str(config.edit_uri_template or "")
    if not template and config.edit_uri == "":
        return ""  # as MkDocs documents, no page can be edited
    edit_uri = "" if config.edit_uri in _MKDOCS_EDIT_URIS else config.edit_uri or ""
    return make_edit_pattern(notes, repo, edit_uri, template=template)


def _check_replaceable(folder: Path, notes: Path, config_file: Path) -> None:
    """Raise BuildError where `folder`, which is emptied, holds sources or is among the notes."""
    holds_sources = notes.is_relative_to(folder) or config_file.is_relative_to(folder)
    if holds_sources or (folder.is_relative_to(notes) and not is_hidden_in(folder, notes)):
        message = (
            f"{folder} cannot be written to, as its contents are replaced and it holds the notes"
        )
        raise BuildError(message, "name another folder")


def build_site(engine: str, config: MkDocsConfig, site_dir: Path, tree: Path) -> Site:
    """Compile the notes of `config` into `tree` and run `engine` on it, into `site_dir`.

    Return what the pages know about the site.

    Raise BuildError where the call is wrong, CalledProcessError where the engine fails.
    """
    notes, config_file = Path(config.docs_dir), Path(config.config_file_path)
    for folder in (tree, site_dir):
        _check_replaceable(folder.resolve(), notes.resolve(), config_file.resolve())
    settings = find_settings(notes)
    site = describe_site(config, settings)
    cache = get_cache_folder(config_file)
    options = make_reading_options(settings, partial(find_excluded, config=config))
    notebook = load_notebook(notes, options, cache=cache, keep_words=True)
    set_cache(notebook, cache)
    log_unusable_redirects(notebook, site)
    outputs = list(compile_site(notebook, site))
    written = write_tree(outputs, site, tree, config_file, engine, settings.macros)
    _complete_tree(tree, written, notebook, config)
    if engine == "mkdocs" and _list_other_plugins(config):
        name_sources(written, outputs, notes)
    _warn_of_settings(engine, config)
    command = [
        sys.executable,
        *_COMMANDS[engine],
        "build",
        "--config-file",
        str(written),
        "--clean",
    ]
    subprocess.run(command, check=True)  # noqa: S603
    pictures = PageCache()
    pictures.start(cache / "pictures")
    others = [output for output in outputs if not isinstance(output, Page)]
    maker = FileMaker(notes, PageCache(), pictures, site.language)
    write_outputs(others, maker.make, tree / "site", (pictures,))
    pictures.finish()
    replace_folder(site_dir, tree / "site")
    return site


def _complete_tree(tree: Path, written: Path, notebook: Notebook, config: MkDocsConfig) -> None:
    """Add what the settings take from the notes folder and from the folder of templates."""
    for file in open_site_files(config, notebook.excluded):
        if file.abs_src_path:
            write_file(tree / "docs" / file.src_uri, Path(file.abs_src_path).read_bytes())
    if config.theme.custom_dir:
        shutil.copytree(config.theme.custom_dir, tree / "theme", dirs_exist_ok=True)
    if config.nav:
        place_paths(written, {note.path: f"{note.address}index.md" for note in notebook.notes})


def _warn_of_settings(engine: str, config: MkDocsConfig) -> None:
    """Log the settings that do nothing, and the plugins and hooks that do not run."""
    features, font = config.theme.get("features") or (), config.theme.get("font")
    for found in list_settings_without_effect(features, font):
        log.warning("this setting has no effect: %s", found)
    if engine == "mkdocs":
        for name in config.plugins:
            if reason := PLUGINS_WITHOUT_EFFECT.get(name):
                log.warning("the plugin `%s` is left out: %s", name, reason)
        return
    others = [name for name in _list_other_plugins(config) if name not in _SEARCH_PLUGINS]
    if others:
        log.warning("%s runs no plugins or hooks: without %s", engine, ", ".join(others))


def _list_other_plugins(config: MkDocsConfig) -> list[str]:
    """Return the plugins and hooks that are not this package, or in its place."""
    return [name for name in config.plugins if name not in ("readinglog", REDIRECTS)]


def load_build_config(engine: str, config_file: Path) -> MkDocsConfig:
    """Return the configuration for a build by `engine`.

    Raise BuildError where it cannot be read, or `engine` is not installed.
    """
    if importlib.util.find_spec(engine) is None:
        raise BuildError(f"{engine} is not installed", f"`pip install readinglog[{engine}]`")
    return load_site_config(config_file)


def load_site_config(config_file: Path) -> MkDocsConfig:
    """Return the configuration. Raise BuildError where it cannot be read."""
    if not config_file.is_file():
        hint = (
            "run this in the folder of your log, give the path of the configuration with --config, "
            "or begin a log with `readinglog init`"
        )
        raise BuildError(f"there is no {config_file}", hint)
    try:
        config = load_config(str(config_file))
    except ConfigurationError as error:
        raise BuildError(str(error)) from error
    except Abort as error:  # MkDocs has logged the reasons
        message = f"{config_file} is not a configuration that can be built"
        raise BuildError(message) from error
    if obstacle := explain_theme(config.theme.name):
        raise BuildError(obstacle, f"set `theme: {{name: material}}` in {config_file}")
    return config
