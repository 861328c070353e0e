"""`readinglog new` as a person calls it: what it writes, what it says, and that the tree stays as it was where it writes nothing."""

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
from support.local_web import LocalWeb, Reply, moved, page
from support.program import PROGRAM, Run
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
ENTRY = "@article{jacobs, title={Adaptive Mixtures}, author={Jacobs, Robert A.}, year=1991, doi={10.1162/neco.1991.3.1.79}}"


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
    """Calls `readinglog new` in a log of its own, with a server of its own for all services; `alone` as a program."""

    def __init__(self, folder: Path, web: LocalWeb, *, alone: bool) -> None:
        self.alone = alone
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
        if not self.alone:
            with contextlib.chdir(self.run.folder):
                found = CliRunner(env=around).invoke(main, call, input=piped)
            gc.enable()  # a command that ends with the program turns it off
            assert found.exception is None or isinstance(found.exception, SystemExit), (
                found.exc_info
            )
            return Done(found.exit_code, found.stdout, found.stderr)
        command = [str(PROGRAM), *call]
        whole = os.environ | {"PYTHONIOENCODING": "utf-8"} | around
        done = subprocess.run(
            command,
            cwd=self.run.folder,
            env=whole,
            input=piped,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def tree(self) -> dict[str, bytes]:
        """Every file of the log."""
        return {
            str(path.relative_to(self.notes)): path.read_bytes()
            for path in sorted(self.notes.rglob("*"))
            if path.is_file()
        }

    def written(self, *words: str, piped: bytes = b"") -> tuple[dict[str, object], str]:
        """The fields of the note that is written, and what is said."""
        before = self.tree()
        done = self(*words, piped=piped)
        assert done.returncode == 0, done
        [path] = self.tree().keys() - before.keys()
        assert done.stdout == f"notes/{path}\n"
        made = note(self.tree()[path], path)
        assert not made.found("invalid-front-matter")
        return dict(made.values), done.stderr

    def told(self, *words: str, piped: bytes = b"", code: int = 1) -> str:
        """What is said of a call that is given something bad; the tree is as it was."""
        before = self.tree()
        done = self(*words, piped=piped)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert "Traceback" not in done.stderr
        assert self.tree() == before
        return done.stderr


@pytest.fixture
def new(local: LocalWeb, tmp_path: Path) -> New:
    return New(tmp_path, local, alone=False)


@pytest.fixture
def program(local: LocalWeb, tmp_path: Path) -> New:
    return New(tmp_path, local, alone=True)


# What can be asked for ------------------------------------------------------------------------------------------------


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
    fields, told = new.written(what)
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
    assert "suggested tags: moe; keep those that fit" in told
    assert "outrageously-large-neural-networks.md" in told
    assert "then run: readinglog check notes/outrageously-large-neural-networks.md" in told
    assert "A mixture of experts." not in "".join(map(str, new.tree().values()))


def test_the_version_that_was_read_is_kept(program: New) -> None:
    program.web["/arxiv"] = feed(FEED)
    fields, _ = program.written("https://arxiv.org/abs/1701.06538v1")
    assert fields["arxiv"] == "1701.06538v1"
    assert "id_list=1701.06538v1" in program.web.asked[0][0]


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
    assert "(mailto:ada@example.org)" in new.web.asked[0][1]["user-agent"]


def test_a_doi_that_crossref_does_not_have_is_asked_for_at_its_page(new: New) -> None:
    new.web["/doi/10.5281/zenodo.1"] = moved("/records/1")
    new.web["/records/1"] = page(
        '<meta name="citation_title" content="A data set"><meta name="citation_author" content="Adams, Ada">'
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
        '<meta property="og:title" content="On gates | Log"><meta property="og:site_name" content="Log"><meta name="author" content="Ada">'
    )
    fields, _ = program.written(f"{program.web.address}/post")
    assert (fields["title"], fields["kind"], fields["venue"]) == ("On gates", "post", "Log")
    assert fields["url"] == f"{program.web.address}/post"


def test_an_address_may_be_typed_without_its_scheme(new: New) -> None:
    fields, _ = new.written("example.org/posts/gates", "--offline")
    assert (fields["url"], new.web.asked) == ("https://example.org/posts/gates", [])
    fields, _ = new.written("Node.js and " + "gates " * 60, "--offline", "--name", "long")
    assert str(fields["title"]).startswith("Node.js and gates gates")


def test_a_page_that_names_its_id_is_completed_by_the_service(new: New) -> None:
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse"><meta name="citation_arxiv_id" content="1701.06538">'
    )
    new.web["/arxiv"] = feed(FEED)
    fields, _ = new.written(f"{new.web.address}/forum")
    assert fields["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert (fields["arxiv"], fields["url"]) == ("1701.06538", f"{new.web.address}/forum")


def test_a_page_whose_service_is_silent_speaks_for_itself(new: New) -> None:
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse gates"><meta name="citation_doi" content="10.1000/182">'
    )
    new.web["/crossref/10.1000%2F182"] = Reply(status=403)
    fields, told = new.written(f"{new.web.address}/forum")
    assert (fields["title"], fields["doi"]) == ("Sparse gates", "10.1000/182")
    assert "127.0.0.1 does not answer a program (403)" in told
    for path in new.notes.glob("*.md"):
        path.unlink()
    new.web["/crossref/10.1000%2F182"] = Reply(b"{", content_type="application/json")
    fields, told = new.written(f"{new.web.address}/forum")
    assert fields["doi"] == "10.1000/182"
    assert "Crossref answers with something that is broken or cut short" in told


