"""`readinglog init` as a program: what it writes in an empty folder and in others, what it leaves
alone, and how it says so.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from markdown import Markdown

from readinglog import __version__
from readinglog.lint.linter import check_notebook
from readinglog.model.printable import HIDDEN
from readinglog.workspace.new_log.choices import Choices
from readinglog.workspace.new_log.files import make_files, make_first_notes
from readinglog.workspace.new_log.origin import Hook, Origin, OriginError, find_origin, parse_origin
from support.program import PROGRAM, Run
from support.repositories import Repository
from support.worlds import TODAY, notebook, work

BIN = Path(sys.executable).parent
NEW = ("init", "--name", "Bees", "--from", "0.2.0")
NOTES = {
    "notes/tags.yml",
    "notes/index.md",
    "notes/as-we-may-think.md",
    "notes/how-to-read-a-paper.md",
}
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "log").mkdir()
    return Run(tmp_path / "log")


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts and ".cache" not in path.parts
    }


def make_choices(name: str = "Bees", notes: str = "notes", forge: str = "github") -> Choices:
    origin = parse_origin(f"git+https://h.example/r@{COMMIT}")
    return Choices(name, forge, notes, origin, "main", "", "", TODAY)


# An empty folder
# -----------------------------------------------------------------------------


def test_an_empty_folder_becomes_a_log_without_problems(run: Run) -> None:
    done = run(*NEW, "--forge", "github")
    assert done.returncode == 0, done.stderr
    files = list_files(run.folder)
    assert set(files) >= NOTES | {"mkdocs.yml", "readinglog.toml", "CODEOWNERS", "CONTRIBUTING.md"}
    assert {f"created {path}" for path in files} <= set(done.stdout.splitlines())
    assert run("check", "--format", "concise").stdout == "3 notes, no problems found\n"
    assert re.findall(r"^  (\S+ \S+)", done.stdout, re.MULTILINE) == [
        "readinglog serve",
        "readinglog new",
        "git init",
    ]
    assert "everyone can read drafts" in done.stderr
    assert "pages are public" in done.stderr


def test_a_folder_that_does_not_exist_is_made(run: Run) -> None:
    done = run(*NEW, "a b/c")
    assert done.returncode == 0
    assert "  cd 'a b/c'\n" in done.stdout
    assert (run.folder / "a b" / "c" / "notes" / "tags.yml").is_file()


def test_a_second_run_adds_what_is_missing_and_changes_nothing(run: Run) -> None:
    run(*NEW)
    (run.folder / "notes" / "tags.yml").unlink()
    (run.folder / "CONTRIBUTING.md").write_text("Mine.", encoding="utf-8")
    (run.folder / "mkdocs.yml").chmod(0o600)
    before = list_files(run.folder)
    done = run(*NEW, "--forge", "gitlab")
    after = list_files(run.folder)
    assert set(after) - set(before) == {"notes/tags.yml", ".gitlab-ci.yml"}
    assert before.items() <= after.items()
    assert "kept CONTRIBUTING.md\n" in done.stdout
    assert run(*NEW, "--forge", "gitlab").stdout.endswith("nothing is missing\n")


def test_a_dry_run_writes_nothing(run: Run) -> None:
    done = run(*NEW, "--forge", "github", "--dry-run", "somewhere")
    assert "would create .github/workflows/pages.yml\n" in done.stdout
    assert list(run.folder.iterdir()) == []
    assert "no workflows" in run(*NEW, "--dry-run").stderr


def test_on_a_terminal_it_asks_for_what_is_not_given(run: Run) -> None:
    ours, theirs = pty.openpty()
    command = [PROGRAM, "init", "--from", "0.2.0"]
    with subprocess.Popen(
        command, cwd=run.folder, stdin=theirs, stdout=theirs, stderr=theirs
    ) as program:
        os.close(theirs)
        os.write(ours, b"Bees: a log\ngitlab\n")
        while True:
            try:
                if not os.read(ours, 1 << 16):
                    break
            except OSError:  # how a terminal ends
                break
        assert program.wait(timeout=60) == 0
    os.close(ours)
    config = yaml.load((run.folder / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    assert config["site_name"] == "Bees: a log"
    assert (run.folder / ".gitlab-ci.yml").is_file()


def test_the_remote_tells_the_forge_the_owner_and_the_address(run: Run) -> None:
    log = Repository(run.folder)
    log.git("remote", "add", "origin", "git@github.com:Ada/bee-log.git")
    log.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    done = run(*NEW)
    assert "git init" not in done.stdout
    files = {path: data.decode() for path, data in list_files(run.folder).items()}
    assert "* @Ada\n" in files["CODEOWNERS"]
    assert '!ENV [SITE_URL, "https://ada.github.io/bee-log/"]' in files["mkdocs.yml"]
    assert 'branches: ["trunk"]' in files[".github/workflows/pages.yml"]


# A folder with something in it
# -----------------------------------------------------------------------------


def test_the_documentation_of_mkdocs_stays_where_it_is(run: Run) -> None:
    config = (
        "site_name: Bees at work\nsite_url: !ENV [URL, x]\ndocs_dir: texts\nplugins: [search]\n"
    )
    run.write({"mkdocs.yml": config, "texts/hives.md": "# Hives\n", ".gitignore": "*.pyc\n/site\n"})
    done = run("init", "--from", "0.2.0")
    assert done.returncode == 0, done.stderr
    assert tomllib.loads((run.folder / "readinglog.toml").read_text("utf-8"))["notes"] == "texts"
    assert (
        "kept mkdocs.yml; add to it:\n    theme: {name: material}\n    plugins: [readinglog]\n"
        in (done.stdout)
    )
    assert "kept .gitignore; add to it:\n    .cache/\n" in done.stdout
    assert (run.folder / "mkdocs.yml").read_text("utf-8") == config
    assert sorted(path.name for path in (run.folder / "texts").iterdir()) == ["hives.md"]
    assert "1 Markdown file already" in done.stderr
    assert "Bees at work" in (run.folder / "CONTRIBUTING.md").read_text("utf-8")


def test_an_obsidian_vault_in_the_folder_is_the_folder_of_notes(run: Run) -> None:
    run.write({"My vault/.obsidian/app.json": "{}", "My vault/one.md": work(tags="[bees]")})
    assert run(*NEW).returncode == 0
    assert [found["path"] for found in run.diagnostics()] == ["My vault/one.md"]
    assert "docs_dir: My vault" in (run.folder / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("vault", [{".obsidian/app.json": "{}"}, {}])
def test_notes_in_the_folder_itself_stay_there(run: Run, vault: dict[str, str]) -> None:
    notes = {"one.md": work("[[two]]", url="https://a.example/1"), "a/two.md": work("[[one]]")}
    run.write(notes | vault | {"README.md": "About this repository."})
    log = Repository(run.folder)
    assert run(*NEW, "--forge", "github").returncode == 0
    files = {path: data.decode() for path, data in list_files(run.folder).items()}
    assert set(files) & NOTES == set()
    assert tomllib.loads(files["readinglog.toml"])["notes"] == "."
    assert (
        "path: .site\n          include-hidden-files: true"
        in (files[".github/workflows/pull-request.yml"])
    )
    expected = "2 notes, no problems found\n"
    assert run("check", "--format", "concise").stdout == expected, "README.md is no note"
    log.git("add", "--all")
    assert run("check", "--staged").stdout == expected
    assert run(*NEW, "--forge", "github").stdout.endswith("nothing is missing\n")


def test_an_empty_vault_gets_the_first_notes(run: Run) -> None:
    run.write({".obsidian/app.json": "{}"})
    assert run(*NEW).returncode == 0
    assert {"tags.yml", "index.md", "as-we-may-think.md"} <= set(list_files(run.folder))
    assert run("check", "--format", "concise").stdout == "3 notes, no problems found\n"


def test_settings_and_other_files_that_are_there_count(run: Run) -> None:
    run.write(
        {
            "pyproject.toml": '[tool.readinglog]\nnotes = "papers"\n',
            "README.md": "A text about this repository.",
            ".github/CONTRIBUTING.md": "How to add to it.",
            "requirements.txt": "mkdocs-awesome\n",
            ".pre-commit-config.yaml": "repos: []\n",
        }
    )
    done = run(*NEW)
    assert done.returncode == 0, done.stderr
    assert not (run.folder / "readinglog.toml").exists()
    assert (run.folder / "papers" / "tags.yml").is_file()
    assert "kept .github/CONTRIBUTING.md\n" in done.stdout
    assert "kept requirements.txt; add to it:\n    readinglog==0.2.0\n" in done.stdout
    assert "kept .pre-commit-config.yaml; add to it:\n      - repo: local\n" in done.stdout


@pytest.mark.parametrize(
    ("files", "words", "message"),
    [
        ({"a.txt": ""}, ("a.txt",), "is a file"),
        ({"readinglog.toml": ""}, ("below",), "is in the log"),
        ({"mkdocs.yml": "a: ["}, (), "mkdocs.yml cannot be read"),
        ({"mkdocs.yaml": "site_name: x"}, (), "name it mkdocs.yml"),
        ({"mkdocs.yml": "site_name: x"}, ("--notes", "notes"), "as mkdocs.yml says"),
        ({"mkdocs.yml": "docs_dir: /etc"}, (), "is not a folder in"),
        ({}, ("--notes", "../other"), "is not a folder in"),
        ({}, ("--notes", ".hidden"), "are never read"),
        ({}, ("--name", "a\rb"), "cannot be the name of a log"),
        ({}, ("--name", " "), "cannot be the name of a log"),
        ({}, ("--from", "latest"), "does not say what to install"),
        ({".vscode": ""}, (), ".vscode/extensions.json cannot be written"),
    ],
)
def test_what_cannot_be_begun_is_told(
    run: Run, files: dict[str, str], words: tuple[str, ...], message: str
) -> None:
    run.write(files)
    before = list_files(run.folder)
    done = run(*NEW, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert before.items() <= list_files(run.folder).items()


# What the files say
# -----------------------------------------------------------------------------

NAMES = st.text(min_size=1, max_size=40).filter(
    lambda name: name == name.strip() and not HIDDEN.search(name) and len(name.splitlines()) == 1
)
PATHS = st.text(min_size=1, max_size=20).filter(
    lambda path: not HIDDEN.search(path) and path.isprintable() and "/" not in path
)


@profile(max_examples=30)
@given(name=NAMES, notes=PATHS)
@example(name="</script> ${{ x }} `a` [b](c) *d* # e: f", notes="a b")
@example(name="true", notes="null")
def test_no_name_is_more_than_a_text_in_any_file(name: str, notes: str) -> None:
    files = make_files(make_choices(name, notes))
    config = yaml.load(files["mkdocs.yml"], yaml.BaseLoader)  # noqa: S506
    assert config["site_name"] == name
    assert config["docs_dir"] == notes
    assert yaml.safe_load(files["mkdocs.yml"].replace("!ENV", ""))["site_name"] == name
    assert tomllib.loads(files["readinglog.toml"])["notes"] == notes
    lines = [line for line in files[".vscode/settings.json"].splitlines() if "// " not in line[:5]]
    include = "**/*" if notes == "." else f"{notes}/**/*"
    assert json.loads("\n".join(lines))["foam.files.include"] == [include]
    html = Markdown().convert(files["CONTRIBUTING.md"].split("\n\n")[0])
    assert re.fullmatch(r"<h1>[^<]*</h1>", html), html


@pytest.mark.parametrize("forge", ["github", "gitlab", "none"])
def test_the_first_notes_have_no_problems_and_show_each_other(forge: str) -> None:
    files = make_first_notes(make_choices(forge=forge))
    found = notebook({path.removeprefix("notes/"): text for path, text in files.items()})
    assert check_notebook(found) == []
    one, two = (found.by_path[f"{name}.md"] for name in ("as-we-may-think", "how-to-read-a-paper"))
    assert found.graph.outgoing_links[one] == (two,)
    assert found.graph.outgoing_links[two] == (one,)


def test_workflows_are_valid_and_an_audit_finds_nothing(tmp_path: Path) -> None:
    for forge in ("github", "gitlab"):
        for path, text in make_files(make_choices(forge=forge)).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
    workflows = sorted((tmp_path / ".github" / "workflows").iterdir())
    schema = ["check-jsonschema", "--builtin-schema"]
    for command in (
        ["zizmor", "--offline", "--no-progress", "--persona=auditor", tmp_path],
        [*schema, "vendor.github-workflows", *workflows],
        [*schema, "vendor.gitlab-ci", tmp_path / ".gitlab-ci.yml"],
        ["pre-commit", "validate-config", tmp_path / ".pre-commit-config.yaml"],
    ):
        done = subprocess.run(
            [BIN / command[0], *command[1:]], capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_two_branches_can_add_tags_at_once(run: Run) -> None:
    run(*NEW)
    log = Repository(run.folder)
    log.commit()
    vocabulary = run.folder / "notes" / "tags.yml"
    text = vocabulary.read_text(encoding="utf-8")
    line = '{name}: {{parent: reading, summary: "About {name}."}}\n'
    log.git("switch", "--quiet", "--create", "theirs")
    log.commit({"notes/tags.yml": text + line.format(name="skimming")})
    log.git("switch", "--quiet", "main")
    log.commit({"notes/tags.yml": text + line.format(name="rereading")})
    merged = log.try_git("merge", "--quiet", "theirs", "--message", "Merge")
    assert merged.returncode == 0, merged.stdout
    assert set(yaml.safe_load(vocabulary.read_text("utf-8"))) == {
        "note-taking", "reading", "skimming", "rereading"
    }  # fmt: skip
    assert run("check").returncode == 0


# Where the program comes from
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "origin"),
    [
        ("0.2.0", Origin("readinglog==0.2.0", Hook(dependency="readinglog==0.2.0"))),
        ("readinglog==1.0rc1", Origin("readinglog==1.0rc1", Hook(dependency="readinglog==1.0rc1"))),
        (
            f"https://h.example/me/readinglog@{COMMIT}",
            Origin(
                f"readinglog @ git+https://h.example/me/readinglog@{COMMIT}",
                Hook("https://h.example/me/readinglog", COMMIT),
            ),
        ),
        (
            "git+ssh://git@h.example/me/readinglog.git@v0.2.0",
            Origin(
                "readinglog @ git+ssh://git@h.example/me/readinglog.git@v0.2.0",
                Hook("ssh://git@h.example/me/readinglog.git", "v0.2.0"),
            ),
        ),
        (
            "https://h.example/readinglog-0.2.0-py3-none-any.whl",
            Origin(
                "readinglog @ https://h.example/readinglog-0.2.0-py3-none-any.whl",
                Hook(dependency="readinglog @ https://h.example/readinglog-0.2.0-py3-none-any.whl"),
            ),
        ),
    ],
)
def test_a_version_an_address_and_a_wheel_say_what_is_installed(spec: str, origin: Origin) -> None:
    assert parse_origin(spec) == origin


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", "does not say what to install"),
        ("https://h.example/me/readinglog", "does not say what to install"),
        ("git+https://me:secret@h.example/r@v1", "holds a password"),
        ("numpy-2.0.0-py3-none-any.whl", "a wheel of `numpy`"),
        ("gone/readinglog-0.2.0-py3-none-any.whl", "there is no file"),
        ("https://h.example/a b@v1", "does not say what to install"),
        ("https://h.example/x.whl", "is not the name of a wheel"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(spec: str, message: str) -> None:
    with pytest.raises(OriginError, match=re.escape(message)):
        parse_origin(spec)


def install(folder: Path, record: object) -> None:
    """Pretend that an installer has put the program into `folder` and recorded from where."""
    info = folder / "readinglog-9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: readinglog\nVersion: 9\n", encoding="utf-8")
    if record is not None:
        (info / "direct_url.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("record", "requirement"),
    [
        (None, f"readinglog=={__version__}"),
        (
            {"url": "https://h.example/r", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"readinglog @ git+https://h.example/r@{COMMIT}",
        ),
        (
            {"url": "https://h.example/readinglog-9-py3-none-any.whl", "archive_info": {}},
            "readinglog @ https://h.example/readinglog-9-py3-none-any.whl",
        ),
        (
            {"url": "file://HERE/readinglog-9-py3-none-any.whl", "archive_info": {}},
            "./.readinglog/readinglog-9-py3-none-any.whl",
        ),
        (
            {"url": "file://HERE/clone", "dir_info": {"editable": True}},
            "readinglog @ git+https://h.example/me/r@COMMIT",
        ),
        ({"url": "file://HERE/gone-9-py3-none-any.whl", "archive_info": {}}, ""),
        ({"url": "file://HERE", "dir_info": {}}, ""),
    ],
)
def test_what_is_installed_says_where_others_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: object, requirement: str
) -> None:
    (tmp_path / "clone").mkdir()
    clone = Repository(tmp_path / "clone")
    clone.git("remote", "add", "origin", "git@h.example:me/r.git")
    commit = clone.commit()
    (tmp_path / "readinglog-9-py3-none-any.whl").touch()
    install(tmp_path / "site", json.loads(json.dumps(record).replace("HERE", str(tmp_path))))
    monkeypatch.syspath_prepend(tmp_path / "site")
    if not requirement:
        with pytest.raises(OriginError, match="--from"):
            find_origin()
        return
    assert find_origin().requirement == requirement.replace("COMMIT", commit)


def test_a_shell_completes_the_commands(run: Run) -> None:
    words = {"COMP_WORDS": "readinglog re", "COMP_CWORD": "1"}
    done = run(env={"_READINGLOG_COMPLETE": "bash_complete"} | words)
    assert set(done.stdout.split()) >= {"plain,rename", "plain,review"}
