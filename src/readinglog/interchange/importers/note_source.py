"""Markdown files of other programs: their front matter in any format, and their text."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from readinglog.interchange.importers.importer import SourceFiles
from readinglog.interchange.importers.losses import Loss
from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.text import BOM, get_position
from readinglog.model.yaml_values import to_plain_value
from readinglog.parsing.front_matter import FrontMatter, read_front_matter
from readinglog.parsing.yaml_nodes import compose_fields

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"---[ \t]*\n")
_FOLDER_PAGES = frozenset({"index", "_index", "readme"})


@dataclass
class SourceNote:
    """A Markdown file: its path, its front matter as plain values, and its text.

    `has_front_matter` says whether it has any. `redirects` are its old addresses, `name` is what
    its note is to be called, `new_folder` where that is to be, if not in the folder of the file.
    `mistakes` say what is wrong with the front matter; where some of it cannot be read, all of it
    is in `broken_front_matter`. `losses` are what was taken out of the text, `untranslated` what
    stays in it and means something only to the program that it is from.
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
    mistakes: list[str] = field(default_factory=list)
    broken_front_matter: str = ""
    losses: list[Loss] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)

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


class ReadNotes(NamedTuple):
    """The notes of a source, remarks on those that cannot be read, and the paths of these."""

    notes: list[SourceNote]
    remarks: list[str]
    unread: frozenset[str]


def read_source_notes(files: SourceFiles, paths: Iterable[str]) -> ReadNotes:
    """Return the notes in the files at `paths`, as far as they can be read."""
    notes: list[SourceNote] = []
    remarks: list[str] = []
    unread = set()
    for path in paths:
        note = _read_source_note(files, path)
        if isinstance(note, str):
            remarks.append(f"{path} is skipped: {note}")
            unread.add(path)
            continue
        notes.append(note)
        remarks += (f"{path}, {mistake}" for mistake in note.mistakes)
    return ReadNotes(notes, remarks, frozenset(unread))


def _read_source_note(files: SourceFiles, path: str) -> SourceNote | str:
    """Return the note in a file of the source, or why it cannot be read."""
    try:
        data = files.read(path)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    try:
        text = data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError:
        return "it is not UTF-8; save it as such"
    if "\0" in text:
        return "it is not text"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return _split(path, text)
    except (ValueError, RecursionError) as error:
        return f"its front matter cannot be read: {error}"


def _split(path: str, text: str) -> SourceNote:
    """Return a note with its front matter, which is in YAML, TOML or JSON.

    Raise ValueError where none of it can be read.
    """
    if found := _TOML.match(text):  # in messages, lines count from the one that opens it
        return SourceNote(path, tomllib.loads(f"\n{found[1] or ''}"), text[found.end() :])
    if text.startswith(("{\n", '{"')):
        fields, end = json.JSONDecoder().raw_decode(text)
        if isinstance(fields, dict):
            return SourceNote(path, fields, text[end:])
    if _YAML.match(text):
        return _split_yaml(path, text)
    return SourceNote(path, {}, text, has_front_matter=False)


def _split_yaml(path: str, text: str) -> SourceNote:
    """Return a note with the front matter in YAML that a text begins with."""
    front = read_front_matter(text)
    start = text.index("\n") + 1
    if not front.fields and all(each.span.start < start for each in front.diagnostics):
        # Between two lines, or behind one, there is text.
        is_empty = not front.diagnostics
        body = text[front.body :] if is_empty else text
        return SourceNote(path, {}, body, has_front_matter=is_empty)
    fields: dict[str, object] = {}
    if front.diagnostics:
        front = _read_with_aliases(text, start, front)
    found = list(front.diagnostics)
    for entry in front.fields:
        if entry.name in fields:
            message = f"`{entry.name}` is given twice; the first counts"
            found.append(Diagnostic(entry.name_span, message, "remove one of them"))
        fields.setdefault(entry.name, to_plain_value(entry.value))
    mistakes = []
    for each in sorted(found, key=lambda each: each.span):
        line = get_position(text, each.span.start).line
        mistakes.append(": ".join(filter(None, (f"line {line}", each.message, each.help))))
    note = SourceNote(path, fields, text[front.body :], mistakes=mistakes)
    if any(each.span.start >= start for each in found):
        note.broken_front_matter = re.sub(r"\n---[ \t]*\Z", "", text[start : front.body].rstrip())
    return note


def _read_with_aliases(text: str, start: int, front: FrontMatter) -> FrontMatter:
    """Return front matter that has aliases of YAML with what they stand for, other as it is."""
    inside = re.sub(r"\n---[ \t]*\n?\Z", "\n", text[start : front.body])
    try:
        fields = compose_fields(inside, start, allows_aliases=True)
    except InvalidContentError:
        return front
    around = (each for each in front.diagnostics if not start <= each.span.start < front.body)
    return front._replace(fields=tuple(fields), diagnostics=tuple(around))


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
