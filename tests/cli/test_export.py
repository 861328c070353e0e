"""`readinglog export`, run as people run it."""

from __future__ import annotations

from support.program import Run
from support.worlds import work

LOG: dict[str, str | bytes] = {
    "pyproject.toml": "",
    "notes/a.md": work("See [[B work]].", title="A"),
    "notes/b.md": work(title="B work", url="https://a.example/b", draft="true"),
    "notes/img/plot.png": b"\x89PNG\r\n\x1a\n",
    "notes/secrets.env": "KEY=1",
}


def test_each_kind_is_written_and_told(run: Run) -> None:
    run.write(LOG)
    done = run("export", "ndjson", "out/log.ndjson")
    assert (done.returncode, done.stdout) == (
        0,
        "exported 2 notes, 1 of them a draft, to out/log.ndjson\n",
    )
    shown = run("show", "--all", "--format", "jsonl").stdout
    assert (run.folder / "out/log.ndjson").read_text() == shown
    assert "in 2 files; in its folder, `datasette x.db" in run("export", "sqlite", "x.db").stdout
    vault = run("export", "obsidian", "vault")
    assert (
        "exported 2 notes, 1 of them a draft, to vault in 3 files; open it in Obsidian"
        in vault.stdout
    )
    assert vault.stderr.startswith("left out 1 file of kinds that are not published; ")
    assert (run.folder / "vault/img/plot.png").read_bytes() == LOG["notes/img/plot.png"]
    assert "[[b|B work]]" in (run.folder / "vault/a.md").read_text()


def test_a_bibliography_is_said_to_have_works_alone(run: Run) -> None:
    run.write({"notes/i.md": work(title="I", kind="idea", url="", authors="")})
    assert run("export", "bibtex", "x.bib").stdout == "exported 0 works to x.bib\n"
    run.write(LOG)
    told = "exported 2 works, 1 of them a draft, to x.json\n"
    assert run("export", "csl", "x.json").stdout == told


def test_another_call_replaces_the_export_and_nothing_else(run: Run) -> None:
    run.write(LOG)
    assert run("export", "bibtex", "log.bib").returncode == 0
    assert run("export", "bibtex", "log.bib").returncode == 0
    (run.folder / "log.bib").write_text("my own library")
    refused = run("export", "bibtex", "log.bib")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "log.bib` would be overwritten" in refused.stderr
    assert "add --force" in refused.stderr
    assert (run.folder / "log.bib").read_text() == "my own library"
    assert run("export", "csl", "log.bib", "--force").returncode == 0
    assert (run.folder / "log.bib").read_text().startswith("[")


def test_a_call_that_cannot_be_done_is_told(run: Run) -> None:
    run.write(LOG)
    inside = run("export", "obsidian", "notes/vault")
    assert "`notes/vault` is in the folder of the notes" in inside.stderr
    folder = run("export", "csl", "notes/../notes/../.", "--force")
    assert folder.returncode == 2
    (run.folder / "file").write_text("")
    below = run("export", "csl", "file/x.json")
    assert (below.returncode, "Traceback" in below.stderr) == (2, False)
    assert "cannot be written" in below.stderr
    assert "ndjson" in run("export", "--help").stdout
    assert "'json' is not one of" in run("export", "json", "x").stderr
