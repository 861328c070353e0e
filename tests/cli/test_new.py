"""`readinglog new` as a program: what it writes, prints, and leaves alone."""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import pty
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from readinglog.cli import main
from support.local_web import LocalWeb, Reply, page, redirect
from support.program import PROGRAM, Run, run_program
from support.worlds import note, work

TAGS = "moe: {name: MoE, aliases: [mixture of experts]}\nrouting: {parent: moe}\n"
FEED = """<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/1701.06538v1</id><published>2017-01-23T18:10:00Z</published>
<title>Outrageously Large Neural Networks: The Sparsely-Gated
  Mixture-of-Experts Layer</title><summary>A mixture of experts.</summary>
<author><name>Noam Shazeer</name></author><author><name>Azalia Mirhoseini</name></author>
<arxiv:comment>Published as a conference paper at ICLR 2017</arxiv:comment></entry></feed>"""
EMPTY_FEED = '<feed xmlns="http://www.w3.org/2005/Atom"/>'
ARTICLE = {
    "DOI": "10.1162/neco.1991.3.1.79",
    "type": "journal-article",
    "title": ["Adaptive Mixtures of Local Experts"],
    "author": [{"given": "Robert A.", "family": "Jacobs"}],
    "issued": {"date-parts": [[1991, 3]]},
    "container-title": ["Neural Computation"],
}
ENTRY = (
    "@article{jacobs, title={Adaptive Mixtures}, author={Jacobs, Robert A.}, year=1991, "
    "doi={10.1162/neco.1991.3.1.79}}"
)


def feed(text: str) -> Reply:
    return Reply(text.encode(), content_type="application/atom+xml; charset=utf-8")


def answer(message: object) -> Reply:
    return Reply(
        json.dumps({"status": "ok", "message": message}).encode(), content_type="application/json"
    )


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class New:
    """Calls `readinglog new` in a new log with a local server for all services.

    `as_program` runs it in a process of its own.
    """

    def __init__(self, folder: Path, web: LocalWeb, *, as_program: bool) -> None:
        self.as_program = as_program
        (folder / ".git").mkdir()
        self.run = Run(folder)
        self.run.write({"notes/tags.yml": TAGS})
        self.notes = folder / "notes"
        self.web = web
        self.env: Mapping[str, str] = {
            "XDG_CACHE_HOME": str(folder / ".git" / "cache"),
            "NO_PROXY": "127.0.0.1",
            "READINGLOG_MAILTO": "",
            "VISUAL": "",
            "EDITOR": "",
        }

    def __call__(
        self, *words: str, piped: bytes = b"", env: Mapping[str, str] | None = None
    ) -> Done:
        call = ["new", "--services", self.web.address, *words]
        around = dict(self.env) | dict(env or {})
        if not self.as_program:
            with contextlib.chdir(self.run.folder):
                found = CliRunner(env=around).invoke(main, call, input=piped)
            gc.enable()  # a command that ends with the program turns it off
            assert found.exception is None or isinstance(found.exception, SystemExit), (
                found.exc_info
            )
            return Done(found.exit_code, found.stdout, found.stderr)
        done = run_program([str(PROGRAM), *call], self.run.folder, os.environ | around, piped)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def tree(self) -> dict[str, bytes]:
        """Return every file of the log."""
        return {
            str(path.relative_to(self.notes)): path.read_bytes()
            for path in sorted(self.notes.rglob("*"))
            if path.is_file()
        }

    def written(self, *words: str, piped: bytes = b"") -> tuple[dict[str, object], str]:
        """Return the fields of the note that is written, and the messages."""
        before = self.tree()
        done = self(*words, piped=piped)
        assert done.returncode == 0, done
        [path] = self.tree().keys() - before.keys()
        assert done.stdout == f"notes/{path}\n"
        created = note(self.tree()[path], path)
        assert not created.get_diagnostics("invalid-front-matter")
        return dict(created.values), done.stderr

    def error(self, *words: str, piped: bytes = b"", code: int = 1) -> str:
        """Return the message of a call that fails; the tree stays as it was."""
        before = self.tree()
        done = self(*words, piped=piped)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert "Traceback" not in done.stderr
        assert self.tree() == before
        return done.stderr