def test_a_doi_whose_page_is_silent_is_noted(new: New) -> None:
    new.web["/doi/10.1000/x"] = Reply(status=403)
    fields, told = new.written("10.1000/x")
    assert fields["doi"] == "10.1000/x"
    assert "127.0.0.1 does not answer a program (403)" in told


def test_a_title_is_asked_for_at_crossref_while_arxiv_is_silent(new: New) -> None:
    new.web["/arxiv"] = Reply(status=403)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, _ = new.written("Adaptive mixtures of local experts")
    assert fields["doi"] == "10.1162/neco.1991.3.1.79"
    new.web["/crossref"] = moved("http://10.0.0.1/")
    assert "is in a private network" in new.told("Another title")


def test_a_title(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, _ = new.written("adaptive", "mixtures", "of", "local", "experts")
    assert (fields["title"], fields["doi"]) == (
        "Adaptive Mixtures of Local Experts",
        "10.1162/neco.1991.3.1.79",
    )


def test_a_title_that_nobody_knows_begins_a_note_with_what_is_nearest_said(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    new.web["/crossref"] = answer({"items": [ARTICLE]})
    fields, told = new.written("A Title of My Own")
    assert fields["title"] == "A Title of My Own"
    assert "arXiv knows no such title" in told
    assert (
        "Crossref has `Adaptive Mixtures of Local Experts` (10.1162/neco.1991.3.1.79) at best"
        in told
    )
    assert (
        "assumed to be a paper: change its kind if it is not\nnot found, please fill in: authors, url"
        in told
    )


def test_bibtex_as_a_word_a_file_and_the_input_asks_nobody(new: New) -> None:
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
    assert new.web.asked == []


def test_what_a_pdf_is_nobody_says(new: New) -> None:
    new.web["/a.pdf"] = Reply(b"%PDF" * 2_000_000, content_type="application/pdf")
    fields, told = new.written(f"{new.web.address}/a.pdf")
    assert fields["kind"] == "paper"
    assert "there is application/pdf at this address, no page that says what it is" in told
    assert "not found, please fill in: title, authors" in told


# Known works ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("arxiv", '"1701.06538v2"', "https://arxiv.org/abs/1701.06538v1"),
        ("doi", "10.1162/neco.1991.3.1.79", "https://doi.org/10.1162/NECO.1991.3.1.79"),
        ("url", "https://example.org/post/", "http://www.example.org/post/?utm_source=x"),
        ("title", "Outrageously Large Neural Networks", "outrageously large neural networks"),
    ],
)
def test_a_work_in_the_log_is_shown_and_nobody_is_asked(
    new: New, field: str, value: str, what: str
) -> None:
    new.run.write({"notes/deep/known.md": work(**{field: value})})
    before = new.tree()
    done = new(what)
    assert (done.returncode, done.stdout) == (0, "notes/deep/known.md\n")
    assert "is in the log already: notes/deep/known.md" in done.stderr
    assert new.tree() == before
    assert new.web.asked == []


def test_a_work_that_turns_out_to_be_in_the_log_is_shown_and_opened(
    new: New, tmp_path: Path
) -> None:
    new.run.write({"notes/known.md": work(arxiv='"1701.06538"', url="")})
    new.web["/forum"] = page(
        '<meta name="citation_title" content="Sparse"><meta name="citation_arxiv_id" content="1701.06538">'
    )
    new.web["/arxiv"] = feed(FEED)
    done = new(f"{new.web.address}/forum", "--edit", env={"EDITOR": f"cp -t {tmp_path}"})
    assert (done.returncode, done.stdout) == (0, "notes/known.md\n")
    assert (tmp_path / "known.md").is_file()


# Options --------------------------------------------------------------------------------------------------------------


