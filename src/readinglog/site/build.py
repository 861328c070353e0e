"""Building without the plugin: the tree is written, and an engine runs on it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from readinglog.lint.rules import RULES
from readinglog.search.pagefind_index import write_index
from readinglog.site.output_files import write_outputs
from readinglog.site.page_cache import PageCache, get_cache_folder, list_package_files
from readinglog.site.views import Manual, Site, compile_site
from readinglog.site.written_tree import write_tree
from readinglog.workspace.forge import make_edit_pattern, make_new_pattern, make_report_pattern
from readinglog.workspace.loading import load_notebook

_GUESSED = ("edit/master/docs/", "src/default/docs/")  # what MkDocs fills in where nothing is set


class BuildError(Exception):
    """Why no build can start."""


def describe_site(config: MkDocsConfig) -> Site:
    """What the pages need to know of the site that `config` describes."""
    edit_uri = config.edit_uri if config.edit_uri not in _GUESSED else ""
    notes, repo = Path(config.docs_dir), config.repo_url or ""
    edit, report, new = (
        make_edit_pattern(notes, repo, edit_uri or ""),
        make_report_pattern(notes, repo),
        make_new_pattern(notes, repo),
    )
    manual = tuple(
        Manual(name, rule.SEVERITY, cleandoc(rule.__doc__ or "")) for name, rule in RULES.items()
    )
    return Site(
        config.site_name,
        config.site_url or "",
        config.site_description or "",
        edit,
        report,
        new,
        manual,
    )


def _refuse_to_overwrite(folder: Path, notes: Path, config_file: Path) -> None:
    """Stop where `folder`, which is emptied, holds what the site is made of, or would be read as notes."""
    if any(path.is_relative_to(folder) for path in (notes, config_file)) or folder.is_relative_to(
        notes
    ):
        message = f"{folder} is no place to write to: what is there is replaced, and the notes are there; name another folder"
        raise BuildError(message)


def build_site(engine: str, config_file: Path, site_dir: Path, tree: Path) -> None:
    """Compile the notes that `config_file` names into `tree` and run `engine` on it, into `site_dir`.

    Raises BuildError where the call or the configuration is wrong, CalledProcessError where the engine fails, IndexFailure where
    the site stands but for its index of words.
    """
    if importlib.util.find_spec(engine) is None:
        message = f"{engine} is not installed: `pip install readinglog[{engine}]`"
        raise BuildError(message)
    if not config_file.is_file():
        message = f"there is no {config_file}: name the configuration with --config"
        raise BuildError(message)
    try:
        config = load_config(str(config_file))
    except ConfigurationError as error:
        raise BuildError(str(error)) from error
    except Abort as error:  # what is wrong has been logged
        message = f"{config_file} is not a configuration that can be built"
        raise BuildError(message) from error
    notes = Path(config.docs_dir)
    for folder in (tree, site_dir):
        _refuse_to_overwrite(folder.resolve(), notes.resolve(), config_file.resolve())
    notebook = load_notebook(notes)
    emitted = list(compile_site(notebook, describe_site(config)))
    written = write_tree(emitted, tree, config_file, engine)
    command = [sys.executable, "-m", engine, "build", "--config-file", str(written), "--clean"]
    subprocess.run(command, check=True)  # noqa: S603
    shutil.rmtree(site_dir, ignore_errors=True)
    shutil.move(tree / "site", site_dir)
    pictures = PageCache()
    pictures.start(get_cache_folder(config_file) / "pictures", "", list_package_files())
    write_outputs(emitted, notes, site_dir, pictures)
    pictures.finish()
    write_index(notebook, site_dir)