@pytest.fixture
def new(local: LocalWeb, tmp_path: Path) -> New:
    return New(tmp_path, local, as_program=False)


@pytest.fixture
def program(local: LocalWeb, tmp_path: Path) -> New:
    return New(tmp_path, local, as_program=True)


# What identifies a work


@pytest.mark.parametrize(
    "what",
    [
        "1701.06538",
        "arXiv:1701.06538",
        "https://arxiv.org/pdf/1701.06538.pdf",
        "10.48550/arXiv.1701.06538",
    ],
)
def test_a_paper_of_arxiv(new: New, what: str) -> None:
    new.web["/arxiv"] = feed(FEED)
    fields, messages = new.written(what)
    assert (
        fields["title"]
        == "Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer"
    )
    assert fields["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert (fields["kind"], fields["published"], fields["arxiv"], fields["venue"]) == (
        "paper",
        "2017-01-23",
        "1701.06538",
        "ICLR 2017",
    )
    assert fields["date"] == date.today()  # noqa: DTZ011 - the author's own day
    assert fields["tags"] == ("moe",)
    assert "url" not in fields
    assert "suggested tags: moe; keep those that fit" in messages
    assert "outrageously-large-neural-networks.md" in messages
    assert "run `readinglog check notes/outrageously-large-neural-networks.md`" in messages
    assert "A mixture of experts." not in "".join(map(str, new.tree().values()))


def test_the_version_of_an_arxiv_id_is_kept(program: New) -> None:
    program.web["/arxiv"] = feed(FEED)
    fields, _ = program.written("https://arxiv.org/abs/1701.06538v1")
    assert fields["arxiv"] == "1701.06538v1"
    assert "id_list=1701.06538v1" in program.web.requests[-1][0]


@pytest.mark.parametrize(
    "what", ["10.1162/neco.1991.3.1.79", "https://doi.org/10.1162/NECO.1991.3.1.79"]
)
def test_an_article_by_its_doi(new: New, what: str) -> None:
    new.web["/crossref/10.1162%2Fneco.1991.3.1.79"] = answer(ARTICLE)
    fields, _ = new.written("--email", "ada@example.org", what)
    assert (fields["title"], fields["published"]) == (
        "Adaptive Mixtures of Local Experts",
        "1991-03",
    )
    assert (fields["doi"], fields["venue"]) == ("10.1162/neco.1991.3.1.79", "Neural Computation")
    assert "(mailto:ada@example.org)" in new.web.requests[0][1]["user-agent"]


def test_a_doi_unknown_to_crossref_is_read_from_its_page(new: New) -> None:
    new.web["/doi/10.5281/zenodo.1"] = redirect("/records/1")
    new.web["/records/1"] = page(
        '<meta name="citation_title" content="A data set">'
        '<meta name="citation_author" content="Adams, Ada">'
    )
    fields, _ = new.written("10.5281/zenodo.1")
    assert (fields["title"], fields["authors"], fields["doi"]) == (
        "A data set",
        ("Ada Adams",),
        "10.5281/zenodo.1",
    )
    assert "url" not in fields


def test_a_page(program: New) -> None:
    program.web["/post"] = page(
        '<meta property="og:title" content="On gates | Log">'
        '<meta property="og:site_name" content="Log"><meta name="author" content="Ada">'
    )
    fields, _ = program.written(f"{program.web.address}/post")
    assert (fields["title"], fields["kind"], fields["venue"]) == ("On gates", "post", "Log")
    assert fields["url"] == f"{program.web.address}/post"


def test_an_address_may_be_typed_without_its_scheme(new: New) -> None:
    fields, _ = new.written("example.org/posts/gates", "--offline")
    assert (fields["url"], new.web.requests) == ("https://example.org/posts/gates", [])
    fields, _ = new.written("Node.js and " + "gates " * 60, "--offline", "--name", "long")
    assert str(fields["title"]).startswith("Node.js and gates gates")


