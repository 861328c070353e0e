"""Pages at addresses that are no longer in use: those of former names of notes, those that notes
had on another site, and those that the settings of the plugin `redirects` name.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.slugs import SITE_SECTIONS, clean_former_name, is_former_name
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_name_address, make_note_address
from readinglog.site.page import DataFile, PageBase, Site
from readinglog.site.rendering import render


class _Target(NamedTuple):
    """Where a page leads: an address of the site with a fragment or '', or one of the web."""

    title: str
    address: str
    anchor: str = ""
    is_external: bool = False


def make_outputs(notebook: Notebook, site: Site) -> Iterator[DataFile]:
    publication = notebook.publication
    taken = {note.address for note in (*publication.notes, *publication.pages)}
    taken |= set(map(make_name_address, publication.shared_names))
    for note in (*publication.notes, *publication.pages):
        names = map(make_name_address, publication.get_former_names(note))
        for address in (*names, *publication.get_former_addresses(note)):
            taken.add(address)
            yield _make_redirect(address, _lead_to_note(note), site)
    for former, wanted in site.redirects:
        target = _find_target(wanted, notebook)
        for address in _list_addresses(former):
            if target and address not in taken:
                taken.add(address)
                yield _make_redirect(address, target, site)


def list_unusable_redirects(notebook: Notebook, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the redirects of the settings that lead nowhere, or cannot stand where they should."""
    for former, wanted in site.redirects:
        if not _find_target(wanted, notebook) or not any(_list_addresses(former)):
            yield former, wanted


def _find_target(wanted: str, notebook: Notebook) -> _Target | None:
    """Return where a redirect leads: a file of the notes folder, or an address of the web."""
    if wanted.lower().startswith(("https://", "http://")):
        return _Target(wanted, wanted, is_external=True)
    path, _, anchor = wanted.partition("#")
    note = notebook.by_path.get(posixpath.normpath(path))
    if note is None or not notebook.publication.is_published(note):
        return None
    return _lead_to_note(note, anchor)


def _lead_to_note(note: Note, anchor: str = "") -> _Target:
    return _Target(note.title, make_note_address(note), anchor)


def _list_addresses(former: str) -> Iterator[str]:
    """Yield the addresses that a file had here, and that MkDocs alone would give it."""
    name = clean_former_name(posixpath.normpath(former))
    if not former.lower().endswith(".md") or not is_former_name(name):
        return
    yield from dict.fromkeys((make_name_address(posixpath.basename(name)), make_name_address(name)))
    if name.partition("/")[0].lower() not in SITE_SECTIONS and name.lower() != "index":
        yield f"{name}/"


def _make_redirect(address: str, target: _Target, site: Site) -> DataFile:
    folder = address[: address.rfind("/") + 1]  # the rest is the name of a file, if there is any
    path = f"{address}index.html" if folder == address else address
    return DataFile(path, partial(_render, folder, target, site))


def _render(address: str, target: _Target, site: Site) -> str:
    if target.is_external:
        href = canonical = target.address
    else:
        href = PageBase(address).link_to(target.address, target.anchor)
        canonical = site.make_absolute(target.address) if site.url else href
    return str(
        render(
            "redirect.html",
            address,
            title=target.title,
            href=href,
            canonical=canonical,
            language=site.language,
        )
    )
