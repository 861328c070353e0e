"""Markdown files of other programs: their front matter in any format, and their text."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from readinglog.interchange.importers.importer import SourceFiles
from readinglog.model.text import BOM
from readinglog.model.yaml_values import to_plain_value
from readinglog.parsing.front_matter import read_front_matter

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"---[ \t]*\n")
_FOLDER_PAGES = frozenset({"index", "_index", "readme"})


@dataclass
class SourceNote:
    """A Markdown file: its path, its front matter as plain values, and its text.

    `has_front_matter` says whether it has any. `redirects` are its old addresses, `name` is what
    its note is to be called, `new_folder` where that is to be, if not in the folder of the file.
    """

    path: str
    fields: Mapping[str, object]
    body: str
    has_front_matter: bool = True
    redirects: list[str] = field(default_factory=list)
    date: str = ""
    name: str = ""
    new_folder: str | None = None
    is_page: bool = False
    is_draft: bool = False

    @property
    def stem(self) -> str:
        """The name of the file without its suffix."""
        return posixpath.basename(self.path).rpartition(".")[0]

    @property
    def folder(self) -> str:
        """The folder that the file is in, '' for the topmost."""
        return posixpath.dirname(self.path)

    @property
    def is_folder_page(self) -> bool:
        """Whether the file stands for its folder."""
        return self.stem.lower() in _FOLDER_PAGES


def is_markdown(path: str) -> bool:
    """Return whether a path is that of a Markdown file."""
    return path.lower().endswith(_SUFFIXES)


def read_source_note(files: SourceFiles, path: str) -> SourceNote | str:
    """Return the note in a file of the source, or why it cannot be read."""
    try:
        data = files.read(path)
    except OSError as error:
        return f"{path} is left out: {(error.strerror or str(error)).lower()}"
    try:
        text = data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError:
        return f"{path} is left out: it is not UTF-8"
    if "\0" in text:
        return f"{path} is left out: it is not text"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        fields, body = _split(text)
    except (ValueError, RecursionError) as error:
        return f"{path} is left out: its front matter cannot be read: {error}"
    if fields is None:
        return SourceNote(path, {}, body, has_front_matter=False)
    return SourceNote(path, fields, body)


def _split(text: str) -> tuple[Mapping[str, object] | None, str]:
    """Return the front matter of a text, in YAML, TOML or JSON, None without one, and the rest.

    Raise ValueError where it cannot be read.
    """
    if found := _TOML.match(text):
        return tomllib.loads(found[1] or ""), text[found.end() :]
    if text.startswith(("{\n", '{"')):
        fields, end = json.JSONDecoder().raw_decode(text)
        return (fields, text[end:]) if isinstance(fields, dict) else (None, text)
    if not _YAML.match(text):
        return None, text
    front = read_front_matter(text)
    fields = {}
    for entry in front.fields:
        fields.setdefault(entry.name, to_plain_value(entry.value))
    if not fields and front.diagnostics:
        return None, text
    return fields, text[front.body :]


def list_texts(value: object) -> list[str]:
    """Return a value of front matter as texts: those of a list, or one."""
    if value is None or isinstance(value, Mapping):
        return []
    if isinstance(value, list | tuple):
        return [text for item in value for text in list_texts(item)]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    isoformat = getattr(value, "isoformat", None)
    return [str(isoformat() if isoformat else value)]
