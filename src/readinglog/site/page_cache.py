"""Finished pages and pictures kept from one build to the next, so that a change of one note makes little more than that note."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from readinglog.workspace.files import write_file

_ENGINE = (
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "pymdown-extensions",
    "pygments",
    "jinja2",
    "nh3",
    "math-core",
    "pillow",
    "font-source-serif-pro",
)


def get_cache_folder(config_file: Path) -> Path:
    """Where what is made by the configuration `config_file` is kept."""
    return config_file.resolve().parent / ".cache" / "readinglog"


def list_files(*folders: Path) -> list[Path]:
    """The files of folders, but for what Python makes of them."""
    return [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]


def list_package_files() -> list[Path]:
    """The files of this package, on which all that it makes depends."""
    return list_files(Path(__file__).parent.parent)


class PageCache:
    """Finished pages and pictures by what they are made of; in memory, and in `folder` where one is given."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._folder: Path | None = None
        self._frame = b""

    def start(self, folder: Path | None, frame: str, files: Iterable[Path]) -> None:
        """Begin a build. `frame` and `files` are what every page depends on beside its own text."""
        stamps = [
            f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}"
            for path in sorted(files)
            if path.is_file()
        ]
        whole = "\0".join((frame, *stamps, *(f"{name} {version(name)}" for name in _ENGINE)))
        self._frame = blake2b(whole.encode(), digest_size=16).digest()
        self._folder = folder
        self._used = set()

    def key(self, address: str, text: str) -> str:
        """What is at `address` and made of `text` is known by."""
        return blake2b(f"{address}\0{text}".encode(), digest_size=16, key=self._frame).hexdigest()

    def get(self, key: str) -> bytes | None:
        """What was made before, if it was."""
        self._used.add(key)
        if key not in self._made and self._folder and (file := self._folder / key).is_file():
            self._made[key] = file.read_bytes()
        return self._made.get(key)

    def put(self, key: str, made: bytes) -> None:
        """Keep what was made."""
        self._made[key] = made
        if self._folder:
            write_file(self._folder / key, made)

    def finish(self) -> None:
        """End a build: forget what it did not use."""
        self._made = {key: made for key, made in self._made.items() if key in self._used}
        if self._folder and self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in self._used:
                    file.unlink()
