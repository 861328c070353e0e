"""Reading a folder of notes, and writing files whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglog.lint.linter import check_files, check_notebook
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.note import parse_note
from readinglog.workspace.files import (
    is_about_repository,
    replace_folder,
    rewrite_source,
    write_file,
)
from readinglog.workspace.folder import read_folder
from support.folders import read_tree
from support.worlds import work

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Makes a folder of files."""

    def make(**files: str | bytes) -> Path:
        folder = tmp_path / "notes"
        folder.mkdir(exist_ok=True)
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder

    return make


def paths(folder: Path) -> list[str]:
    return [source.path for source in read_folder(folder).notes]


def why_unreadable(folder: Path) -> dict[str, str]:
    return {
        source.path: source.unreadable for source in read_folder(folder).notes if source.unreadable
    }


def test_notes_the_vocabulary_and_other_files_are_distinguished(tree: Tree) -> None:
    found = read_folder(
        tree(
            **{
                "a.md": "A",
                "deep/er/b.MD": "B",
                "tags.yml": "moe:",
                "deep/tags.yml": "x:",
                "deep/loss.png": b"\x89PNG",
            }
        )
    )
    assert [(source.path, source.data) for source in found.notes] == [
        ("a.md", b"A"),
        ("deep/er/b.MD", b"B"),
    ]
    assert found.vocabulary is not None
    assert found.vocabulary.data == b"moe:"
    assert list(found.files) == ["deep/loss.png", "deep/tags.yml"]


def test_an_empty_folder_holds_nothing(tree: Tree) -> None:
    assert read_folder(tree()) == ([], None, {}, None)


def test_what_is_no_folder_is_refused(tree: Tree) -> None:
    folder = tree(**{"a.md": "A"})
    with pytest.raises(NotADirectoryError):
        read_folder(folder / "a.md")
    with pytest.raises(FileNotFoundError):
        read_folder(folder / "nowhere")


def test_hidden_and_foreign_folders_are_not_entered(tree: Tree) -> None:
    hidden = {
        ".git/config.md": "x",
        ".obsidian/x.md": "x",
        "deep/.trash/x.md": "x",
        "node_modules/x/README.md": "x",
        ".hidden.md": "x",
    }
    assert paths(tree(**hidden, **{"a.md": "A", "deep/b.md": "B"})) == ["a.md", "deep/b.md"]
    assert read_folder(tree()).files == {}


@pytest.mark.parametrize(
    "name",
    [
        "🚀 rocket.md",
        "two words.md",
        "Größe.md",
        "مقاله.md",
        "a.b.c.md",
        "100%.md",
        "a&b;c.md",
        "'quoted'.md",
    ],
)
def test_any_name_is_read(tree: Tree, name: str) -> None:
    assert paths(tree(**{name: "text"})) == [name]


def test_names_that_differ_by_case_are_two_notes(tree: Tree) -> None:
    folder = tree(**{"Note.md": "upper", "note.md": "lower"})
    if len(list(folder.iterdir())) == 1:
        pytest.skip("this file system takes the two names for one")
    assert [(source.path, source.data) for source in read_folder(folder).notes] == [
        ("Note.md", b"upper"),
        ("note.md", b"lower"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="names are not bytes there")
def test_a_name_that_is_not_utf8_is_reported_and_can_be_printed(tree: Tree) -> None:
    folder = tree(**{"a.md": "A"})
    for name in (b"\xffbad.md", b"\xff.png"):
        try:
            (folder / os.fsdecode(name)).write_bytes(b"text")
        except OSError:
            pytest.skip("this file system takes UTF-8 only")
    found = read_folder(folder)
    assert why_unreadable(folder) == {"\N{REPLACEMENT CHARACTER}bad.md": "its name is not UTF-8"}
    assert found.files == {"\N{REPLACEMENT CHARACTER}.png": "its name is not UTF-8"}
    (told,) = check_files(Notebook([], surroundings=Surroundings(found.files)))
    assert "its name is not UTF-8" in told.message
    assert "".join(source.path for source in found.notes).encode()


@pytest.mark.parametrize("folder_name", ["x.md", "tags.yml"])
def test_a_folder_named_like_a_file_is_a_folder(tree: Tree, folder_name: str) -> None:
    found = read_folder(tree(**{f"{folder_name}/a.md": "A"}))
    assert [source.path for source in found.notes] == [f"{folder_name}/a.md"]
    assert found.vocabulary is None


def test_a_link_within_the_folder_is_followed(tree: Tree) -> None:
    folder = tree(**{"deep/a.md": "A"})
    (folder / "b.md").symlink_to("deep/a.md")
    assert [(source.path, source.data) for source in read_folder(folder).notes] == [
        ("b.md", b"A"),
        ("deep/a.md", b"A"),
    ]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("a.md", "in a circle"),
        ("gone.md", "without a target"),
        ("../secret.txt", "out of the notes folder"),
        ("/etc/passwd", "out of the notes folder"),
        ("deep", "to a folder"),
        (".git/config", "to something hidden"),
    ],
)
def test_a_link_that_is_not_followed_is_reported(
    tree: Tree, tmp_path: Path, target: str, why: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tree(**{"deep/b.md": "B", ".git/config": "token"})
    (folder / "a.md").symlink_to(target)
    (folder / "a.png").symlink_to("a.png" if target == "a.md" else target)
    found = read_folder(folder)
    assert why in why_unreadable(folder)["a.md"]
    assert all(not source.data for source in found.notes if source.path == "a.md")
    assert why in found.files["a.png"], "an attachment would publish what it links to"
    assert found.files.keys() == {"a.png"}


def test_linked_folders_are_not_entered_so_that_none_can_loop(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.md").write_text("B", encoding="utf-8")
    folder = tree(**{"deep/a.md": "A"})
    (folder / "deep" / "up").symlink_to("..")
    (folder / "out").symlink_to(tmp_path / "outside")
    assert paths(folder) == ["deep/a.md"]
    assert read_folder(folder).files == {
        "deep/up": "it is a symbolic link to a folder",
        "out": "it is a symbolic link out of the notes folder",
    }


def test_the_folder_itself_may_be_a_link(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree(**{"a.md": "A"}))
    assert paths(tmp_path / "link") == ["a.md"]


def test_a_file_that_may_not_be_read_is_one_diagnostic_and_the_others_are_read(tree: Tree) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    folder = tree(**{"a.md": "A", "b.md": "B"})
    (folder / "a.md").chmod(0)
    assert why_unreadable(folder) == {"a.md": "permission denied"}
    assert paths(folder) == ["a.md", "b.md"]


def test_what_cannot_be_read_hides_nothing_of_the_others(tree: Tree) -> None:
    folder = tree(**{"b.md": work("Text.", titel="x")})
    (folder / "a.md").symlink_to("a.md")
    found = check_notebook(Notebook(parse_note(source) for source in read_folder(folder).notes))
    assert {(d.source.path, d.rule) for d in found} >= {
        ("a.md", "unreadable-file"),
        ("b.md", "unknown-field"),
    }
    assert [d.rule for d in found if d.source.path == "a.md"] == ["unreadable-file"]


def test_writing_makes_the_folders_and_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    write_file(tmp_path / "deep" / "er" / "a.md", b"text\r\n")
    assert (tmp_path / "deep" / "er" / "a.md").read_bytes() == b"text\r\n"
    assert [path.name for path in (tmp_path / "deep" / "er").iterdir()] == ["a.md"]


def test_writing_fails_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"before")

    def full(_: int, __: str) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="no space"):
        write_file(file, b"after")
    assert file.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_writing_keeps_the_mode_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.md", tmp_path / "new.md"
    kept.touch()
    kept.chmod(0o640)
    write_file(kept, b"x")
    before = os.umask(0o027)
    try:
        write_file(new, b"x")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, new)] == [0o640, 0o640]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without a mark", "with a mark"])
