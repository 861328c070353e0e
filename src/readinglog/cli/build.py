"""`readinglog build`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import click

from readinglog.cli.options import usage_error


@click.command()
@click.option(
    "--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True
)
@click.option(
    "--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True
)
@click.option(
    "--site-dir", type=click.Path(path_type=Path), default=Path("site"), show_default=True
)
@click.option(
    "--tree", type=click.Path(path_type=Path), help="Keep the written-out tree in this folder."
)
def build(engine: str, config: Path, site_dir: Path, tree: Path | None) -> None:
    """Write the compiled site as a tree and run an ENGINE on it."""
    from readinglog.search.pagefind_index import IndexFailure  # noqa: PLC0415
    from readinglog.site.build import BuildError, build_site  # noqa: PLC0415 - the engine is only needed here

    try:
        with tempfile.TemporaryDirectory(prefix="readinglog-") as folder:
            build_site(engine, config, site_dir, tree or Path(folder) / "tree")
    except BuildError as error:
        usage_error(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    except IndexFailure as failure:
        click.echo(f"readinglog: {failure}", err=True)
    click.echo(f"the site is in {site_dir}")
