"""A cache of finished pages and pictures, so that a changed note renders few pages."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from readinglog.workspace.files import compute_package_stamp, write_bytes

_PACKAGES = (  # whose versions what is cached depends on
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
_DIGEST_SIZE = 16  # bytes


def get_cache_folder(config_file: Path) -> Path:
    """Return the folder of the caches for a configuration."""
    return config_file.resolve().parent / ".cache" / "readinglog"


class PageCache:
    """Finished pages and pictures by keys of what they are made of, in memory and in a folder."""

    def __init__(self) -> None:
        self._entries: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._folder: Path | None = None
        self._digests: dict[str, str] = {}  # of the entries in the folder, by key
        self._context = b""

    def start(self, folder: Path | None, context: str = "", files: Iterable[Path] = ()) -> None:
        """Begin a build, in memory alone if `folder` is None.

        Every entry depends on `context`, `files` and this package, besides its own text.
        """
        stamps = [
            f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}"
            for path in sorted(files)
            if path.is_file()
        ]
        versions = [f"{name} {version(name)}" for name in _PACKAGES]
        whole = "\0".join((context, *stamps, *versions, compute_package_stamp()))
        self._context = blake2b(whole.encode(), digest_size=16).digest()
        self._folder = folder
        self._digests = {}
        if folder:
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
            self._digests = {key: digest for key, digest, _ in _list_entries(folder)}
        self._used = set()

    def make_key(self, address: str, text: str) -> str:
        """Return the key for a page at `address` that `text` decides about."""
        content = f"{address}\0{text}".encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=16, key=self._context).hexdigest()

    def use_key(self, address: str, text: str) -> str:
        """Return the key of the entry for a page that is made of `text`, which is kept."""
        key = self.make_key(address, text)
        self._used.add(key)
        return key

    def get(self, key: str) -> bytes | None:
        """Return the entry with that key, or None."""
        if self._folder is None:
            return self._entries.get(key)
        digest = self._digests.get(key, "")
        try:
            data = (self._folder / f"{key}-{digest}").read_bytes()
        except OSError:
            return None
        return data if _make_digest(data) == digest else None  # it may be cut

    def put(self, key: str, data: bytes) -> None:
        """Add an entry, where entries are kept in memory."""
        if self._folder is None:
            self._entries[key] = data

    def put_file(self, key: str, data: bytes, file: Path) -> None:
        """Add an entry that is in `file`, where entries are kept in a folder.

        The folder gets a second name for the file, as to write it again would take longer. An entry
        whose file something else changes is found by its digest, and made again.
        """
        if self._folder is None:
            return
        entry = self._folder / f"{key}-{_make_digest(data)}"
        with suppress(OSError):  # the page is made again next time
            try:
                _link(entry, file)
            except OSError:  # it is in another file system, or that has no links
                write_bytes(entry, data)

    @property
    def is_in_folder(self) -> bool:
        """Whether entries are kept from one process to the next."""
        return self._folder is not None

    @property
    def used(self) -> frozenset[str]:
        """The keys of the entries that this build uses."""
        return frozenset(self._used)

    def mark_used(self, keys: Iterable[str]) -> None:
        """Keep entries that this build uses."""
        self._used.update(keys)

    def finish(self) -> None:
        """End a build: drop the entries that it did not use."""
        self._entries = {key: data for key, data in self._entries.items() if key in self._used}
        if self._folder:
            for key, _, file in _list_entries(self._folder):
                if key not in self._used:
                    file.unlink(missing_ok=True)  # another build may have removed it


def _list_entries(folder: Path) -> list[tuple[str, str, Path]]:
    """Return the key and the digest of each entry in a folder, which its file is named by."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    return [(*file.name.partition("-")[::2], file) for file in files]


def _link(entry: Path, file: Path) -> None:
    """Give a file a second name, also where another file has that name."""
    try:
        entry.hardlink_to(file)
    except FileExistsError:
        entry.unlink()
        entry.hardlink_to(file)


def _make_digest(data: bytes) -> str:
    return blake2b(data, digest_size=_DIGEST_SIZE).hexdigest()