def test_rewriting_keeps_the_byte_order_mark_and_line_ends(tree: Tree, mark: bytes) -> None:
    folder = tree(**{"deep/a.md": mark + b"one\r\ntwo\r\n"})
    [source] = read_folder(folder).notes
    rewrite_source(folder, source, source.text.replace("two", "three"))
    assert (folder / "deep" / "a.md").read_bytes() == mark + b"one\r\nthree\r\n"


def test_rewriting_through_a_link_changes_the_file_and_keeps_the_link(tree: Tree) -> None:
    folder = tree(**{"deep/a.md": "A"})
    (folder / "b.md").symlink_to("deep/a.md")
    rewrite_source(folder, Source("b.md", b"A"), "B")
    assert (folder / "b.md").is_symlink()
    assert (folder / "deep" / "a.md").read_bytes() == b"B"


def test_a_folder_is_replaced_but_for_files_that_are_the_same(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for path, text in {
        "same.html": "same",
        "changed.html": "before",
        "gone/deep/gone.html": "gone",
        "folder.html/index.html": "was a folder",
        "file": "was a file",
        "deep/same.html": "same",
    }.items():
        write_file(old / path, text.encode())
    (old / "linked.html").symlink_to(old / "same.html")

    def read_stamps() -> list[tuple[int, int]]:
        stats = [(old / path).stat() for path in ("same.html", "deep/same.html")]
        return [(stat.st_ino, stat.st_mtime_ns) for stat in stats]

    before = read_stamps()
    expected = {
        "same.html": b"same",
        "changed.html": b"after",
        "folder.html": b"now a file",
        "file/index.html": b"now a folder",
        "deep/same.html": b"same",
        "linked.html": b"no link",
        "new/new.html": b"new",
    }
    for path, data in expected.items():
        write_file(new / path, data)
    replace_folder(old, new)
    found = {path: data for path, data in read_tree(old).items() if data is not None}
    assert found == expected
    assert read_stamps() == before
    assert not (old / "linked.html").is_symlink()
    assert not (old / "gone").exists()


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    write_file(tmp_path / "new" / "a" / "b.html", b"B")
    replace_folder(tmp_path / "old" / "deep", tmp_path / "new")
    assert (tmp_path / "old" / "deep" / "a" / "b.html").read_bytes() == b"B"


@pytest.mark.parametrize(
    ("path", "is_about"),
    [
        ("README.md", True),
        ("readme", True),
        ("LICENSE-MIT", True),
        ("SECURITY.md", True),
        ("requirements-docs.txt", True),
        ("mkdocs.yml", True),
        ("Security.md", False),
        ("authors.md", False),
        ("readmes.md", False),
        ("README.d/note.md", False),
        ("deep/README.md", False),
        ("requirements.md", False),
    ],
)
def test_few_files_at_the_top_are_about_the_repository(path: str, *, is_about: bool) -> None:
    assert is_about_repository(path) == is_about


def test_what_is_about_the_repository_is_no_note_beside_the_settings_of_the_site(
    tmp_path: Path,
) -> None:
    (tmp_path / "README.md").touch()
    (tmp_path / "one.md").touch()
    assert [source.path for source in read_folder(tmp_path).notes] == ["README.md", "one.md"]
    (tmp_path / "mkdocs.yml").touch()
    found = read_folder(tmp_path)
    assert ([source.path for source in found.notes], found.files) == (["one.md"], {})
