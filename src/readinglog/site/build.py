"""Building a site without the plugin: the compiled tree is written, and an engine runs on it."""

from __future__ import annotations

import importlib.util
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
from readinglog.site.compiler import compile_site
from readinglog.site.output_files import FileMaker, write_outputs
from readinglog.site.page import Page, RuleManual, Site
from readinglog.site.page_cache import PageCache, get_cache_folder
from readinglog.site.shared_search import set_index_maker
from readinglog.site.written_tree import write_tree
from readinglog.workspace.files import replace_folder
from readinglog.workspace.forge import make_edit_pattern, make_new_pattern, make_report_pattern
from readinglog.workspace.kept_texts import make_index_with_cache
from readinglog.workspace.loading import load_notebook
from readinglog.workspace.settings import find_settings

_MKDOCS_EDIT_URIS = (
    "edit/master/docs/",
    "src/default/docs/",
)  # set by MkDocs where none is configured


class BuildError(ReadinglogError):
    """A build that cannot start."""


def describe_site(config: MkDocsConfig) -> Site:
    """Return what the pages need to know about the site that `config` describes."""
    edit_uri = "" if config.edit_uri in _MKDOCS_EDIT_URIS else config.edit_uri or ""
    notes, repo = Path(config.docs_dir), config.repo_url or ""
    manual = tuple(
        RuleManual(name, rule.SEVERITY, cleandoc(rule.__doc__ or ""))
        for name, rule in RULES.items()
    )
    options = config.plugins["readinglog"].config
    return Site(
        config.site_name,
        config.site_url or "",
        config.site_description or "",
        make_edit_pattern(notes, repo, edit_uri),
        make_report_pattern(notes, repo),
        make_new_pattern(notes, repo),
        manual,
        social_cards=options["social_cards"],
        markdown_copies=options["markdown_copies"],
    )


def _check_replaceable(folder: Path, notes: Path, config_file: Path) -> None:
    """Raise BuildError where `folder`, which is emptied, holds sources or is among the notes."""
    holds_sources = notes.is_relative_to(folder) or config_file.is_relative_to(folder)
    if holds_sources or folder.is_relative_to(notes):
        message = (
            f"{folder} cannot be written to, as its contents are replaced and it holds the notes"
        )
        raise BuildError(message, "name another folder")


def build_site(engine: str, config_file: Path, site_dir: Path, tree: Path) -> None:
    """Compile the notes of `config_file` into `tree` and run `engine` on it, into `site_dir`.

    Raise BuildError where the call or the configuration is wrong, CalledProcessError where the
    engine fails.
    """
    config = _load_config(engine, config_file)
    notes = Path(config.docs_dir)
    for folder in (tree, site_dir):
        _check_replaceable(folder.resolve(), notes.resolve(), config_file.resolve())
    site = describe_site(config)
    cache = get_cache_folder(config_file)
    limit = find_settings(notes).attachment_limit
    notebook = load_notebook(notes, cache=cache, keep_words=True, attachment_limit=limit)
    set_index_maker(notebook, partial(make_index_with_cache, cache=cache))
    outputs = list(compile_site(notebook, site))
    written = write_tree(outputs, site, tree, config_file, engine)
    command = [sys.executable, "-m", engine, "build", "--config-file", str(written), "--clean"]
    subprocess.run(command, check=True)  # noqa: S603
    pictures = PageCache()
    pictures.start(cache / "pictures")
    others = [output for output in outputs if not isinstance(output, Page)]
    write_outputs(others, FileMaker(notes, pictures).make, tree / "site", (pictures,))
    pictures.finish()
    replace_folder(site_dir, tree / "site")


def _load_config(engine: str, config_file: Path) -> MkDocsConfig:
    """Return the configuration.

    Raise BuildError where it cannot be read, or `engine` is not installed.
    """
    if importlib.util.find_spec(engine) is None:
        raise BuildError(f"{engine} is not installed", f"`pip install readinglog[{engine}]`")
    return load_site_config(config_file)


def load_site_config(config_file: Path) -> MkDocsConfig:
    """Return the configuration. Raise BuildError where it cannot be read."""
    if not config_file.is_file():
        raise BuildError(
            f"there is no {config_file}", "give the path of the configuration with --config"
        )
    try:
        return load_config(str(config_file))
    except ConfigurationError as error:
        raise BuildError(str(error)) from error
    except Abort as error:  # MkDocs has logged the reasons
        message = f"{config_file} is not a configuration that can be built"
        raise BuildError(message) from error
