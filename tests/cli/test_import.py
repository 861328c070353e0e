"""`readinglog import`: what it writes, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.patches import git_apply
from support.program import Run
from support.worlds import work

LIBRARY = """\
@misc{gates, title={Gates}, author={Ann One}, eprint={2101.03961}, keywords={moe, sand}}
@misc{dials, title={Dials}, author={Bob Two}, url={https://example.org/dials}, annote={Read it.}}
"""
LOG: dict[str, str | bytes] = {
    "notes/tags.yml": "moe:\n  name: MoE\n",
    "notes/mine.md": work(title="Mine", url="https://arxiv.org/abs/2101.03961v2", venue=""),
    "library.bib": LIBRARY,
}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.relative_to(folder).parts
    }


def test_a_library_comes_in_and_the_second_time_nothing_changes(run: Run) -> None:
    run.write(LOG)
    first = run("import", "bibtex", "library.bib")
    assert first.returncode == 0
    assert first.stdout == "library.bib: 1 new, 1 completed\n"
    assert "left out: sand (1)" in first.stderr
    assert "1 of the new notes is a draft, and not published; it may lack" in first.stderr
    assert "commit notes/ and .readinglog/imports/bibtex-library.json together" in first.stderr
    assert "Read it." in (run.folder / "notes/dials.md").read_text(encoding="utf-8")
    assert run("check").returncode == 0
    before = tree(run.folder)
    second = run("import", "bibtex", "library.bib")
    assert second.stdout == "library.bib: 2 unchanged\n"
    assert "nothing was changed" in second.stderr
    assert tree(run.folder) == before


def test_a_dry_run_prints_what_would_be_written_and_writes_nothing(run: Run) -> None:
    run.write(LOG)
    before = tree(run.folder)
    dry = run("import", "bibtex", "library.bib", "--dry-run", "--folder", "lib", "--add-tags")
    assert tree(run.folder) == before
    patch = dry.stdout
    assert dry.stderr.startswith("library.bib: 1 new, 1 completed, 1 tag added to the vocabulary\n")
    assert "+++ b/notes/lib/dials.md" in patch
    assert "+sand:" in patch
    (run.folder / ".git").rmdir()
    git_apply(run.folder, patch.encode())
    assert "notes/lib/dials.md" in tree(run.folder)


def test_a_vault_comes_in_with_its_files(run: Run) -> None:
    run.write(
        {
            "notes/tags.yml": "",
            "vault/.obsidian/app.json": "{}",
            "vault/One note.md": "A sentence on it. ![[curve.png]] [[Two]]",
            "vault/deep/Two.md": "Another sentence.",
            "vault/deep/curve.png": b"\x89PNG\r\n\x1a\n",
        }
    )
    assert run("import", "obsidian", "vault").stdout == (
        "vault: 2 new, 1 attachment, 2 tags added to the vocabulary\n"
    )
    assert (run.folder / "notes/deep/curve.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert (run.folder / "notes/one-note.md").is_file()
    checked = run("check")
    assert checked.returncode == 0, checked.stdout


def test_remarks_beyond_the_first_and_the_last_are_printed_when_asked_for(run: Run) -> None:
    entries = [f"@misc{{e{n}, title={{T}}, url={{https://e.org/{n // 2}}}}}" for n in range(60)]
    run.write({"notes/tags.yml": "", "big.bib": "\n".join((*entries, "@misc{x, mood={odd}}"))})
    short = run("import", "bibtex", "big.bib", "--dry-run").stderr
    assert "`e1` is the same work as `e0`" in short
    assert "`e41` is the same work" not in short
    assert "left out, as notes have no such field: mood (1)" in short
    assert "and 11 other remarks (--all prints them)" in short
    whole = run("import", "bibtex", "big.bib", "--dry-run", "--all").stderr
    assert "`e41` is the same work as `e40`" in whole
    assert "other remark" not in whole


def test_what_an_import_reports_of_a_note_is_explained(run: Run) -> None:
    run.write(LOG)
    run("import", "bibtex", "library.bib")
    note = run.folder / "notes/dials.md"
    note.write_text(note.read_text(encoding="utf-8").replace("title: Dials", "title: My dials"))
    run.write({"library.bib": LIBRARY.replace("{Dials}", "{The dials}")})
    told = run("import", "bibtex", "library.bib").stderr
    assert "yours is kept: `title: My dials`" in told
    assert "[import-conflict]" in told
    explained = run("explain", "import-conflict")
    assert explained.stdout.startswith("import-conflict (warning)\n\nA block or a field that both")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("bibtex", "gone.bib"), "there is no file or folder `gone.bib`"),
        (("obsidian", "library.bib"), "`library.bib` is not a folder"),
        (("csl", "notes"), "`notes` is not a file"),
        (("csl", "library.bib"), "library.bib is not JSON"),
        (("zotero", "empty.json"), "empty.json is not Better BibTeX JSON"),
        (("readwise", "library.bib"), "has no columns `Highlight` and `Book Title`"),
        (("feed", "empty.json"), "empty.json is not a feed"),
        (("jekyll", "empty"), "empty has no posts"),
        (("bibtex", "https://example.org/a.bib"), "not from an address"),
        (("feed", "http://127.0.0.1:9/feed"), "is in a private network"),
        (("bibtex", "library.bib", "--folder", "../up"), "is not a folder within the notes"),
    ],
)
def test_what_cannot_be_imported_is_explained(
    run: Run, words: tuple[str, ...], reason: str
) -> None:
    run.write({**LOG, "empty.json": "[]", "empty/a.txt": ""})
    before = tree(run.folder)
    refused = run("import", *words)
    assert refused.returncode in (1, 2)
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr
    assert tree(run.folder) == before


def test_a_note_that_changes_meanwhile_or_a_base_that_is_cut_stops_all(run: Run) -> None:
    run.write(LOG)
    run("import", "bibtex", "library.bib")
    base = run.folder / ".readinglog/imports/bibtex-library.json"
    base.write_text(base.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    before = tree(run.folder)
    refused = run("import", "bibtex", "library.bib")
    assert (
        "bibtex-library.json, which says what was imported last, cannot be read" in refused.stderr
    )
    assert "restore it with git" in refused.stderr
    assert tree(run.folder) == before