def test_a_page_with_an_id_is_completed_by_the_service(new: New) -> None:
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse">'
        '<meta name="citation_arxiv_id" content="1701.06538">'
    )
    new.web["/arxiv"] = feed(FEED)
    fields, _ = new.written(f"{new.web.address}/forum")
    assert fields["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert (fields["arxiv"], fields["url"]) == ("1701.06538", f"{new.web.address}/forum")


def test_a_page_is_used_alone_if_its_service_is_unreachable(new: New) -> None:
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse gates">'
        '<meta name="citation_doi" content="10.1000/182">'
    )
    new.web["/crossref/10.1000%2F182"] = Reply(status=403)
    fields, messages = new.written(f"{new.web.address}/forum")
    assert (fields["title"], fields["doi"]) == ("Sparse gates", "10.1000/182")
    assert "127.0.0.1 refuses to answer programs (403)" in messages
    for path in new.notes.glob("*.md"):
        path.unlink()
    new.web["/crossref/10.1000%2F182"] = Reply(b"{", content_type="application/json")
    fields, messages = new.written(f"{new.web.address}/forum")
    assert fields["doi"] == "10.1000/182"
    assert "the answer of Crossref is broken or incomplete" in messages


def test_a_doi_is_kept_if_its_page_is_unreachable(new: New) -> None:
    new.web["/doi/10.1000/x"] = Reply(status=403)
    fields, messages = new.written("10.1000/x")
    assert fields["doi"] == "10.1000/x"
    assert "127.0.0.1 refuses to answer programs (403)" in messages


def test_a_title_is_looked_up_at_crossref_if_arxiv_is_unreachable(new: New) -> None:
    new.web["/arxiv"] = Reply(status=403)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, _ = new.written("Adaptive mixtures of local experts")
    assert fields["doi"] == "10.1162/neco.1991.3.1.79"
    new.web["/crossref"] = redirect("http://10.0.0.1/")
    assert "is in a private network" in new.error("Another title")


def test_a_title(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, _ = new.written("adaptive", "mixtures", "of", "local", "experts")
    assert (fields["title"], fields["doi"]) == (
        "Adaptive Mixtures of Local Experts",
        "10.1162/neco.1991.3.1.79",
    )


def test_an_unknown_title_begins_a_note_with_a_hint(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, messages = new.written("A Title of My Own")
    assert fields["title"] == "A Title of My Own"
    assert "arXiv has no work with this title" in messages
    assert (
        "Crossref has no work with this title; the best match is "
        "`Adaptive Mixtures of Local Experts`: if you mean that, use `10.1162/neco.1991.3.1.79`"
        in messages
    )
    assert (
        "the kind of this work is unknown: change `kind: paper` if it is wrong\n"
        "not found, so fill in: authors, url" in messages
    )


def test_bibtex_as_a_word_a_file_and_input_needs_no_request(new: New) -> None:
    (new.run.folder / "refs.bib").write_text(
        ENTRY + "@book{b, title={B}, author={B}}", encoding="utf-8"
    )
    for call in ([ENTRY], ["refs.bib", "--key", "jacobs"], ["-"]):
        fields, _ = new.written(
            *call, "--name", f"by-{len(call)}-{len(call[0])}", piped=ENTRY.encode()
        )
        assert (fields["title"], fields["authors"]) == ("Adaptive Mixtures", ("Robert A. Jacobs",))
        for path in new.notes.glob("by-*.md"):
            path.unlink()
    assert new.web.requests == []


def test_a_pdf_is_not_read(new: New) -> None:
    new.web["/a.pdf"] = Reply(b"%PDF" * 2_000_000, content_type="application/pdf")
    fields, messages = new.written(f"{new.web.address}/a.pdf")
    assert fields["kind"] == "paper"
    assert "there is application/pdf at this address, not a web page" in messages
    assert "not found, so fill in: title, authors" in messages


# Known works


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("arxiv", '"1701.06538v2"', "https://arxiv.org/abs/1701.06538v1"),
        ("doi", "10.1162/neco.1991.3.1.79", "https://doi.org/10.1162/NECO.1991.3.1.79"),
        ("url", "https://example.org/post/", "http://www.example.org/post/?utm_source=x"),
        ("title", "Outrageously Large Neural Networks", "outrageously large neural networks"),
    ],
)
def test_a_work_in_the_log_is_shown_without_a_request(
    new: New, field: str, value: str, what: str
) -> None:
    new.run.write({"notes/deep/known.md": work(**{field: value})})
    before = new.tree()
    done = new(what)
    assert (done.returncode, done.stdout) == (0, "notes/deep/known.md\n")
    title = value if field == "title" else "A work"
    assert done.stderr == f"the log already has a note on `{title}`: notes/deep/known.md\n"
    assert new.tree() == before
    assert new.web.requests == []


