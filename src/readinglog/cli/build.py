"""`readinglog build`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import click

from readinglog.cli.options import config_option, relative_path
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
    help="Folder to write the site to, whose contents are replaced. By default, the one that the "
    "configuration names.",
)
@click.option(
    "--tree",
    type=click.Path(path_type=Path),
    help="Folder for the generated Markdown, which is deleted after the build by default.",
)
def build(engine: str, config: Path, site_dir: Path | None, tree: Path | None) -> None:
    """Build the site: compile the notes and run a site generator on the result."""
    # Loading the engine takes time.
    from readinglog.site.build import NO_SITE_URL, build_site, load_build_config  # noqa: PLC0415
    from readinglog.site.page_cache import get_cache_folder  # noqa: PLC0415

    settings = load_build_config(engine, config)
    site_dir = site_dir or Path(settings.site_dir)
    lock = FolderLock(get_cache_folder(config), site_dir)
    shown = relative_path(site_dir)
    message = f"another build is writing to {shown}: waiting until it has finished"
    lock.acquire(partial(click.echo, message, err=True))
    try:
        with tempfile.TemporaryDirectory(prefix="readinglog-") as folder:
            site = build_site(engine, settings, site_dir, tree or Path(folder) / "tree")
    except subprocess.CalledProcessError as error:  # the engine has said why
        sys.exit(error.returncode)
    finally:
        lock.release()
    if not site.url:
        click.echo(NO_SITE_URL, err=True)
    click.echo(f"the site is in {shown}")
