"""The HTTP server of the preview: pages with the script that reloads them, and their changes."""

from __future__ import annotations

import mimetypes
import select
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import cast
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from readinglog.model.errors import ReadinglogError, describe_os_error
from readinglog.servers.preview import Answer, Edition, Preview

_SCRIPT = Path(__file__).parent / "assets" / "live_reload.js"
_OWN = "_readinglog/"  # below the site; no file of a site is there
_ASK_AGAIN = 1.0  # seconds until a connection without a change is looked at
_TYPES = {  # which the system's table may not have, or has wrong
    ".css": "text/css",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".md": "text/markdown",
    ".bib": "text/x-bibtex",
}


class ServerError(ReadinglogError):
    """A server that cannot start."""


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview, which `open_preview` makes for the origin, such as `http://localhost:8000`.

    Raise ServerError where the address cannot be had.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, host: str, port: int, open_preview: Callable[[str], Preview]) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            message = f"{host}:{port} cannot be served at: {describe_os_error(error)}"
            raise ServerError(message, "choose another with --address HOST:PORT") from error
        except OverflowError as error:
            raise ServerError(f"{port} is not a port", "give one from 1 to 65535") from error
        shown = f"[{host}]" if ":" in host else host
        self.origin = f"http://{shown}:{self.server_port}"
        try:
            self.preview = open_preview(self.origin)
        except BaseException:
            self.server_close()
            raise

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"{self.origin}{self.preview.edition.path}"

    def server_bind(self) -> None:
        """Bind without asking for the name of the host, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what goes wrong, but not that a browser has ended a connection as it likes."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def run(self) -> None:
        """Serve, and follow what changes, until `shutdown` is called."""
        try:
            self.preview.watch()
            self.serve_forever(poll_interval=0.1)
        finally:
            self.preview.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120  # seconds for which a connection is kept without a request

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Print nothing for a request."""

    @property
    def _preview(self) -> Preview:
        return cast("PreviewServer", self.server).preview

    def _answer(self) -> None:
        edition = self._preview.edition
        address = urlsplit(self.path)
        path = unquote(address.path)
        if not path.startswith(edition.path):
            self._redirect(edition.path)
            return
        path = path.removeprefix(edition.path)
        if path.startswith(_OWN):
            self._answer_script(path.removeprefix(_OWN), address.query)
            return
        if not path or path.endswith("/"):
            path += "index.html"
        answer = edition.answer(path)
        if answer.status == HTTPStatus.NOT_FOUND:
            page = f"{path}/index.html"
            if edition.answer(page).status == HTTPStatus.OK:
                self._redirect(f"{address.path}/{'?' if address.query else ''}{address.query}")
                return
        self._send(answer.status, get_type(answer.path), add_script(answer, path, edition))

    def _answer_script(self, path: str, query: str) -> None:
        if path == "live_reload.js":
            self._send(HTTPStatus.OK, get_type(path), _SCRIPT.read_bytes())
            return
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        page, digest = asked.get("page", ""), asked.get("digest", "")
        with self._preview.keep_open(page):
            self._wait_for_change(page, digest)

    def _wait_for_change(self, page: str, digest: str) -> None:
        """Tell when the page has another digest, or end when the browser does."""
        edition = self._preview.edition
        self.wfile.write(b"retry: 500\n\n")
        while edition.answer(page).digest == digest:
            while (later := self._preview.wait(edition.number, _ASK_AGAIN)) is edition:
                is_closed = select.select([self.connection], [], [], 0)[0]
                if is_closed or self._preview.is_over:
                    return
            edition = later
        self.wfile.write(b"event: change\ndata:\n\n")

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, type_: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def get_type(path: str) -> str:
    """Return the content type of a file."""
    suffix = Path(path).suffix.lower()
    type_ = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = type_.startswith("text/") or type_.endswith(("json", "xml", "javascript"))
    return f"{type_}; charset=utf-8" if is_text else type_


def add_script(answer: Answer, path: str, edition: Edition) -> bytes:
    """Return what is sent for an answer: to a page that stays open, its problems and the script
    that reloads it are added.
    """
    page, end, rest = answer.data.rpartition(b"</body>")
    if not answer.path.endswith(".html") or not end:
        return answer.data
    if answer.box:
        page = _insert_box(page, answer.box.encode())
    query = urlencode({"page": path, "digest": answer.digest}, quote_via=quote)
    base = f"{edition.path}{_OWN}"
    script = f'<script src="{base}live_reload.js" data-changes="{base}changes?{query}"></script>'
    return b"".join((page, script.replace("&", "&amp;").encode(), end, rest))


def _insert_box(page: bytes, box: bytes) -> bytes:
    """Return the page with the box above its content; below it where the theme has no place."""
    before, start, after = page.partition(b'<div class="rl-main">')
    return b"".join((before, start, box, after))
