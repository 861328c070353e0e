"""What is compiled of templates is kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

from readinglog.site.template_cache import open_template_cache

TEMPLATE = "{{ 20 + 1 }} notes"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(FileSystemBytecodeCache, "_get_default_cache_dir", lambda _: str(tmp_path))
    open_template_cache.cache_clear()
    yield tmp_path
    open_template_cache.cache_clear()


def render() -> str:
    cache = open_template_cache()
    environment = Environment(loader=DictLoader({"a.html": TEMPLATE}), bytecode_cache=cache)
    return environment.get_template("a.html").render()


def count_compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the templates that are compiled."""
    compiled: list[str] = []
    compile_template = Environment.compile

    def watch(self: Environment, source: str, *arguments: object) -> object:
        compiled.append(source)
        return compile_template(self, source, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", watch)
    return compiled


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = count_compilations(monkeypatch)
    assert [render(), render()] == ["21 notes"] * 2
    assert len(compiled) == 1
    assert [file.name.partition("-")[0] for file in folder.iterdir()] == ["readinglog"]


@pytest.mark.parametrize("damage", [b"", b"\x80", b"j2", b"cut"])
def test_a_damaged_file_is_made_again(damage: bytes, folder: Path) -> None:
    render()
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    assert render() == "21 notes"
    assert file.read_bytes() == whole


def test_what_another_version_has_kept_goes(folder: Path) -> None:
    other = folder / "readinglog-1234-5678"
    other.write_bytes(b"")
    (folder / "not-ours").write_bytes(b"")
    render()
    assert not other.exists()
    assert (folder / "not-ours").exists()


def test_without_a_place_to_keep_them_templates_are_compiled_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> str:
        message = "no safe folder"
        raise RuntimeError(message)

    monkeypatch.setattr(FileSystemBytecodeCache, "_get_default_cache_dir", refuse)
    assert open_template_cache() is None
    assert render() == "21 notes"
    assert not list(folder.iterdir())
