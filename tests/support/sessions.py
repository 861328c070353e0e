"""Sites on demand for the tests, and what whole builds of the same logs write."""

from __future__ import annotations

from pathlib import Path

from readinglog.site.mkdocs_build import BuildMemory
from readinglog.site.mkdocs_session import MkDocsSession
from support.site_builds import run_or_fail

ORIGIN = "http://127.0.0.1:8000"


def build(folder: Path, path: str) -> Path:
    """Build the site of a log for the address at which a session serves it."""
    run_or_fail("mkdocs", "build", "--quiet", cwd=folder, SITE_URL=f"{ORIGIN}{path}")
    return folder / "site"


def start(folder: Path) -> MkDocsSession:
    return MkDocsSession(folder / "mkdocs.yml", BuildMemory(), ORIGIN)


def assert_equal_to_build(session: MkDocsSession, folder: Path) -> None:
    site = build(folder, session.path)
    built = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
    assert [path for path, data in built.items() if session.site.make(path) != data] == []
    assert set(session.site.list_paths()) == built.keys()
