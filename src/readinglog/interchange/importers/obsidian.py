"""Obsidian: a vault, or a folder of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from readinglog.interchange.importers.daily_notes import read_day
from readinglog.interchange.importers.front_matter_keys import is_mapped
from readinglog.interchange.importers.importer import ImportFormatError, ImportResult, SourceFiles
from readinglog.interchange.importers.losses import PRIVATE, Loss
from readinglog.interchange.importers.note_folder import NoteFolder, list_attachments
from readinglog.interchange.importers.note_source import SourceNote, is_markdown, read_source_notes
from readinglog.model.note import Region
from readinglog.model.schema import Schema
from readinglog.model.text import Edit, Source, Span, apply_edits, is_alone_on_lines, pluralize
from readinglog.parsing.note import parse_note

KIND = "obsidian"
SUMMARY = "a vault of Obsidian, or another folder of Markdown notes"
IS_FOLDER = True
ADDS_TAGS = True
FORGETS = False

_INLINE_FIELD = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?([A-Za-z][\w -]{0,40})::[ \t]*(\S[^\n]*)\n?", re.MULTILINE
)
_SEARCH = re.compile(r"^([ \t]*(?:`{3,}|~{3,}))query[ \t]*$", re.MULTILINE)
_PROGRAM = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,})(base|button|dataview|dataviewjs|query|tasks)[ \t]*$", re.MULTILINE
)
_DRAWING = "excalidraw-plugin"


def read_proposals(files: SourceFiles, schema: Schema) -> ImportResult:
    found = read_source_notes(files, filter(is_markdown, files.paths))
    remarks = list(found.remarks)
    notes: list[SourceNote] = []
    days: list[str] = []
    for note in found.notes:
        if _DRAWING in note.fields:
            remarks.append(f"{note.path} is left out: it is a drawing")
            continue
        _convert(note, files.name, schema)
        day = read_day(note.stem, note.folder)
        note.date = day.date
        if day.is_all:
            note.is_draft = True
            days.append(note.path)
        notes.append(note)
    if not notes:
        message = f"{files.name} has no Markdown files"
        raise ImportFormatError(message, "give the folder of a vault, or one in it")
    if days:
        remarks.append(
            f"{pluralize(days, 'note')} named after a day, week or month (such as {days[0]}): as "
            "diaries are private, each becomes a draft with that date"
        )
    attachments = list_attachments(files.paths)
    folder = NoteFolder(files.name, notes, schema, attachments)
    return folder.make_result(remarks, found.unread, attachments)


def _convert(note: SourceNote, vault: str, schema: Schema) -> None:
    """Take out comments, move inline fields to the front matter, and name the topmost page."""
    note.untranslated = [f"`{name}`" for name in _PROGRAM.findall(note.body)]
    note.body = _SEARCH.sub(r"\1text", note.body)
    parsed = parse_note(Source(note.path, f"---\ntitle: x\n---\n{note.body}".encode()))
    lead = len(parsed.text) - len(note.body)
    masked = parsed.masked[lead:]
    edits = [*_remove_comments(note.body, parsed.regions, lead)]
    note.losses += [Loss("`%%comments%%`", PRIVATE)] * len(edits)
    fields = dict(note.fields)
    for found in _INLINE_FIELD.finditer(masked):
        key, value = found[1].strip(), note.body[slice(*found.span(2))]
        if is_mapped(key, schema) and key not in fields:
            fields[key] = value.strip()
            edits.append(Edit(Span(*found.span()), ""))
    note.fields = fields
    note.body = apply_edits(note.body, edits)
    if note.is_folder_page and not note.folder:
        note.name = vault


def _remove_comments(body: str, regions: Iterable[Region], lead: int) -> Iterator[Edit]:
    """Yield the edits that take out what stands between `%%`."""
    for region in regions:
        start, end = region.start - lead, region.end - lead
        if region.kind != "comment" or not body.startswith("%%", start):
            continue
        if is_alone_on_lines(body, Span(start, end)):
            end += len(body[end:]) - len(body[end:].lstrip("\n"))
        elif body[start - 1 : start] == " " and body[end : end + 1] in (" ", "\n"):
            start -= 1
        yield Edit(Span(start, end), "")
