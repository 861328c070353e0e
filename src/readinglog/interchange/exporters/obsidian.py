"""A vault for Obsidian: the notes as they are written, with only that changed which Obsidian reads
otherwise, and the attachments.

To Obsidian a link is the name of a file, a heading is written as it stands, and a tag has no spaces
but may have a path. In properties, links are wikilinks, and tags and aliases are lists. The title
of a note becomes an alias, by which the vault is searched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from readinglog.interchange.exporters.exporter import (
    CopiedFile,
    Export,
    ExportedFile,
    describe_content,
)
from readinglog.interchange.exporters.vault_names import VaultNames
from readinglog.model.note import Heading, Link, Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import to_slug
from readinglog.model.text import Edit, Source, Span, apply_edits, pluralize
from readinglog.model.yaml_values import Scalar, to_quoted_yaml, to_yaml
from readinglog.notebook.links import find_reading
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.yaml_edits import append_items, find_end, insert_line_after
from readinglog.refactor.link_addresses import make_relative, replace_path
from readinglog.refactor.link_edits import find_wikilink_parts, make_label_separator

SUMMARY = "a folder that Obsidian opens as a vault"

_NOT_IN_TAGS = re.compile(r"[^\w-]+")
# What Obsidian takes for a space where it looks for a heading.
_NOT_IN_HEADINGS = re.compile(r"[!\"#$%&*+,.:;<=>?@^`{|}~/()\[\]\\\s]+")
_IN_LABELS = str.maketrans("[]|\n", "()/ ")


def make_export(notebook: Notebook, name: str, /) -> Export:
    names = VaultNames(notebook)
    notes = [note for note in notebook.notes if not note.source.unreadable]
    files: list[ExportedFile | CopiedFile] = []
    kept = []
    for note in notes:
        data, is_whole = note.source.data, True
        if note.source.undecodable_offset is None:
            text, is_whole = _NoteWriter(note, notebook, names).write()
            data = text.encode()
        files.append(ExportedFile(f"{name}/{names.paths[note]}", data))
        if not is_whole:
            kept.append(note.path)
    if source := notebook.vocabulary.source:
        files.append(ExportedFile(f"{name}/{source.path}", source.data))
    published = sorted(path for path, why in notebook.files.items() if not why)
    files += [CopiedFile(f"{name}/{path}", path) for path in published]
    remarks = [f"the front matter of `{path}` was left as it is" for path in kept]
    if unread := len(notebook.notes) - len(notes):
        remarks.append(f"left out {pluralize(unread, 'note')} that cannot be read")
    if others := len(notebook.files) - len(published):
        remarks.append(
            f"left out {pluralize(others, 'file')} of kinds that are not published; "
            "`readinglog check` tells which"
        )
    content = describe_content(notes)
    return Export(
        tuple(files), content, "open it in Obsidian with “Open folder as vault”", tuple(remarks)
    )


class _NoteWriter:
    """Writes a note as Obsidian reads it."""

    def __init__(self, note: Note, notebook: Notebook, names: VaultNames) -> None:
        self._note = note
        self._notebook = notebook
        self._links = notebook.links
        self._names = names
        self._folder = posixpath.dirname(names.paths[note])

    def write(self) -> tuple[str, bool]:
        """Return the text, and whether the front matter could be changed as it should be."""
        note = self._note
        properties = list(self._edit_properties())
        is_safe = not properties or _keeps_fields(note, properties)
        edits = [*(properties if is_safe else []), *self._edit_links()]
        return apply_edits(note.text, edits), is_safe

    # Properties ----------------------------------------------------------------------------------

    def _edit_properties(self) -> Iterator[Edit]:
        note = self._note
        for tag in note.get_scalars("tags"):
            written = self._spell_tag(tag.text)
            if written != tag.text or isinstance(note.fields["tags"].value, Scalar):
                yield self._make_item_edit("tags", tag, to_yaml(written))
        for relation in self._links.list_relations(note):
            if target := relation.resolution.target:
                link = to_quoted_yaml(f"[[{self._names.spell(target)}]]")
                yield Edit(relation.span, link)
        yield from self._edit_aliases()

    def _make_item_edit(self, field: str, item: Scalar, written: str) -> Edit:
        """Return the edit of an item of a list, which gets brackets where it has none."""
        is_alone = isinstance(self._note.fields[field].value, Scalar)
        return Edit(item.span, f"[{written}]" if is_alone else written)

    def _spell_tag(self, text: str) -> str:
        """Return a tag with those above it, as Obsidian reads it: not of digits alone."""
        vocabulary = self._notebook.vocabulary
        tag = vocabulary.find(text) if vocabulary.is_closed else None
        steps = [step.key for step in vocabulary.get_path(tag)] if tag else text.split("/")
        path = "/".join(filter(None, map(_spell_tag_step, steps)))
        return path if re.search(r"[^\d/]", path) else f"_{path}"

    def _edit_aliases(self) -> Iterator[Edit]:
        """Yield the edit that makes the title an alias, unless the file is named so."""
        note = self._note
        title, stem = note.values.get("title"), self._names.get_stem(note)
        aliases = note.get_scalars("aliases")
        has_title = title in (stem, *(alias.text for alias in aliases))
        wanted = [] if has_title or not isinstance(title, str) else [title]
        field = note.fields.get("aliases")
        if field is None:
            if wanted:
                at = find_end(note.text, note.fields["title"].value)
                yield insert_line_after(note.text, at, f"aliases: [{to_yaml(wanted[0])}]")
        elif wanted:
            yield append_items(note.text, field.value, wanted)
        elif isinstance(field.value, Scalar) and aliases:
            yield self._make_item_edit("aliases", aliases[0], to_yaml(aliases[0].text))

    # Links ---------------------------------------------------------------------------------------

    def _edit_links(self) -> Iterator[Edit]:
        for link, resolution in self._links.list_links(self._note):
            is_wikilink = link.kind == "wikilink"
            if link.kind == "html" or link.is_empty:
                continue
            if resolution.target:
                edit = self._edit_wikilink if is_wikilink else self._edit_address
                yield from edit(link, resolution.target)
            elif resolution.is_missing:
                yield from self._edit_link_to_file(link)

    def _edit_wikilink(self, link: Link, target: Note) -> Iterator[Edit]:
        note = self._note
        name, heading_span = find_wikilink_parts(link, note)
        words, heading = find_reading(link, target)
        spelling = self._names.choose(words, target) if link.target else ""
        wanted = heading and self._spell_heading(link, heading.strip(), target)
        new = _join(spelling, wanted)
        parts = Span(name.start, max(name.end, heading_span.end))
        if new == note.text[slice(*parts)].rstrip():
            return
        if link.label is None and not link.is_embed and spelling != words:
            shown = self._links.get_label(link, note).translate(_IN_LABELS)
            label = make_label_separator(link, note) + shown
            yield Edit(Span(name.start, link.span.end - 2), new + label)
        else:
            yield Edit(parts, new)

    def _edit_address(self, link: Link, target: Note) -> Iterator[Edit]:
        """Yield the edit of the address of a Markdown link to a note."""
        note = self._note
        path = self._names.paths[target]
        is_right = posixpath.normpath(posixpath.join(self._folder, link.target)) == path
        new = link.target if is_right or not link.target else make_relative(self._folder, path)
        wanted = link.heading and self._spell_heading(link, link.heading, target)
        if (new, wanted) != (link.target, link.heading):
            (start, end), text = link.address_span, note.text
            if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
                start, end = start - 1, end + 1
            yield Edit(Span(start, end), quote(_join(new, wanted), safe="/#^"))

    def _spell_heading(self, link: Link, written: str, target: Note) -> str:
        """Return how Obsidian finds the heading or block of `target` that is `written`."""
        anchor = self._links.find_anchor(link, target)
        found = next((each for each in target.headings if each.anchor == anchor), None)
        if found is None:
            return written
        words = _clean_heading(target, found)
        *above, last = written.split("#")
        twins = [each for each in target.headings if _clean_heading(target, each) == words]
        is_same = _NOT_IN_HEADINGS.sub(" ", last).strip().casefold() == words.casefold()
        if is_same and (above or found is twins[0]):
            return written
        return words if found is twins[0] else "#".join(_list_headings_above(target, found))

    def _edit_link_to_file(self, link: Link) -> Iterator[Edit]:
        note = self._note
        path = self._links.find_file(link, note)
        if path is None:
            if address := self._links.find_outside(link, note):
                yield Edit(link.address_span, address)
        elif link.kind == "wikilink":
            if not self._names.is_file(link.target, path):
                yield Edit(find_wikilink_parts(link, note)[0], path)
        elif posixpath.normpath(posixpath.join(self._folder, link.target)) != path:
            yield replace_path(link, note, make_relative(self._folder, path))


def _spell_tag_step(step: str) -> str:
    """Return a part of a tag's path as it is, or in other characters where Obsidian needs them."""
    step = step.strip().lstrip("#")
    return _NOT_IN_TAGS.sub("-", to_slug(step)) if _NOT_IN_TAGS.search(step) else step


