"""Files that a site has compressed, as its scripts read them."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Route


def pack(value: object) -> bytes:
    """Return the bytes of a compressed file that holds `value`."""
    return zlib.compress(json.dumps(value).encode())


def unpack(data: bytes) -> Any:  # noqa: ANN401 - as `json.loads`
    """Return what a compressed file holds."""
    return json.loads(zlib.decompress(data))


def read_packed(file: Path) -> Any:  # noqa: ANN401 - as `json.loads`
    """Return what the compressed `file` holds."""
    return unpack(file.read_bytes())


def read_plain(file: Path) -> str:
    """Return the text of a file of a site, which may be compressed."""
    data = file.read_bytes()
    return (zlib.decompress(data) if file.suffix == ".bin" else data).decode()


def answer_packed(route: Route, value: object) -> None:
    """Answer the request of a script with `value`."""
    route.fulfill(body=pack(value))