def test_a_work_found_in_the_log_after_lookup_is_opened(new: New, tmp_path: Path) -> None:
    new.run.write({"notes/known.md": work(arxiv='"1701.06538"', url="")})
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse">'
        '<meta name="citation_arxiv_id" content="1701.06538">'
    )
    new.web["/arxiv"] = feed(FEED)
    done = new(f"{new.web.address}/forum", "--edit", env={"EDITOR": f"cp -t {tmp_path}"})
    assert (done.returncode, done.stdout) == (0, "notes/known.md\n")
    assert (tmp_path / "known.md").is_file()


# Options


def test_name_kind_and_tags_can_be_chosen(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    fields, messages = new.written(
        "1701.06538",
        "--name",
        "sparse-gates.md",
        "--kind",
        "book",
        "--tag",
        "Mixture of Experts",
        "--tag",
        "new: one",
    )
    assert list(new.tree()) == ["sparse-gates.md", "tags.yml"]
    assert (fields["kind"], fields["tags"]) == ("book", ("moe", "new: one"))
    assert "suggest" not in messages
    assert "no tag is named `new: one`" in messages


def test_a_dry_run_prints_and_writes_nothing(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    before = new.tree()
    done = new("1701.06538", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.startswith("---\ntitle: ")
    assert note(done.stdout).values["arxiv"] == "1701.06538"
    assert new.tree() == before


def test_edit_opens_the_note_and_checks_the_result(program: New) -> None:
    program.web["/arxiv"] = feed(FEED)
    topic = work("Prose.", kind="topic", title="Routing", authors="", url="")
    text = work(f"{'Text. ' * 60} [[routing-map]]", title="Sparse gates")
    program.run.write({"notes/routing-map.md": topic, "written.txt": text})
    done = program("1701.06538", "--edit", env={"EDITOR": "cp written.txt"})
    assert (done.returncode, done.stdout) == (0, "notes/outrageously-large-neural-networks.md\n")
    assert b"Sparse gates" in program.tree()["outrageously-large-neural-networks.md"]
    assert "missing-field" not in done.stderr


def test_an_editor_that_fails_or_removes_the_note_is_an_error(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    for number, editor in enumerate(("false", "no-such-editor", 'vi --bad "quote')):
        failed = new("1701.06538", "--edit", "--name", f"note-{number}", env={"EDITOR": editor})
        assert failed.returncode == 2, editor
        assert f"notes/note-{number}.md exists, but no editor could be run on it" in failed.stderr
        assert (new.notes / f"note-{number}.md").is_file()
        (new.notes / f"note-{number}.md").unlink()
    gone = new("1701.06538", "--edit", "--name", "other", env={"EDITOR": "rm"})
    assert "notes/other.md is gone" in gone.stderr


def test_offline_uses_what_is_typed_and_cached(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    fields, messages = new.written("1701.06538", "--offline")
    assert fields["arxiv"] == "1701.06538"
    assert "was not asked because of --offline" in messages
    assert "the title is unknown, so the note is called `paper-1701.06538`" in messages
    assert "not found, so fill in: title, authors" in messages
    assert new.web.requests == []
    for path in new.notes.glob("*.md"):
        path.unlink()
    assert new("1701.06538", "--dry-run").returncode == 0
    asked = list(new.web.requests)
    fields, _ = new.written("1701.06538", "--offline")
    assert fields["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert new.web.requests == asked


def test_a_stub_says_what_to_do_next(new: New) -> None:
    url = f"{new.web.address}/2024/how-it-works.html?a=1&b"
    _, messages = new.written(url, "--offline", "--kind", "post")
    [path] = new.notes.glob("*.md")
    assert path.stem.endswith("-2024-how-it-works.html-a-1-b")
    assert (
        f"the title is unknown, so the note is called `{path.stem}`: run `readinglog new '{url}'` "
        "again when the sources answer, and it is filled in\n"
        f"or write the title yourself, and run `readinglog rename {path.stem} NEW-NAME`\n"
    ) in messages
    path.unlink()
    _, messages = new.written("_!", "--offline", "--kind", "post")
    [path] = new.notes.glob("*.md")
    assert f"no name could be made from the title, so the note is called `{path.stem}`" in messages


@pytest.mark.parametrize(
    ("people", "user", "by"),
    [
        ('["Ada Adams"]', "somebody", ("Ada Adams",)),
        ('["Ada Adams", "Bo Bell"]', "bo  bell", ("Bo Bell",)),
        ('["Ada Adams", "Bo Bell"]', "Cy", ()),
        ("[]", "Ada Adams", ()),
    ],
)
def test_the_writer_is_filled_in_where_the_settings_know_who_writes(
    new: New, people: str, user: str, by: tuple[str, ...]
) -> None:
    folder = new.run.folder
    (folder / "readinglog.toml").write_text(f"people = {people}\n", encoding="utf-8")
    (folder / ".git").rmdir()
    for words in (["init", "--quiet"], ["config", "user.name", user]):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    fields, messages = new.written("A Title of My Own", "--offline")
    assert fields.get("by", ()) == by
    asked = "who writes this note? add `by` with one of Ada Adams, Bo Bell"
    assert (asked in messages) == (user == "Cy")


def test_another_note_with_the_name_is_left_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    (new.notes / "outrageously-large-neural-networks.md").write_text(
        work(title="Another"), encoding="utf-8"
    )
    new.written("1701.06538")
    assert {
        "outrageously-large-neural-networks-2.md",
        "outrageously-large-neural-networks.md",
    } <= new.tree().keys()
    assert (
        "is taken by notes/outrageously-large-neural-networks.md: choose another --name"
        in new.error("2401.04088", "--name", "outrageously-large-neural-networks", code=2)
    )


def test_a_file_in_the_way_is_left_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    (new.notes / "taken.md").symlink_to(new.notes / "nowhere" / "x.md")
    messages = new.error("1701.06538", "--name", "taken", code=2)
    assert "taken.md" in messages
    assert not (new.notes / "nowhere").exists()


def test_a_file_that_appears_during_lookup_is_left_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)._replace(
        first=lambda: (new.notes / "sparse.md").write_text("mine", encoding="utf-8")
    )
    done = new("1701.06538", "--name", "sparse")
    assert (done.returncode, done.stdout) == (2, "")
    assert "notes/sparse.md exists already: choose another --name" in done.stderr
    assert new.tree() == {"sparse.md": b"mine", "tags.yml": TAGS.encode()}


# Stubs


def test_a_note_that_was_begun_offline_is_completed_by_a_second_call(new: New) -> None:
    new.written("1701.06538v1", "--offline")
    [path] = new.notes.glob("*.md")
    assert path.name == "paper-1701.06538v1.md"
    begun = path.read_text(encoding="utf-8")
    assert begun.startswith('---\ntitle: ""\nkind: paper\nauthors: []\ndate: ')
    text = begun.replace("## What it claims\n", "## What it claims\n\nMine.\n")
    path.write_text(text.replace('summary: ""', "summary: My words."), encoding="utf-8")
    new.web["/arxiv"] = feed(FEED)
    done = new("1701.06538")
    assert (done.returncode, done.stdout) == (0, "notes/paper-1701.06538v1.md\n")
    assert (
        "the log already has a note on this work: notes/paper-1701.06538v1.md; "
        "filled in: title, authors, published, venue, tags\n"
    ) in done.stderr
    assert (
        "to name it after its title, run "
        "`readinglog rename paper-1701.06538v1 outrageously-large-neural-networks`\n"
    ) in done.stderr
    assert "source: arXiv\n" in done.stderr
    completed = path.read_text(encoding="utf-8")
    created = note(completed)
    assert created.diagnostics == ()
    assert created.values["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert created.values["arxiv"] == "1701.06538v1"
    assert created.values["summary"] == "My words."
    assert created.values["tags"] == ("moe",)
    assert [name for name in created.fields if name not in ("date", "summary")] == [
        "title",
        "kind",
        "authors",
        "published",
        "arxiv",
        "venue",
        "tags",
    ]
    assert completed.split("---\n")[2] == text.split("---\n")[2]
    again = new("1701.06538")
    assert "the log already has a note on `Outrageously Large" in again.stderr
    assert path.read_text(encoding="utf-8") == completed


def test_a_stub_stays_as_it_is_where_nothing_is_known_or_written(new: New) -> None:
    new.written("A title of mine", "--offline")
    before = new.tree()
    done = new("A title of mine", "--offline")
    assert (
        "the log already has a note on `A title of mine`: notes/a-title-of-mine.md" in done.stderr
    )
    assert new.tree() == before
    new.web["/arxiv"] = feed(
        FEED.replace("Outrageously Large Neural Networks: ", "A title of mine: ")
    )
    done = new("A title of mine", "--dry-run")
    assert "authors: [Noam Shazeer, Azalia Mirhoseini]\n" in done.stdout
    assert new.tree() == before
    done = new("A title of mine", "--edit", env={"EDITOR": "true"})
    assert "filled in: authors, published, arxiv, venue, tags" in done.stderr
    assert b'arxiv: "1701.06538"\n' in new.tree()["a-title-of-mine.md"]


def test_a_stub_whose_work_is_gone_is_shown(new: New) -> None:
    url = f"{new.web.address}/gone"
    new.written(url, "--offline")
    done = new(url)
    [path] = new.notes.glob("*.md")
    assert (done.returncode, done.stdout) == (0, f"notes/{path.name}\n")
    assert "127.0.0.1 has nothing at this address (404): check it\n" in done.stderr


def test_a_stub_keeps_its_line_breaks_and_what_is_wrong_in_it(new: New) -> None:
    stub = "\ufeff---\r\ntitle:\r\narxiv: '1701.06538'\r\nauthors: # who?\r\nvenue: [a]\r\n---\r\n\r\nText.\r\n"
    path = new.notes / "stub.md"
    path.write_bytes(stub.encode())
    new.web["/arxiv"] = feed(FEED)
    assert "filled in: title, authors, published, tags" in new("1701.06538").stderr
    data = path.read_bytes().decode()
    assert data.startswith("\ufeff---\r\ntitle: ")
    assert "\r\nauthors: [Noam Shazeer, Azalia Mirhoseini] # who?\r\n" in data
    assert "\r\nvenue: [a]\r\n" in data
    assert data.endswith("---\r\n\r\nText.\r\n")
    assert "\n" not in data.replace("\r\n", "")


# Sources


def test_the_answer_names_its_source_and_those_that_were_silent(new: New) -> None:
    new.web["/arxiv-oai-pmh"] = Reply(status=429, headers={"Retry-After": "600"})
    new.web["/arxiv-page/1701.06538"] = Reply(b"Rate exceeded.", content_type="text/plain")
    new.web["/arxiv"] = feed(FEED)
    _, messages = new.written("1701.06538")
    assert "127.0.0.1 is not available at the moment (429)\n" in messages
    assert "127.0.0.1 is not available at the moment (too many requests)\n" in messages
    assert "source: arXiv\n" in messages


def test_a_book_by_its_isbn(new: New) -> None:
    book = {
        "title": "Deep Learning",
        "authors": [{"name": "Ian Goodfellow"}],
        "publishers": [{"name": "MIT Press"}],
        "publish_date": "Nov 18, 2016",
        "url": "https://openlibrary.org/books/OL26641946M",
    }
    new.web["/open-library"] = Reply(
        json.dumps({"ISBN:9780262035613": book}).encode(), content_type="application/json"
    )
    fields, messages = new.written("ISBN 978-0-262-03561-3")
    assert (fields["title"], fields["kind"], fields["published"]) == (
        "Deep Learning",
        "book",
        "2016-11-18",
    )
    assert (fields["venue"], fields["url"]) == ("MIT Press", book["url"])
    assert "source: Open Library\n" in messages
    assert "is not an ISBN, which has a check digit" in new.error("978-0-262-03561-4")


def test_remarks_on_bibtex_are_printed(new: New) -> None:
    entry = "@article{a,\n title = {A Work}\n author = {Ann One; Bob Two},\n year = 2001}"
    fields, messages = new.written(entry)
    assert fields["authors"] == ("Ann One", "Bob Two")
    assert (
        "line 2 of the BibTeX: a comma is missing after the field `title`: "
        "write one at the end of the line\n"
    ) in messages
    assert "line 3 of the BibTeX: `Ann One; Bob Two` is read as 2 authors: write `and`" in messages


# Invalid input


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/b",
        "a\\b",
        ".hidden",
        "..",
        "A B",
        "a\nb",
        "index",
        "CON",
        "x" * 200,
        "\x1b[31m",
        "/etc/passwd",
        "über",
    ],
)
def test_an_invalid_name_is_a_usage_error(new: New, name: str) -> None:
    messages = new.error("1701.06538", "--name", name, code=2)
    assert "cannot be the name of a note: use a few lower-case words joined by `-`" in messages
    assert "\x1b" not in messages
    assert new.web.requests == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "no work was given: add an arXiv id, a DOI, an address, a title or a BibTeX file"),
        (
            ["1701.06538", "2401.04088"],
            "a note is about one work: run `readinglog new 1701.06538` first, then again for the others",
        ),
        (["x", "--email", "a\nb: c"], "is not an email address"),
        (["x", "--kind", "Video"], "the kind `Video`: did you mean `talk`? use one of paper"),
        (["x", "--kind", "topic"], "no note can be started with the kind `topic`"),
    ],
)
def test_a_wrong_call_is_a_usage_error(new: New, words: list[str], message: str) -> None:
    assert message in new.error(*words, code=2)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (
            "2401.1002",
            "`2401.1002` is not an arXiv id: write year and month, a dot, and five digits",
        ),
        ("file:///etc/passwd", "is not a web address: write it as https://…"),
        (
            "http://a b/",
            "is not a web address: write it as https://…, without spaces or a password",
        ),
        ("http://ada:secret@example.org/", "is not a web address"),
        ("gone.bib", "there is no file `gone.bib`"),
        (
            "@article{x, title={",
            "cannot be parsed from line 1 on: the value of `title` is not closed: look for a brace or a quote that is not closed",
        ),
        ("?!", "`?!` does not identify a work"),
        ("https://xn--a.example/", "has an invalid host name: copy the address from a browser"),
        ("https://☃.example/a", "has an invalid host name"),
        ("http://192.168.0.1/", "192.168.0.1 is in a private network, which is not allowed"),
    ],
)
def test_what_identifies_no_work_is_an_error(new: New, what: str, message: str) -> None:
    assert message in new.error(what)


