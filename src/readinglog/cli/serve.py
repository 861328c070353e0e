"""`readinglog serve`."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from readinglog.cli.errors import UsageError
from readinglog.cli.options import config_option
from readinglog.workspace.garbage_collection import collect_seldom, stop_collection


@click.command(short_help="Preview the site while you write.")
@config_option
@click.option(
    "--address",
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    show_default=True,
    help="Where to serve the site.",
)
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve(config: Path, address: str, *, open_: bool) -> None:
    """Preview the site: each page is made when it is asked for, and reloads when it changes.

    The problems of notes are printed here and shown on their pages. Ctrl-C ends the preview.
    """
    host, port = _parse_address(address)
    # Loading MkDocs takes time, which a wrong call does not need.
    from readinglog.servers.http_server import PreviewServer  # noqa: PLC0415
    from readinglog.servers.preview import Preview  # noqa: PLC0415

    stop_collection()
    with PreviewServer(host, port, lambda origin: Preview(config, origin, click.echo)) as server:
        collect_seldom()
        click.echo(f"the site is at {server.url} (Ctrl-C ends)")
        if open_:
            webbrowser.open(server.url)
        with suppress(KeyboardInterrupt):
            server.run()


def _parse_address(address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdecimal():
        message = f"`{address}` is not an address to serve at"
        raise UsageError(message, "write HOST:PORT, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)
