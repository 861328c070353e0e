"""From "I have read something" to a branch that can be merged: a contributor in a repository of
their own, with the real programs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.local_web import LocalWeb, Reply
from support.program import decode, run_program
from support.repositories import Repository
from support.worlds import work

BIN = Path(sys.executable).parent
HOOK = f"""\
repos:
  - repo: local
    hooks:
      - id: readinglog-check
        name: readinglog check
        entry: {BIN / "readinglog"} check --staged
        language: system
        pass_filenames: false
        always_run: true
"""
LOG = {
    "mkdocs.yml": "site_name: A log\ndocs_dir: notes\ntheme: {name: material}\nplugins: [readinglog]\n",
    "notes/tags.yml": "moe: {name: MoE, aliases: [mixture of experts]}\ndiffusion: {summary: Noise.}\nrouting: {parent: moe}\n",
    "notes/ddpm.md": work(
        "See [[gone]].", title="Denoising diffusion", url="https://a.example/1", tags="[diffusion]"
    ),
    "notes/gshard.md": work(
        "It was begun by [[arxiv:1701.06538]].",
        title="GShard",
        url="https://a.example/2",
        tags="[routing]",
    ),
    ".pre-commit-config.yaml": HOOK,
    ".gitignore": ".cache/\nsite/\n",
}
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1701.06538v1</id>
<published>2017-01-23T18:10:00Z</published><title>Outrageously Large Neural Networks: The Sparsely-Gated
  Mixture-of-Experts Layer</title><summary>We introduce a sparsely-gated mixture of experts.</summary>
<author><name>Noam Shazeer</name></author><author><name>Azalia Mirhoseini</name></author></entry></feed>"""
NAME = "outrageously-large-neural-networks"
TEXT = "A gate asks few of many experts, as [[GShard]] does later; [[ddpm]] is another matter.\n"


class Contributor(Repository):
    """A clone of the log, on a branch for a note."""

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = self.env | {
            "XDG_CACHE_HOME": str(self.folder / ".cache"),
            "NO_MKDOCS_2_WARNING": "1",
            "SITE_URL": "http://localhost/",
        }
        return decode(run_program([str(BIN / words[0]), *words[1:]], self.folder, env, timeout=120))

    def readinglog(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("readinglog", *words)

    def edit(self, old: str, new: str) -> None:
        """What an editor would do to the new note."""
        note = self.folder / "notes" / f"{NAME}.md"
        text = note.read_text(encoding="utf-8")
        assert old in text
        note.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def web(local: LocalWeb) -> LocalWeb:
    local["/arxiv"] = Reply(FEED.encode(), content_type="application/atom+xml; charset=utf-8")
    return local


@pytest.fixture
def contributor(tmp_path: Path) -> Contributor:
    (tmp_path / "upstream").mkdir()
    upstream = Repository(tmp_path / "upstream")
    upstream.commit(LOG)
    upstream.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    found = Contributor(tmp_path / "clone")
    found.git("switch", "--quiet", "--create", "a-note")
    run_hooks = [str(BIN / "pre-commit"), "install"]
    subprocess.run(run_hooks, cwd=found.folder, env=found.env, check=True, capture_output=True)
    return found


def test_a_contributor_begins_writes_checks_commits_compares_and_builds(
    contributor: Contributor, web: LocalWeb
) -> None:
    begun = contributor.readinglog("new", "1701.06538v1", "--services", web.address)
    assert (begun.returncode, begun.stdout) == (0, f"notes/{NAME}.md\n"), begun.stderr
    assert "suggested tags: moe" in begun.stderr

    left = contributor.readinglog("check", "--since", "HEAD")
    assert left.returncode == 1
    assert "this text is empty [invalid-value]" in left.stdout
    assert "[[gone]]" not in left.stdout, "what was there before is not told"
    assert "and 2 earlier problems" in left.stdout

    contributor.git("add", "--all")
    refused = contributor.try_git("commit", "--message", "Add a note")
    assert refused.returncode == 1, "the hook keeps a note that is not whole from being committed"
    assert "this text is empty [invalid-value]" in refused.stdout + refused.stderr

    text = (contributor.folder / "notes" / f"{NAME}.md").read_text(encoding="utf-8")
    contributor.edit('summary: ""', 'summary: "A gate asks few of many experts."')
    contributor.edit(text[text.index("## What it claims") :], TEXT)
    contributor.git("add", "--all")
    assert contributor.try_git("commit", "--message", "Add a note").returncode == 0

    message = contributor.readinglog("diff", "origin/main", "--format", "markdown")
    assert message.returncode == 0, message.stderr
    assert "1 note added" in message.stdout
    assert "Outrageously Large Neural Networks" in message.stdout
    assert "1701.06538" in message.stdout, "a wanted note is there now"
    changes = json.loads(contributor.readinglog("diff", "origin/main", "--format", "json").stdout)
    assert changes

    assert contributor.readinglog("check", "--since", "origin/main").returncode == 0
    built = contributor.run("mkdocs", "build", "--quiet")
    assert built.returncode == 0, built.stderr
    page = (contributor.folder / "site" / "notes" / NAME / "index.html").read_text(encoding="utf-8")
    assert "A gate asks few of many experts." in page
    assert "GShard" in page


def test_a_work_in_the_log_is_shown_and_a_rename_keeps_the_links_to_it(
    contributor: Contributor, web: LocalWeb
) -> None:
    contributor.readinglog("new", "1701.06538", "--services", web.address, "--name", "moe-layer")
    again = contributor.readinglog(
        "new", "https://arxiv.org/pdf/1701.06538v2.pdf", "--services", web.address
    )
    assert (again.returncode, again.stdout) == (0, "notes/moe-layer.md\n")
    before = contributor.readinglog("check", "--format", "json")
    renamed = contributor.readinglog("rename", "ddpm", "denoising-diffusion")
    assert renamed.returncode == 0, renamed.stderr
    contributor.git("add", "--all")
    message = contributor.readinglog("diff", "HEAD").stdout
    assert "denoising-diffusion" in message
    rules = [
        sorted(d["rule"] for d in json.loads(done)["diagnostics"])
        for done in (before.stdout, _check(contributor))
    ]
    assert rules[0] == rules[1], "nothing broke"


def _check(contributor: Contributor) -> str:
    return contributor.readinglog("check", "--format", "json").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("../../etc/passwd", "--name", "../x"), "cannot be the name of a note"),
        (("latin.bib",), "is not UTF-8 (see line 1)"),
        (("http://127.0.0.1:9/",), "is in a private network"),
    ],
)
def test_bad_input_is_reported_and_changes_no_file(
    contributor: Contributor, words: tuple[str, ...], message: str
) -> None:
    (contributor.folder / "latin.bib").write_bytes("@article{a, title={Größe}}".encode("latin-1"))
    status = contributor.git("status", "--porcelain")
    done = contributor.readinglog("new", *words)
    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert contributor.git("status", "--porcelain") == status
