"""Notes at the top of a repository, among them the settings of the site, which MkDocs refuses."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import DocsDir, SiteDir

from readinglog.workspace.files import is_hidden_in, is_skipped

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

_PLUGIN = "readinglog"


@cache
def allow_notes_at_top() -> None:
    """Have MkDocs take a `docs_dir` with its settings in it, and a hidden `site_dir` there.

    MkDocs refuses both, as it would publish the one, and copy the other into itself. With this
    plugin only notes and what is beside them is published, and nothing hidden.
    """
    check_docs_dir, check_site_dir = DocsDir.post_validation, SiteDir.post_validation

    def check_notes_folder(self: DocsDir, config: Config, key_name: str) -> None:
        if _PLUGIN not in config["plugins"]:
            check_docs_dir(self, config, key_name)

    def check_output_folder(self: SiteDir, config: Config, key_name: str) -> None:
        notes, site = Path(config["docs_dir"]), Path(config["site_dir"])
        if _PLUGIN not in config["plugins"] or not _is_at_top(notes, config.config_file_path):
            check_site_dir(self, config, key_name)
        elif site == notes or (site.is_relative_to(notes) and not is_hidden_in(site, notes)):
            message = (
                "The 'site_dir' is among the notes, so its name has to begin with a dot: .site"
            )
            raise ValidationError(message)

    DocsDir.post_validation = check_notes_folder  # type: ignore[method-assign]
    SiteDir.post_validation = check_output_folder  # type: ignore[method-assign]


def watch_notes_at_top(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Have `mkdocs serve` watch nothing hidden, where each build writes."""
    notes = Path(config.docs_dir)
    if not _is_at_top(notes, config.config_file_path):
        return
    server.unwatch(config.docs_dir)
    server.watch(config.docs_dir, recursive=False)
    for entry in os.scandir(notes):
        if entry.is_dir(follow_symlinks=False) and not is_skipped(entry.name):
            server.watch(entry.path)


def _is_at_top(notes: Path, config_file: str | None) -> bool:
    return config_file is not None and Path(config_file).absolute().parent == notes