def test_bibtex_that_is_not_utf8_is_an_error(program: New) -> None:
    latin = "@article{a,\n author={Schölkopf}}".encode("latin-1")
    (program.run.folder / "refs.bib").write_bytes(latin)
    assert "refs.bib is not UTF-8 (see line 2): save it as UTF-8" in program.error("refs.bib")
    assert "the input is not UTF-8" in program.error("-", piped=latin)
    (program.run.folder / "two.bib").write_text("@book{a,}@book{b,}", encoding="utf-8")
    assert "two.bib has 2 entries: choose one with --key: `a`, `b`" in program.error("two.bib")


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(),
    reason="a file that is there and cannot be read is found on Linux",
)
def test_a_file_that_cannot_be_read_is_an_error(new: New) -> None:
    assert "`/proc/self/mem` cannot be read: input/output error" in new.error("/proc/self/mem")


def test_a_work_that_does_not_exist_is_an_error(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    assert "arXiv has no paper `2401.99999`: check the id" in new.error("2401.99999")
    assert "no work has the DOI `10.1000/nothing`: check it" in new.error("10.1000/nothing")
    assert "127.0.0.1 has nothing at this address (404): check it" in new.error(
        f"{new.web.address}/gone"
    )


def test_large_pages_and_private_redirects_are_refused(program: New) -> None:
    program.web["/big"], program.web["/in"] = (
        Reply(b"x" * 50_000_000),
        redirect("http://169.254.169.254/latest/meta-data/"),
    )
    assert "127.0.0.1 sends more than 5 MB" in program.error(f"{program.web.address}/big")
    assert "169.254.169.254 is in a private network, which is not allowed" in program.error(
        f"{program.web.address}/in"
    )


def test_services_allows_no_other_private_address(new: New) -> None:
    new.web["/in"] = redirect("http://127.0.0.1:9/")
    assert "is in a private network" in new.error(f"{new.web.address}/in")
    done = new.run("new", f"{new.web.address}/in", env=new.env)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is in a private network" in done.stderr


def test_hostile_markup_is_removed_with_a_remark(program: New) -> None:
    title = (
        "&lt;script&gt;alert(1)&lt;/script&gt;Gates: &lt;img src=x onerror=alert(1)&gt; {% x %} "
        "&quot;&#10;---&#10;draft: true&#27;[31m"
    )
    program.web["/a"] = page(
        f'<meta property="og:title" content="{title}">'
        '<meta name="author" content="&lt;b&gt;Ada&lt;/b&gt;">'
    )
    fields, messages = program.written(f"{program.web.address}/a")
    assert fields["title"] == 'Gates: {% x %} " --- draft: true[31m'
    assert fields["authors"] == ("Ada",)
    assert "draft" not in fields
    assert "markup was removed from the title: `<script>alert(1)</script>Gates:" in messages
    assert "\x1b" not in messages


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=403),
        feed("<feed"),
        feed("<!DOCTYPE x><feed/>"),
        Reply(b"", content_type="text/plain"),
    ],
)
def test_an_unreachable_service_begins_a_note_with_what_is_known(new: New, reply: Reply) -> None:
    new.web["/arxiv"] = reply
    fields, messages = new.written("1701.06538")
    assert (fields["arxiv"], fields["kind"]) == ("1701.06538", "paper")
    assert "not found, so fill in: title, authors" in messages
    assert len(messages.splitlines()) > 3


def test_a_full_disk_is_an_error(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("readinglog.workspace.files.write_file", fail)
    new.web["/arxiv"] = feed(FEED)
    assert "notes/x.md cannot be written: no space left on device" in new.error(
        "1701.06538", "--name", "x", code=2
    )


def test_a_terminal_prompts_for_the_work(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    ours, theirs = pty.openpty()
    words = [str(PROGRAM), "new", "--services", new.web.address]
    env = os.environ | dict(new.env) | {"TERM": "xterm"}
    with subprocess.Popen(
        words, cwd=new.run.folder, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.write(ours, b"1701.06538\n")
        out, _ = process.communicate(timeout=60)
    messages = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, out) == (0, b"notes/outrageously-large-neural-networks.md\n")
    assert "arXiv id, DOI, address or title: " in messages
    assert "Looking up …" in messages
