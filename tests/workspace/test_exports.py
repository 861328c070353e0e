"""Writing exports: whole or not at all, and never over what others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.workspace.exports import ExportError, write_export
from support.folders import read_tree


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "out" / "vault"


def test_an_export_is_replaced_by_the_next_one_and_its_old_files_go(
    vault: Path, cache: Path
) -> None:
    first: dict[str, bytes | Path] = {"vault/a.md": b"A", "vault/deep/b.md": b"B"}
    assert write_export(vault, first, cache) == (2, 0)
    (vault / ".obsidian").mkdir()
    (vault / "own.md").write_bytes(b"mine")
    assert write_export(vault, {"vault/a.md": b"A2"}, cache) == (1, 1)
    assert read_tree(vault) == {".obsidian": None, "a.md": b"A2", "own.md": b"mine"}
    assert [path.name for path in vault.parent.iterdir()] == ["vault"]


def test_what_others_wrote_or_changed_is_kept(vault: Path, cache: Path) -> None:
    files: dict[str, bytes | Path] = {"vault/a.md": b"A", "vault/b.md": b"B"}
    write_export(vault, files, cache)
    (vault / "a.md").write_bytes(b"my words")
    (vault / "b.md").write_bytes(b"mine, too")
    with pytest.raises(ExportError, match=r"a\.md`.* would be overwritten") as refused:
        write_export(vault, {"vault/a.md": b"A2"}, cache)
    assert "--force" in refused.value.hint
    before = read_tree(vault)
    assert before == {"a.md": b"my words", "b.md": b"mine, too"}
    write_export(vault, {"vault/a.md": b"A2"}, cache, force=True)
    assert read_tree(vault) == {"a.md": b"A2", "b.md": b"mine, too"}


def test_an_export_without_memory_overwrites_nothing(vault: Path, cache: Path) -> None:
    write_export(vault, {"vault/a.md": b"A"}, cache)
    (cache / "exports.json").write_bytes(b'{"cut')
    with pytest.raises(ExportError):
        write_export(vault, {"vault/a.md": b"A"}, cache)


def test_a_failure_changes_nothing(
    vault: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(vault, {"vault/a.md": b"A", "vault/b.md": b"B"}, cache)
    before, record = read_tree(vault.parent), (cache / "exports.json").read_bytes()
    new: dict[str, bytes | Path] = {"vault/a.md": b"A2", "vault/new/c.md": b"C", "vault/d.md": b""}
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if Path(target).name == "d.md":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space") as failure:
        write_export(vault, new, cache)
    assert failure.value.filename == str(vault / "d.md")
    assert (read_tree(vault.parent), (cache / "exports.json").read_bytes()) == (before, record)
    with pytest.raises(FileNotFoundError):
        write_export(vault, {"vault/p.png": tmp_path / "missing.png"}, cache)
    assert read_tree(vault.parent) == before


def test_a_folder_in_the_way_is_never_removed(vault: Path, cache: Path) -> None:
    (vault / "a.md").mkdir(parents=True)
    with pytest.raises(ExportError):
        write_export(vault, {"vault/a.md": b"A"}, cache)
    with pytest.raises(IsADirectoryError):
        write_export(vault, {"vault/a.md": b"A"}, cache, force=True)
    assert (vault / "a.md").is_dir()


def test_a_record_cannot_name_files_elsewhere(vault: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"A")
    write_export(vault, {"vault/a.md": b"A"}, cache)
    record = cache / "exports.json"
    record.write_text(record.read_text().replace("vault/a.md", "../secret"))
    write_export(vault, {"vault/b.md": b"B"}, cache)
    assert (tmp_path / "secret").exists()
