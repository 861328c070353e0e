"""`readinglog build`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import click

from readinglog.cli.options import config_option
from readinglog.workspace.folder_lock import FolderLock


@click.command(short_help="Build the site.")
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="Site generator.",
)
@config_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder to write the site to. Its contents are replaced.",
)
@click.option(
    "--tree",
    type=click.Path(path_type=Path),
    help="Folder for the generated Markdown, which is deleted after the build by default.",
)
def build(engine: str, config: Path, site_dir: Path, tree: Path | None) -> None:
    """Build the site: compile the notes and run a site generator on the result."""
    from readinglog.site.build import NO_SITE_URL, build_site  # noqa: PLC0415 - loading the engine takes time
    from readinglog.site.page_cache import get_cache_folder  # noqa: PLC0415

    lock = FolderLock(get_cache_folder(config), site_dir)
    message = f"another build is writing to {site_dir}: waiting until it has finished"
    if config.is_file():
        lock.acquire(partial(click.echo, message, err=True))
    try:
        with tempfile.TemporaryDirectory(prefix="readinglog-") as folder:
            site = build_site(engine, config, site_dir, tree or Path(folder) / "tree")
    except subprocess.CalledProcessError as error:  # the engine has said why
        sys.exit(error.returncode)
    finally:
        lock.release()
    if not site.url:
        click.echo(NO_SITE_URL, err=True)
    click.echo(f"the site is in {site_dir}")