def test_name_kind_and_tags_are_as_one_says(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    fields, told = new.written(
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
    assert "suggest" not in told
    assert "no tag is named `new: one`" in told


def test_a_dry_run_prints_and_writes_nothing(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    before = new.tree()
    done = new("1701.06538", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.startswith("---\ntitle: ")
    assert note(done.stdout).values["arxiv"] == "1701.06538"
    assert new.tree() == before


def test_edit_opens_the_note_and_checks_what_was_written(program: New) -> None:
    program.web["/arxiv"] = feed(FEED)
    topic = work("Prose.", kind="topic", title="Routing", authors="", url="")
    text = work(f"{'Text. ' * 60} [[routing-map]]", title="Sparse gates")
    program.run.write({"notes/routing-map.md": topic, "written.txt": text})
    done = program("1701.06538", "--edit", env={"EDITOR": "cp written.txt"})
    assert (done.returncode, done.stdout) == (0, "notes/outrageously-large-neural-networks.md\n")
    assert b"Sparse gates" in program.tree()["outrageously-large-neural-networks.md"]
    assert "missing-field" not in done.stderr


def test_an_editor_that_fails_or_moves_the_note_away_is_no_traceback(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    for number, editor in enumerate(("false", "no-such-editor", 'vi --bad "quote')):
        failed = new("1701.06538", "--edit", "--name", f"note-{number}", env={"EDITOR": editor})
        assert failed.returncode == 2, editor
        assert f"notes/note-{number}.md is written, but no editor could be opened" in failed.stderr
        assert (new.notes / f"note-{number}.md").is_file()
        (new.notes / f"note-{number}.md").unlink()
    gone = new("1701.06538", "--edit", "--name", "other", env={"EDITOR": "rm"})
    assert "notes/other.md no longer exists" in gone.stderr


def test_offline_begins_with_what_was_asked_for_and_with_answers_that_are_kept(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    fields, told = new.written("1701.06538", "--offline")
    assert fields["arxiv"] == "1701.06538"
    assert "is not asked for --offline" in told
    assert "not found, please fill in: title, authors" in told
    assert new.web.asked == []
    for path in new.notes.glob("*.md"):
        path.unlink()
    assert new("1701.06538", "--dry-run").returncode == 0
    fields, _ = new.written("1701.06538", "--offline")
    assert fields["authors"] == ("Noam Shazeer", "Azalia Mirhoseini")
    assert len(new.web.asked) == 1


def test_another_note_of_that_name_leaves_it_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    (new.notes / "outrageously-large-neural-networks.md").write_text(
        work(title="Another"), encoding="utf-8"
    )
    new.written("1701.06538")
    assert {
        "outrageously-large-neural-networks-2.md",
        "outrageously-large-neural-networks.md",
    } <= new.tree().keys()
    assert "has that name already: choose another --name" in new.told(
        "2401.04088", "--name", "outrageously-large-neural-networks", code=2
    )


def test_a_file_in_the_way_is_left_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    (new.notes / "taken.md").symlink_to(new.notes / "nowhere" / "x.md")
    told = new.told("1701.06538", "--name", "taken", code=2)
    assert "taken.md" in told
    assert not (new.notes / "nowhere").exists()


def test_what_appears_while_others_are_asked_is_left_alone(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)._replace(
        first=lambda: (new.notes / "sparse.md").write_text("mine", encoding="utf-8")
    )
    done = new("1701.06538", "--name", "sparse")
    assert (done.returncode, done.stdout) == (2, "")
    assert "notes/sparse.md exists already: choose another --name" in done.stderr
    assert new.tree() == {"sparse.md": b"mine", "tags.yml": TAGS.encode()}


# Bad input ------------------------------------------------------------------------------------------------------------


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
def test_a_name_that_is_none_is_a_wrong_call(new: New, name: str) -> None:
    told = new.told("1701.06538", "--name", name, code=2)
    assert "cannot be the name of a note: write a few lower-case words joined by `-`" in told
    assert "\x1b" not in told
    assert new.web.asked == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a work: an arXiv id, a DOI, an address, a title or a BibTeX file"),
        (["1701.06538", "2401.04088"], "a note is about one work: call it with `1701.06538` alone"),
        (["x", "--email", "a\nb: c"], "is not an email address"),
        (["x", "--kind", "topic"], "Invalid value for '--kind'"),
    ],
)
def test_a_wrong_call_is_told(new: New, words: list[str], said: str) -> None:
    assert said in new.told(*words, code=2)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("2401.1002", "`2401.1002` is no arXiv id: one is year and month, a dot, and five digits"),
        ("file:///etc/passwd", "is not an address of the web: write it as https://…"),
        (
            "http://a b/",
            "is not an address of the web: write it as https://…, without spaces or a password",
        ),
        ("http://ada:secret@example.org/", "is not an address of the web"),
        ("gone.bib", "there is no file `gone.bib`"),
        (
            "@article{x, title={",
            "cannot be read from line 1 on: look for a brace or a quote that is not closed",
        ),
        ("?!", "`?!` names no work"),
        ("http://192.168.0.1/", "192.168.0.1 is in a private network, where nothing is read"),
    ],
)
def test_what_names_no_work_is_told(new: New, what: str, said: str) -> None:
    assert said in new.told(what)


def test_bibtex_that_is_not_utf8_is_told(program: New) -> None:
    latin = "@article{a,\n author={Schölkopf}}".encode("latin-1")
    (program.run.folder / "refs.bib").write_bytes(latin)
    assert (
        "refs.bib is not UTF-8: line 2 has a byte that is none; save the file as UTF-8"
        in program.told("refs.bib")
    )
    assert "the input is not UTF-8" in program.told("-", piped=latin)
    (program.run.folder / "two.bib").write_text("@book{a,}@book{b,}", encoding="utf-8")
    assert "two.bib holds 2 entries: choose by --key one of `a`, `b`" in program.told("two.bib")


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(),
    reason="a file that is there and cannot be read is found on Linux",
)
def test_a_file_that_cannot_be_read_is_told(new: New) -> None:
    assert "`/proc/self/mem` cannot be read: input/output error" in new.told("/proc/self/mem")


def test_works_that_there_are_not_are_told(new: New) -> None:
    new.web["/arxiv"] = feed(EMPTY_FEED)
    assert "arXiv has no paper `2401.99999`: check the id" in new.told("2401.99999")
    assert "no work has the DOI `10.1000/nothing`: check it" in new.told("10.1000/nothing")
    assert "127.0.0.1 has nothing at this address (404): check it" in new.told(
        f"{new.web.address}/gone"
    )


def test_fifty_megabytes_and_a_way_into_a_private_network_are_refused(program: New) -> None:
    program.web["/big"], program.web["/in"] = (
        Reply(b"x" * 50_000_000),
        moved("http://169.254.169.254/latest/meta-data/"),
    )
    assert "127.0.0.1 sends more than 5 MB" in program.told(f"{program.web.address}/big")
    assert "169.254.169.254 is in a private network, where nothing is read" in program.told(
        f"{program.web.address}/in"
    )


def test_the_services_that_one_names_open_no_other_private_address(new: New) -> None:
    new.web["/in"] = moved("http://127.0.0.1:9/")
    assert "is in a private network" in new.told(f"{new.web.address}/in")
    done = new.run("new", f"{new.web.address}/in", env=new.env)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is in a private network" in done.stderr


def test_hostile_marks_are_text_and_are_told_of(program: New) -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt;Gates: &lt;img src=x onerror=alert(1)&gt; {% x %} &quot;&#10;---&#10;draft: true&#27;[31m"
    program.web["/a"] = page(
        f'<meta property="og:title" content="{title}"><meta name="author" content="&lt;b&gt;Ada&lt;/b&gt;">'
    )
    fields, told = program.written(f"{program.web.address}/a")
    assert fields["title"] == 'Gates: {% x %} " --- draft: true[31m'
    assert fields["authors"] == ("Ada",)
    assert "draft" not in fields
    assert "the title held markup, which is taken out: `<script>alert(1)</script>Gates:" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=403),
        feed("<feed"),
        feed("<!DOCTYPE x><feed/>"),
        Reply(b"", content_type="text/plain"),
    ],
)
def test_a_service_that_does_not_answer_begins_a_note_with_what_is_known(
    new: New, reply: Reply
) -> None:
    new.web["/arxiv"] = reply
    fields, told = new.written("1701.06538")
    assert (fields["arxiv"], fields["kind"]) == ("1701.06538", "paper")
    assert "not found, please fill in: title, authors" in told
    assert len(told.splitlines()) > 3


def test_a_disk_that_is_full_is_told(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("readinglog.workspace.files.write_file", full)
    new.web["/arxiv"] = feed(FEED)
    assert "notes/x.md cannot be written: no space left on device" in new.told(
        "1701.06538", "--name", "x", code=2
    )


def test_on_a_terminal_one_is_asked(new: New) -> None:
    new.web["/arxiv"] = feed(FEED)
    ours, theirs = pty.openpty()
    words = [str(PROGRAM), "new", "--services", new.web.address]
    env = os.environ | dict(new.env) | {"TERM": "xterm"}
    with subprocess.Popen(
        words, cwd=new.run.folder, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.write(ours, b"1701.06538\n")
        out, _ = process.communicate(timeout=60)
    told = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, out) == (0, b"notes/outrageously-large-neural-networks.md\n")
    assert "An arXiv id, a DOI, an address or a title: " in told
    assert "looking up …" in told
