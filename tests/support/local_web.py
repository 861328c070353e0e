"""A web server of one's own that answers as it is told: late, too long, cut short, squeezed, or
elsewhere.
"""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

HTML = "text/html; charset=utf-8"


class Reply(NamedTuple):
    """One answer; `cut` is how many bytes of the body are sent at all, `drip` the seconds between
    one byte and the next.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = {}
    delay: float = 0
    cut: int | None = None
    drip: float = 0
    first: Callable[[], object] | None = None  # done before anything is sent


def page(text: str) -> Reply:
    return Reply(text.encode())


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def gzip_reply(body: bytes) -> Reply:
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})


class LocalWeb:
    """Replies by path (without query): one after the other, the last of them from then on;
    `requests` is what came in.
    """

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.address = f"http://{self.host}"
        self.replies: dict[str, list[Reply]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def __setitem__(self, path: str, reply: Reply | list[Reply]) -> None:
        self.replies[path] = reply if isinstance(reply, list) else [reply]

    def next(self, path: str) -> Reply:
        replies = self.replies.get(path.partition("?")[0], [Reply(b"nothing", 404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def local_web(tls: ssl.SSLContext | None = None) -> Iterator[LocalWeb]:
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.requests.append(
                (self.path, {name.lower(): value for name, value in self.headers.items()})
            )
            reply = web.next(self.path)
            if reply.first:
                reply.first()
            stopped.wait(reply.delay)
            self.send_response(reply.status)
            headers = {
                "Content-Type": reply.content_type,
                "Content-Length": str(len(reply.body)),
            } | dict(reply.headers)
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            body = reply.body[: reply.cut]
            step = 1 if reply.drip else max(1, len(body))
            with suppress(OSError):  # whoever asked may have had enough
                for at in range(0, len(body), step):
                    self.wfile.write(body[at : at + step])
                    stopped.wait(reply.drip)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web = LocalWeb(server.server_address[1])
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield web
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
