"""Compiled templates, kept from one run to the next."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from readinglog.workspace.files import compute_package_stamp


@cache
def open_template_cache() -> BytecodeCache | None:
    """Return what keeps compiled templates, or None where no folder is safe to keep code in.

    Jinja chooses the folder, which is the user's own: what a log has beside its notes may come from
    a stranger, and no code is read from there.
    """
    with suppress(RuntimeError, OSError):
        return _TemplateCache(compute_package_stamp())
    return None


class _TemplateCache(FileSystemBytecodeCache):
    """Keeps the templates that a version of this package has compiled, and none of another."""

    def __init__(self, version: str) -> None:
        super().__init__(pattern=f"readinglog-{version}-%s")
        for file in Path(self.directory).glob("readinglog-*"):
            if not file.match(self.pattern % "*"):
                file.unlink(missing_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template; one that cannot be read is compiled again."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - of a damaged file, anything may come
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that can be."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
