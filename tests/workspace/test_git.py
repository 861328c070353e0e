"""The folder of notes at a commit: as disk would read it from a checkout, from anywhere, and a
clear word where git has it not.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from readinglog.workspace.folder import Folder, read_folder
from readinglog.workspace.git import GitError, find_default_base, find_merge_base
from readinglog.workspace.loading import load_notebook, load_notebook_at
from readinglog.workspace.revision import read_commit, read_index
from support.repositories import Repository

NOTES = {
    "notes/tags.yml": "moe: {}\n",
    "notes/a.md": "one\r\ntwo\n",
    "notes/deep/er/B c.MD": "\ufeffthree\n",
    "notes/deep/tags.yml": "no vocabulary: {}\n",
    "notes/größe.md": "four\n",
    "notes/two\nlines\t.md": "five\n",
    "notes/empty.md": "",
    "notes/latin.md": b"caf\xe9\n",
    "notes/images/loss.png": b"\x89PNG\r\n",
    "notes/.obsidian/hidden.md": "hidden\n",
    "notes/.hidden.md": "hidden\n",
    "notes/node_modules/x.md": "skipped\n",
    "README.md": "outside\n",
    "pyproject.toml": "\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "log").mkdir()
    return Repository(tmp_path / "log")


def held(folder: Folder) -> tuple[dict[str, tuple[bytes, str]], bytes | None, dict[str, str]]:
    """All that can be told of a folder."""
    return (
        {source.path: (source.data, source.unreadable) for source in folder.notes},
        folder.vocabulary and folder.vocabulary.data,
        dict(folder.files),
    )


# What a commit holds
# -----------------------------------------------------------------------------


def test_a_commit_holds_what_disk_reads_from_its_checkout(repository: Repository) -> None:
    commit = repository.commit(NOTES)
    notes = repository.folder / "notes"
    assert held(read_commit(notes, commit)) == held(read_folder(notes))
    assert held(read_commit(notes, commit))[2].keys() == {"images/loss.png", "deep/tags.yml"}


def test_symbolic_links_are_reported_as_on_disk(repository: Repository) -> None:
    repository.write(NOTES)
    notes = repository.folder / "notes"
    links = {
        "to-note.md": "deep/er/B c.MD",
        "deep/up.md": "../a.md",
        "chain.md": "to-note.md",
        "outside.md": "../README.md",
        "nowhere.md": "gone.md",
        "loop.md": "loop.md",
        "round.md": "back.md",
        "back.md": "round.md",
        "folder.md": "deep",
        "here.md": ".",
        "secret.md": ".hidden.md",
        "picture.png": "images/loss.png",
        "stolen.png": "../README.md",
        "linked-folder": "deep",
        "linked-again": "linked-folder/er",
        "through.md": "linked-folder/er/B c.MD",
        "deep/through-more.md": "../linked-again/../../linked-again/./B c.MD",
        "through-nothing.md": "linked-folder/gone/../a.md",
        "through-out.md": "linked-folder/../../README.md",
        "through-folder.md": "linked-again/..",
        "through-secret.md": "linked-folder/../.obsidian/hidden.md",
        "packed.md": "node_modules/x.md",
        "into.md": "into.md/x.md",
    }
    for path, target in links.items():
        (notes / path).symlink_to(target)
    commit = repository.commit()
    assert held(read_commit(notes, commit)) == held(read_folder(notes))
    assert "out of the notes folder" in held(read_commit(notes, commit))[0]["outside.md"][1]


def test_a_name_that_is_not_utf8_is_reported_as_on_disk(repository: Repository) -> None:
    folder = os.fsencode(repository.folder)
    repository.write(NOTES)
    try:
        for path in (b"/notes/caf\xe9.md", b"/notes/caf\xe9.png"):
            Path(os.fsdecode(folder + path)).write_text("x\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    commit = repository.commit()
    notes = repository.folder / "notes"
    assert held(read_commit(notes, commit)) == held(read_folder(notes))


def test_what_disk_has_already_is_not_read_again(repository: Repository) -> None:
    commit = repository.commit(NOTES)
    notes = repository.folder / "notes"
    repository.write({"notes/a.md": "changed\n"})
    now = load_notebook(notes)
    before = load_notebook_at(notes, commit, now)
    assert [note for note in now.notes if note not in before.notes] == [now.by_path["a.md"]]
    assert before.by_path["a.md"].source.data == b"one\r\ntwo\n"
    shutil.rmtree(repository.folder / ".git" / "objects")
    assert read_folder(notes), "git has lost all, and disk has not"
    with pytest.raises(GitError, match="is not a git repository"):
        read_commit(notes, commit)


def test_what_git_wrote_with_other_line_ends_is_the_same(repository: Repository) -> None:
    repository.git("config", "core.autocrlf", "true")
    commit = repository.commit({"notes/a.md": "one\r\ntwo\r\n"})
    notes = repository.folder / "notes"
    sources = read_folder(notes).notes
    assert read_commit(notes, commit).notes[0].data == b"one\ntwo\n"
    assert read_commit(notes, commit, sources).notes == sources


def test_a_blob_missing_from_git_is_an_error(repository: Repository) -> None:
    commit = repository.commit(NOTES)
    blob = repository.git("rev-parse", "HEAD:notes/a.md")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(GitError, match=f"git has no file {blob}"):
        read_commit(repository.folder / "notes", commit)


def test_a_folder_missing_from_a_commit_is_empty(repository: Repository) -> None:
    commit = repository.commit({"README.md": "x\n"})
    repository.write(NOTES)
    assert held(read_commit(repository.folder / "notes", commit)) == ({}, None, {})


@pytest.mark.parametrize("folder", [".", "docs/my notes", "-x"])
def test_notes_may_lie_anywhere_in_the_repository(repository: Repository, folder: str) -> None:
    commit = repository.commit({f"{folder}/a.md": "one\n", f"{folder}/b/c.md": "two\n"})
    notes, _, _ = held(read_commit(repository.folder / folder, commit))
    assert notes == {"a.md": (b"one\n", ""), "b/c.md": (b"two\n", "")}


def test_submodules_are_passed_over(repository: Repository) -> None:
    head = repository.commit(NOTES)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},notes/sub")
    repository.git("commit", "--quiet", "--message", "x")
    assert held(read_commit(repository.folder / "notes", "HEAD")) == held(
        read_folder(repository.folder / "notes")
    )


def test_ids_of_sha256_are_known_too(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "--object-format=sha256")
    commit = repository.commit(NOTES)
    sources = read_folder(tmp_path / "notes").notes
    assert len(commit) == 64
    assert set(map(id, read_commit(tmp_path / "notes", commit, sources).notes)) == set(
        map(id, sources)
    )


# What is staged
# -----------------------------------------------------------------------------


def test_what_is_staged_is_what_a_commit_of_it_holds(repository: Repository) -> None:
    repository.commit(NOTES)
    notes = repository.folder / "notes"
    (notes / "link.md").symlink_to("deep/er/B c.MD")
    repository.write({"notes/a.md": "staged\n", "notes/empty-too.md": "", "notes/größe.md": None})
    repository.git("add", "--all")
    repository.git(
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{repository.git('rev-parse', 'HEAD')},notes/sub",
    )
    repository.write(
        {
            "notes/a.md": "later\n",
            "notes/untracked.md": "x\n",
            "notes/empty.md": None,
            "notes/empty-too.md": "later\n",
        }
    )
    staged = held(read_index(notes, read_folder(notes).notes))
    assert staged == held(read_index(notes))
    assert staged[0]["a.md"] == (b"staged\n", "")
    repository.git("commit", "--quiet", "--message", "x")
    assert staged == held(read_commit(notes, "HEAD"))


def test_what_is_to_be_added_later_is_not_staged(repository: Repository) -> None:
    repository.commit(NOTES)
    notes = repository.folder / "notes"
    repository.write({"notes/deep/later.md": "x\n", "notes/deep/now.md": ""})
    repository.git("add", "--intent-to-add", "notes/deep/later.md")
    repository.git("add", "notes/deep/now.md")
    staged = held(read_index(notes))[0]
    assert "deep/later.md" not in staged
    assert staged["deep/now.md"] == staged["empty.md"] == (b"", "")


def test_staged_blobs_that_equal_the_files_on_disk_are_not_read(repository: Repository) -> None:
    repository.commit(NOTES)
    here = read_folder(repository.folder / "notes")
    shutil.rmtree(repository.folder / ".git" / "objects")
    (repository.folder / ".git" / "objects").mkdir()
    assert here.vocabulary
    staged = read_index(repository.folder / "notes", [*here.notes, here.vocabulary])
    assert set(map(id, staged.notes)) == set(map(id, here.notes))
    assert staged.vocabulary is here.vocabulary


def test_an_unmerged_index_is_an_error(repository: Repository) -> None:
    repository.commit(NOTES)
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({"notes/a.md": "theirs\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit({"notes/a.md": "ours\n"})
    assert repository.try_git("merge", "change").returncode == 1
    with pytest.raises(
        GitError, match=r"`a\.md` is not merged: resolve its conflict and `git add` it"
    ):
        read_index(repository.folder / "notes")


def test_the_index_of_a_hook_is_asked_where_it_is_of_this_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(NOTES)
    notes, index = repository.folder / "notes", repository.folder / ".git" / "index"
    shutil.copy(index, index.with_name("index.lock"))
    index.unlink()
    (tmp_path / "other").mkdir()
    other = Repository(tmp_path / "other")
    other.commit({"notes/z.md": "x\n"})
    for cwd, name in (
        (repository.folder, ".git/index.lock"),
        (notes, str(index.with_name("index.lock"))),
    ):
        monkeypatch.chdir(cwd)
        monkeypatch.setenv("GIT_INDEX_FILE", name)
        assert held(read_index(notes)) == held(read_commit(notes, "HEAD"))
        assert held(read_index(other.folder / "notes"))[0] == {"z.md": (b"x\n", "")}
    monkeypatch.setenv("GIT_DIR", str(repository.folder / ".git"))
    monkeypatch.chdir(other.folder)
    assert held(read_index(notes)) == held(read_commit(notes, "HEAD"))
    assert held(read_index(other.folder / "notes"))[0] == {"z.md": (b"x\n", "")}


# Which commit
# -----------------------------------------------------------------------------


def test_a_change_is_compared_with_the_commit_where_it_began(repository: Repository) -> None:
    base = repository.commit(NOTES)
    repository.git("switch", "--quiet", "--create", "change")
    head = repository.commit({"notes/new.md": "x\n"})
    repository.git("switch", "--quiet", "main")
    main = repository.commit({"notes/other.md": "x\n"})
    repository.git("switch", "--quiet", "change")
    notes = repository.folder / "notes"
    assert (
        find_merge_base(notes, "main")
        == find_merge_base(notes, main)
        == find_merge_base(notes, "refs/heads/main")
        == base
    )
    assert find_merge_base(notes, "HEAD") == find_merge_base(notes, "change") == head
    assert find_merge_base(notes, "HEAD~1") == base


def test_without_a_common_commit_the_base_itself_is_compared(repository: Repository) -> None:
    repository.commit(NOTES)
    repository.git("switch", "--quiet", "--orphan", "other")
    other = repository.commit({"notes/x.md": "x\n"})
    repository.git("switch", "--quiet", "main")
    assert find_merge_base(repository.folder / "notes", "other") == other


def test_detached_heads_worktrees_and_tags_are_as_good_as_branches(
    repository: Repository, tmp_path: Path
) -> None:
    base = repository.commit(NOTES)
    repository.git("tag", "--annotate", "v1", "--message", "x")
    repository.commit({"notes/new.md": "x\n"})
    repository.git("switch", "--quiet", "--detach")
    assert find_merge_base(repository.folder / "notes", "v1") == base
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), base)
    assert find_merge_base(tmp_path / "tree" / "notes", "main") == base
    assert held(read_commit(tmp_path / "tree" / "notes", base)) == held(
        read_folder(tmp_path / "tree" / "notes")
    )


def test_before_the_first_commit_everything_is_new(repository: Repository) -> None:
    repository.write(NOTES)
    notes = repository.folder / "notes"
    for base in ("HEAD", "main", "origin/main"):
        assert find_merge_base(notes, base) == ""
    assert held(read_commit(notes, "")) == ({}, None, {})


def test_the_settings_of_a_hook_lead_to_no_other_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.commit(NOTES)
    (tmp_path / "other").mkdir()
    other = Repository(tmp_path / "other")
    other.commit({"notes/z.md": "x\n"})
    for name, value in (
        ("GIT_DIR", ".git"),
        ("GIT_WORK_TREE", str(other.folder)),
        ("GIT_INDEX_FILE", "nowhere"),
        ("GIT_PREFIX", "x/"),
    ):
        monkeypatch.setenv(name, value)
    notes = repository.folder / "notes"
    assert find_merge_base(notes, "HEAD") == commit
    assert held(read_commit(notes, commit)) == held(read_folder(notes))


@pytest.mark.parametrize(
    "base", ["", "-x", "--output=stolen", "--all", "a\nb", "\x1b[31m", "\udcff"]
)
def test_what_is_no_name_is_refused(repository: Repository, base: str) -> None:
    repository.commit(NOTES)
    with pytest.raises(GitError, match="is not a commit: write a branch, a tag or a commit"):
        find_merge_base(repository.folder / "notes", base)
    assert repository.git("status", "--short") == ""


@pytest.mark.parametrize(
    "base", ["gone", "HEAD..main", "main:notes", "f" * 40, "HEAD@{9999}", ":/x y", "HEAD^{tree}"]
)
def test_an_unknown_commit_is_reported(repository: Repository, base: str) -> None:
    repository.commit(NOTES)
    with pytest.raises(
        GitError,
        match=r"no commit is named .*: write a branch, a tag or a commit, such as origin/main",
    ):
        find_merge_base(repository.folder / "notes", base)


def clone(repository: Repository, folder: Path, *options: str) -> Repository:
    repository.git("clone", "--quiet", *options, repository.folder.as_uri(), str(folder))
    return Repository(folder)


def test_a_branch_that_only_the_upstream_has_is_offered(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(NOTES)
    repository.git("branch", "next")
    notes = clone(repository, tmp_path / "clone").folder / "notes"
    with pytest.raises(GitError, match="did you mean `origin/next`"):
        find_merge_base(notes, "next")


def test_a_shallow_clone_says_how_to_get_what_it_has_not(
    repository: Repository, tmp_path: Path
) -> None:
    base = repository.commit(NOTES)
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({"notes/new.md": "x\n"})
    shallow = clone(repository, tmp_path / "clone", "--depth=1", "--branch=change")
    notes = shallow.folder / "notes"
    for name in (base, "origin/main"):
        with pytest.raises(GitError, match="shallow") as caught:
            find_merge_base(notes, name)
        assert (
            f"`git fetch --depth=1 origin {name.removeprefix('origin/')}`, or clone with fetch-depth: 0"
            in str(caught.value)
        )
    shallow.git("fetch", "--quiet", "--depth=1", "origin", base)
    assert find_merge_base(notes, base) == base
    assert "new.md" not in held(read_commit(notes, base))[0]


def test_outside_of_a_repository_git_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="not a git repository"):
        find_merge_base(tmp_path, "HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git cannot be run: no such file or directory; install it"):
        find_merge_base(tmp_path, "HEAD")


def test_a_change_is_for_the_branch_that_the_upstream_starts_with(
    repository: Repository, tmp_path: Path
) -> None:
    assert find_default_base(repository.folder) == "main"
    repository.commit(NOTES)
    assert find_default_base(repository.folder) == "main"
    repository.git("branch", "--move", "trunk")
    upstream = clone(repository, tmp_path / "clone")
    assert find_default_base(upstream.folder) == "origin/trunk"
    upstream.git("update-ref", "refs/remotes/origin/main", "HEAD")
    upstream.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    assert find_default_base(upstream.folder) == "origin/main"
