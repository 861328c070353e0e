"""The vault for Obsidian: each case some files, and the vault as a diff."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.interchange.exporters import obsidian
from readinglog.interchange.exporters.exporter import CopiedFile, ExportedFile
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.patch import format_patch
from support.case_pages import Case, read_cases, verify
from support.worlds import notebook, work


def export(log: Notebook) -> dict[str, str]:
    """The files of the vault, a copied one as its source."""
    files = obsidian.make_export(log, "vault").files
    return {
        file.path.removeprefix("vault/"): file.source
        if isinstance(file, CopiedFile)
        else file.data.decode("utf-8", "replace")
        for file in files
    }


@pytest.mark.parametrize("case", list(read_cases("vaults")), ids=lambda case: case.title)
def test_case(case: Case, update: bool) -> None:
    log = notebook(case.files)
    vault = export(log)
    before = {note.path: note.text for note in log.notes if not note.source.unreadable}
    copies = sorted(path for path in vault if not path.endswith(".md"))
    after: dict[str, str | None] = {
        path: text for path, text in vault.items() if path.endswith(".md")
    }
    moved = zip(after.keys() - before.keys(), before.keys() - after.keys(), strict=True)
    patch = format_patch(before, {**dict.fromkeys(before), **after}, dict(moved))
    remarks = obsidian.make_export(log, "vault").remarks
    outcome = "\n".join((*(f"with {path}" for path in copies), *remarks, "", patch))
    verify(case, lambda _: outcome, update=update)


# How Obsidian finds what a link means --------------------------------------------------------------


def resolve(link: str, writer: str, vault: dict[str, str]) -> str | None:
    """The path of the note that a link in the vault leads to: a path, or a name that one note has."""
    if not link:
        return writer
    wanted = posixpath.normpath(unquote(link)).removesuffix(".md").casefold()
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(writer), wanted))
    paths = {path.removesuffix(".md").casefold(): path for path in vault if path.endswith(".md")}
    for path in (beside.casefold(), wanted):
        if path in paths:
            return paths[path]
    found = [path for key, path in paths.items() if posixpath.basename(key) == wanted]
    return found[0] if len(found) == 1 else None


NAMES = ("transformer", "Größe", "two words", "C#", "deep/x_y", "deep/same", "other/same")
TITLES = ("Attention: all", "A | b", "C#", "Same [x]", "two words", "ß", "x y z")


@st.composite
def logs(draw: st.DrawFn) -> dict[str, str]:
    """Notes that link to each other by every kind of name."""
    titles = dict(zip(NAMES, draw(st.permutations(TITLES)), strict=True))
    targets = [*titles.values(), *NAMES, *(f"{name}.md" for name in NAMES), "same", "deep/SAME"]
    forms = st.sampled_from(("[[{}]]", "[[{}|label]]", "[a](<{}>)", "![[{}]]", "[[{}#Part]]"))
    log = {}
    for name, title in titles.items():
        words = draw(st.lists(st.tuples(forms, st.sampled_from(targets)), max_size=3))
        body = " and ".join(form.format(target) for form, target in words)
        relation = draw(st.sampled_from(targets))
        log[f"{name}.md"] = work(
            f"# Part\n\n{body}",
            title=f'"{title}"',
            builds_on=f'["{relation}"]',
            url=f"https://a.example/{name}",
        )
    return log


@settings(max_examples=20, deadline=None)
@given(logs())
def test_every_link_leads_in_the_vault_where_it_led_in_the_log(files: dict[str, str]) -> None:
    log = notebook(files)
    vault = export(log)
    exported = notebook(vault)
    where = _pair(log, exported)
    for note in log.notes:
        written = where[note]
        links = zip(log.links.list_links(note), written.links, strict=True)
        for (_, resolution), link in links:
            if target := resolution.target:
                assert resolve(link.target, written.path, vault) == where[target].path, link
        for old, new in zip(
            log.links.list_relations(note), exported.links.list_relations(written), strict=True
        ):
            if target := old.resolution.target:
                name = re.fullmatch(r"\[\[(.*)\]\]", new.text)
                assert name
                assert resolve(name[1], written.path, vault) == where[target].path
        assert written.values["title"] == note.values["title"]


def _pair(log: Notebook, exported: Notebook) -> dict[Note, Note]:
    files = obsidian.make_export(log, "vault").files
    paths = [file.path.removeprefix("vault/") for file in files if isinstance(file, ExportedFile)]
    return {note: exported.by_path[path] for note, path in zip(log.notes, paths, strict=True)}