def _join(address: str, heading: str | None) -> str:
    return f"{address}#{heading}" if heading else address


def _clean_heading(note: Note, heading: Heading) -> str:
    """Return a heading as a link of Obsidian has it."""
    return _NOT_IN_HEADINGS.sub(" ", note.text[slice(*heading.span)]).strip()


def _list_headings_above(note: Note, heading: Heading) -> Iterable[str]:
    """Return the headings from the highest above `heading` to itself."""
    path = [heading]
    for other in reversed(note.headings[: note.headings.index(heading)]):
        if other.level < path[0].level:
            path.insert(0, other)
    return (_clean_heading(note, each) for each in path)


def _keeps_fields(note: Note, edits: Iterable[Edit]) -> bool:
    """Return whether `edits` of the front matter leave all else in it as it is."""
    head = note.text[: note.body.start]
    changed = apply_edits(head, edits)
    return _read_other_fields(head, note.schema) == _read_other_fields(changed, note.schema)


def _read_other_fields(head: str, schema: Schema) -> tuple[dict[str, object], list[str]]:
    """Return the fields of front matter that an export does not change, and the rules it breaks."""
    note = parse_note(Source("note.md", head.encode()), schema)
    changed = ("tags", "aliases", *schema.relations)
    names = (name for name in note.fields if name not in changed)
    rules = [diagnostic.rule for diagnostic in note.diagnostics]
    return {name: note.get_plain_value(name) for name in names}, rules
