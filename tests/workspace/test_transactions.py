"""Many files written at once: all of them, or none."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglog.workspace.transactions import write_files
from support.folders import read_tree

BEFORE = {"a.md": b"A", "b.md": b"\xef\xbb\xbfB\r\n", "deep/c.md": b"C"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in BEFORE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def written(
    folder: Path, texts: dict[str, str | None], moves: dict[str, str] | None = None
) -> None:
    """Write all, which was read just now."""
    write_files(
        folder,
        {path: BEFORE[path].decode() if path in BEFORE else None for path in texts},
        texts,
        moves,
    )


def test_all_are_written_byte_by_byte_and_nothing_is_left_beside_them(folder: Path) -> None:
    written(folder, {"a.md": "one\r\ntwo", "b.md": "\ufeffB2\n", "deep/c.md": "ü"})
    assert read_tree(folder) == {
        "a.md": b"one\r\ntwo",
        "b.md": b"\xef\xbb\xbfB2\n",
        "deep": None,
        "deep/c.md": "ü".encode(),
    }


def test_a_file_moves_with_its_mode_into_folders_that_are_made(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    written(folder, {"a.md": None, "x/y/new.md": "A2", "b.md": "B2"}, {"x/y/new.md": "a.md"})
    assert read_tree(folder) == {
        "b.md": b"B2",
        "deep": None,
        "deep/c.md": b"C",
        "x": None,
        "x/y": None,
        "x/y/new.md": b"A2",
    }
    assert stat.S_IMODE((folder / "x/y/new.md").stat().st_mode) == 0o640


def test_a_name_may_change_by_case_alone(folder: Path) -> None:
    written(folder, {"a.md": None, "A.md": "A2"}, {"A.md": "a.md"})
    assert [path.name for path in folder.glob("[aA].md")] == ["A.md"]
    assert (folder / "A.md").read_bytes() == b"A2"


def test_a_file_that_moves_is_there_at_any_moment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[bool] = []

    def seen(name: str) -> None:
        real = getattr(Path, name)

        def step(self: Path, *rest: object, **named: object) -> object:
            done = real(self, *rest, **named)
            there.append((folder / "a.md").exists() or (folder / "new.md").exists())
            return done

        monkeypatch.setattr(Path, name, step)

    seen("replace")
    seen("unlink")
    written(folder, {"a.md": None, "b.md": "B2", "new.md": "A2"}, {"new.md": "a.md"})
    assert len(there) >= 3
    assert all(there)


def test_a_file_that_was_saved_since_it_was_read_is_not_overwritten(folder: Path) -> None:
    (folder / "deep/c.md").write_bytes(b"saved by somebody else")
    before = read_tree(folder)
    with pytest.raises(OSError, match="it has changed since it was read") as raised:
        written(folder, {"a.md": "A2", "deep/c.md": "C2"})
    assert read_tree(folder) == before
    assert raised.value.filename == "deep/c.md"
    with pytest.raises(OSError, match="it has changed since it was read"):
        written(folder, {"deep/c.md": None, "new.md": "C2"}, {"new.md": "deep/c.md"})
    assert read_tree(folder) == before


def unforeseen(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails: Callable[[Path, Path], bool]
) -> None:
    """Lets putting a file in its place fail where `fails` says so."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if fails(self, target):
            raise OSError(28, "no space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    before = read_tree(folder)
    texts = {"a.md": None, "b.md": "B2", "deep/c.md": "C2", "new/d.md": "D"}
    with pytest.raises(OSError, match="no space left") as raised:
        written(folder, texts, {"new/d.md": "a.md"})
    assert read_tree(folder) == before
    assert raised.value.filename in texts


@pytest.mark.parametrize("last", ["b.md", "c.md", "d.md"])
def test_where_one_fails_in_the_middle_all_are_put_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    seen: set[str] = set()

    def fails(_: Path, target: Path) -> bool:
        first = target.name not in seen
        seen.add(target.name)
        return first and target.name == last

    unforeseen(folder, monkeypatch, fails)


def test_where_staging_fails_nothing_is_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fdopen
    opened: list[int] = []

    def full(handle: int, mode: str) -> object:
        opened.append(handle)
        if len(opened) == 4:
            os.close(handle)
            raise OSError(28, "no space left on device")
        return real(handle, mode)

    monkeypatch.setattr(os, "fdopen", full)
    before = read_tree(folder)
    with pytest.raises(OSError, match="no space left"):
        written(folder, {"a.md": "A2", "b.md": "B2", "deep/c.md": "C2"})
    assert read_tree(folder) == before


def test_an_interruption_puts_all_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        real(self, target)
        if target.name == "b.md" and not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt
        return target

    interrupted: list[bool] = []
    monkeypatch.setattr(Path, "replace", replace)
    before = read_tree(folder)
    with pytest.raises(KeyboardInterrupt):
        written(folder, {"a.md": "A2", "b.md": "B2"})
    assert read_tree(folder) == before


@pytest.mark.parametrize(
    ("texts", "moves", "why"),
    [
        ({"a.md": "A2", "gone.md": "x"}, {}, "it is no longer a file"),
        ({"a.md": "A2", "deep": "x"}, {}, "it is no longer a file"),
        ({"a.md": "A2", "link.md": "x"}, {}, "it is a symbolic link"),
        ({"a.md": "A2", "round/c.md": "x"}, {}, "its folder is a symbolic link"),
        (
            {"a.md": None, "round/new.md": "x"},
            {"round/new.md": "a.md"},
            "its folder is a symbolic link",
        ),
        ({"a.md": None, "b.md": "x"}, {"b.md": "a.md"}, "something is there already"),
        ({"a.md": None, "deep": "x"}, {"deep": "a.md"}, "something is there already"),
        ({"a.md": None, "b.md/new.md": "x"}, {"b.md/new.md": "a.md"}, "[Nn]ot a directory"),
        (
            {"a.md": "A2", "b.md": None, f"{'n' * 300}.md": "x"},
            {f"{'n' * 300}.md": "b.md"},
            "[Nn]ame too long",
        ),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    folder: Path, texts: dict[str, str | None], moves: dict[str, str], why: str
) -> None:
    (folder / "link.md").symlink_to("a.md")
    (folder / "round").symlink_to("deep")
    before = read_tree(folder)
    with pytest.raises(OSError, match=why) as raised:
        written(folder, texts, moves)
    assert read_tree(folder) == before
    assert raised.value.filename == list(texts)[-1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_not_be_written_to_changes_nothing(folder: Path) -> None:
    (folder / "deep").chmod(0o500)
    before = read_tree(folder)
    try:
        with pytest.raises(PermissionError) as raised:
            written(folder, {"a.md": "A2", "deep/c.md": "C2"})
    finally:
        (folder / "deep").chmod(0o700)
    assert read_tree(folder) == before
    assert raised.value.filename == "deep/c.md"


def test_a_new_file_is_written_where_nothing_is(folder: Path) -> None:
    before: dict[str, str | bytes | None] = {"a.md": "A", "new.yml": None}
    write_files(folder, before, {"a.md": None, "new.yml": "x"}, created=["new.yml"])
    assert (folder / "new.yml").read_bytes() == b"x"
    assert not (folder / "a.md").exists()
    tree = read_tree(folder)
    before = {"deep/c.md": "C", "new.yml": None}
    with pytest.raises(FileExistsError):
        write_files(folder, before, {"deep/c.md": "C2", "new.yml": "y"}, created=["new.yml"])
    assert read_tree(folder) == tree


def test_new_files_are_created_with_texts_and_bytes_or_not_at_all(folder: Path) -> None:
    write_files(folder, {}, {"x/new.md": "N", "p.png": b"\x89PNG"}, created={"x/new.md", "p.png"})
    assert (folder / "x/new.md").read_bytes() == b"N"
    before = read_tree(folder)
    with pytest.raises(OSError, match="something is there already"):
        write_files(folder, {}, {"y.md": "Y", "p.png": b"other"}, created={"y.md", "p.png"})
    assert read_tree(folder) == before
