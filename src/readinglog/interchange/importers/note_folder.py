"""Folders of Markdown notes: their links, their attachments, and the proposals that they make."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from readinglog.interchange.importers.front_matter_keys import MappedFields, map_fields
from readinglog.interchange.importers.importer import (
    FieldValue,
    ImportResult,
    Proposal,
    ProposedLink,
)
from readinglog.interchange.importers.losses import Loss, format_counts
from readinglog.interchange.importers.note_source import SourceNote, is_markdown
from readinglog.interchange.importers.summary_text import find_summary
from readinglog.model.kinds import PAGE
from readinglog.model.markdown_code import make_code_block
from readinglog.model.note import Link, Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import fold
from readinglog.model.text import Source, pluralize
from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.note import parse_note


class NoteFolder:
    """The notes of a folder, each with what its links lead to.

    `attachments` maps paths by which texts refer to files to the paths of the source.
    """

    def __init__(
        self,
        name: str,
        notes: Sequence[SourceNote],
        schema: Schema,
        attachments: Mapping[str, str],
        addresses: Mapping[str, str] | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """`name` is that of the folder, `schema` that of the log, `without` has the keys of front
        matter that mean nothing, and `addresses` maps old addresses of pages to the paths of their
        files.
        """
        self._name = name
        self._notes = notes
        self._schema = schema
        self._attachments = attachments
        self._addresses = addresses or {}
        self._mapped = {note.path: map_fields(note.fields, schema, without) for note in notes}
        self._bodies = {note.path: self._make_body(note) for note in notes}

    def _make_body(self, note: SourceNote) -> str:
        """Return the text of a note, and below it what of its front matter links to others."""
        lines = list(self._mapped[note.path].lines)
        if note.broken_front_matter:
            lines.append(make_code_block("yaml", note.broken_front_matter))
        return "\n\n".join((note.body.strip("\n").rstrip(), *lines)).strip("\n")

    def make_result(
        self, remarks: Iterable[str], unread: frozenset[str], other_files: Iterable[str] = ()
    ) -> ImportResult:
        """Return the proposals of all notes, with the remarks on what is left out.

        `unread` are the paths of notes that cannot be read, `other_files` those of files that are
        left out unless a note links to them.
        """
        proposals = tuple(self.list_proposals())
        linked = {
            self._attachments[link.file]
            for proposal in proposals
            for link in proposal.links
            if link.file
        }
        suffixes = Counter(
            posixpath.splitext(path)[1].lower() or posixpath.basename(path)
            for path in other_files
            if path not in linked
        )
        left_out = f"left out, as no note links to them: {format_counts(suffixes)}"
        told = (
            *remarks,
            *self._describe_drafts(),
            *self._describe_untranslated(),
            *([left_out] if suffixes else []),
        )
        return ImportResult(proposals, told, self._attachments, unread)

    def _describe_drafts(self) -> Iterator[str]:
        """Yield a remark on the notes that are drafts because of their front matter."""
        broken = [note.path for note in self._notes if note.broken_front_matter]
        has, are, draft = "have", "are", "drafts that end"
        if len(broken) == 1:
            has, are, draft = "has", "is", "a draft that ends"
        if broken:
            yield (
                f"{pluralize(broken, 'note')} {has} front matter that can be read only in part, "
                f"and {are} imported as {draft} with it: correct the source, import again, and "
                "remove `draft: true`"
            )

    def _describe_untranslated(self) -> Iterator[str]:
        """Yield a remark on what texts have for the program that they are from."""
        counts = Counter(what for note in self._notes for what in note.untranslated)
        if counts:
            yield (
                "left in the text as written, as it means something only to the program that it "
                f"is from: {format_counts(counts)}"
            )

    def list_proposals(self) -> Iterator[Proposal]:
        """Yield the proposals of all notes."""
        for note in self._notes:
            yield self._propose(note)

    @cached_property
    def _notebook(self) -> Notebook:
        """The folder as a log: so links mean what they mean in the program that it is of."""
        sources = (Source(note.path, self._make_text(note).encode()) for note in self._notes)
        parsed = [parse_note(source, self._schema) for source in sources]
        files = Surroundings(dict.fromkeys(self._attachments, ""))
        return Notebook(parsed, surroundings=files, schema=self._schema)

    def _make_text(self, note: SourceNote) -> str:
        """Return a note as the log would have it at its place in the source."""
        return f"{self._make_head(note)}{self._bodies[note.path]}\n"

    def _make_head(self, note: SourceNote) -> str:
        aliases = ", ".join(map(to_quoted_yaml, self._list_aliases(note)))
        title = to_quoted_yaml(self._choose_title(note))
        return f"---\ntitle: {title}\naliases: [{aliases}]\n---\n\n"

    def _choose_title(self, note: SourceNote) -> str:
        title = str(self._mapped[note.path].fields.get("title", ""))
        if title:
            return title
        return self._choose_name(note) if note.is_folder_page else note.stem

    def _list_aliases(self, note: SourceNote) -> list[str]:
        """Return the other names of a note, the name of its file among them."""
        aliases = self._mapped[note.path].fields.get("aliases", ())
        names = list(aliases if isinstance(aliases, tuple) else (aliases,))
        if not note.is_folder_page and not note.name:
            names.append(note.stem)
        taken = {fold(self._choose_title(note))}
        kept = []
        for name in names:
            if name and fold(name) not in taken:
                taken.add(fold(name))
                kept.append(name)
        return kept

    def _propose(self, note: SourceNote) -> Proposal:
        mapped = self._mapped[note.path]
        body = self._bodies[note.path]
        fields: dict[str, FieldValue] = {
            name: value for name, value in mapped.fields.items() if name not in ("title", "aliases")
        }
        relations, losses = self._list_relations(note, mapped)
        if note.date:
            fields.setdefault("date", note.date)
        if note.is_page:
            fields = {"kind": PAGE.name}
        elif summary := fields.get("summary") or find_summary(note.body):
            fields["summary"] = summary
        if aliases := self._list_aliases(note):
            fields["aliases"] = tuple(aliases)
        if note.redirects:
            fields["redirect_from"] = tuple(dict.fromkeys(note.redirects))
        is_draft = note.is_draft or mapped.is_draft or note.broken_front_matter
        return Proposal(
            note.path,
            self._choose_title(note),
            fields,
            () if note.is_page else self._list_keywords(note, mapped),
            body,
            tuple(self._list_links(note)),
            relations,
            {"draft": "true"} if is_draft else {},
            name=self._choose_name(note),
            folder=self._choose_folder(note),
            is_own=True,
            losses=(*mapped.losses, *note.losses, *losses),
        )

    def _choose_name(self, note: SourceNote) -> str:
        if note.name:
            return note.name
        return posixpath.basename(note.folder) if note.is_folder_page else note.stem

    def _choose_folder(self, note: SourceNote) -> str:
        folder = note.folder if note.new_folder is None else note.new_folder
        return posixpath.dirname(folder) if note.is_folder_page else folder

    def _list_keywords(self, note: SourceNote, mapped: MappedFields) -> tuple[str, ...]:
        """Return the tags of a note: without any, the name of its folder."""
        keywords = tuple(dict.fromkeys(filter(None, mapped.keywords)))
        folder = note.folder
        if note.is_folder_page:
            folder = posixpath.dirname(folder)
        return keywords or (posixpath.basename(folder).lstrip("_") or self._name,)

    # What links lead to.

    def _list_links(self, note: SourceNote) -> Iterator[ProposedLink]:
        parsed = self._notebook.by_path[note.path]
        lead = len(self._make_head(note))
        for link in parsed.links:
            start = link.span.start - lead
            if target := self._find_note(link, parsed):
                yield ProposedLink(start, item=target)
            elif path := self._find_file(link, parsed):
                yield ProposedLink(start, file=path)

    def _find_note(self, link: Link, note: Note) -> str:
        """Return the path of the note that a link leads to, or ''."""
        if not link.target:
            return ""
        candidates = self._notebook.links.resolve(link, note).candidates
        if not candidates:
            return self._addresses.get(normalize_address(link.target), "")
        return min((each.path for each in candidates), key=lambda path: _rate(path, note.path))

    def _find_file(self, link: Link, note: Note) -> str:
        found = self._notebook.links.find_file(link, note) or ""
        return found if found in self._attachments else ""

    def _list_relations(
        self, note: SourceNote, mapped: MappedFields
    ) -> tuple[dict[str, tuple[str, ...]], list[Loss]]:
        """Return the relations of a note to others, and those to notes that are not there."""
        parsed = self._notebook.by_path[note.path]
        relations, losses = {}, []
        for name, targets in mapped.links.items():
            found = []
            for target in targets:
                candidates = self._notebook.names.resolve_name(target, parsed).candidates
                paths = [each.path for each in candidates if each is not parsed]
                if paths:
                    found.append(min(paths, key=lambda path: _rate(path, note.path)))
                elif target:
                    losses.append(Loss(f"`{name}: {target}`", "as there is no such other note"))
            relations[name] = tuple(dict.fromkeys(found))
        return relations, losses


def list_attachments(paths: Iterable[str]) -> dict[str, str]:
    """Return the files of a folder that are no notes, by their paths."""
    return {path: path for path in paths if not is_markdown(path)}


def normalize_address(address: str) -> str:
    """Return an address within a site as it is compared: without slashes, suffix and fragment."""
    path = re.split("[?#]", address, maxsplit=1)[0].strip("/")
    return re.sub(r"(?:/?index)?\.html?\Z", "", path).lower()


def _rate(path: str, writer: str) -> tuple[bool, int, str]:
    """Return the order of answers to an ambiguous link: in the same folder, else the topmost."""
    return posixpath.dirname(path) != posixpath.dirname(writer), path.count("/"), path
