"""The plan of an import: what it would write, counted and explained, before anything is written."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from readinglog.interchange.importers.importer import (
    FieldValue,
    Importer,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.merging.attachment_merge import (
    FilePolicy,
    MergedFiles,
    ReadLogFile,
    merge_files,
)
from readinglog.interchange.merging.block_merge import SourceBlock, make_digest, merge_blocks
from readinglog.interchange.merging.composition import (
    Composition,
    clean_value,
    compose,
    is_readable,
    list_missing_fields,
    point_all,
    repair_all,
)
from readinglog.interchange.merging.conflicts import report_block, report_field
from readinglog.interchange.merging.field_merge import merge_fields
from readinglog.interchange.merging.import_base import (
    BlockRecord,
    FieldRecord,
    ImportBase,
    ItemRecord,
)
from readinglog.interchange.merging.link_edits import Targets
from readinglog.interchange.merging.matching import (
    Match,
    match_proposals,
    unite_proposals,
)
from readinglog.interchange.merging.name_allocation import NameAllocation
from readinglog.interchange.merging.removals import find_removals, keep_linked, refuse_shrunk_source
from readinglog.interchange.merging.tag_mapping import TagMapping
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.field import Required
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import fold
from readinglog.model.text import Source, apply_edits, with_bom
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note

_LISTED = 12  # keywords or names of fields in a remark


class Options(NamedTuple):
    """What the caller decides: whether new keywords become tags, the folder of new notes, whether
    many notes may be removed, and how large an attachment may be.
    """

    adds_tags: bool
    folder: str = ""
    allows_removals: bool = False
    attachment_limit: int = 0


@dataclass(frozen=True)
class ImportPlan:
    """What an import does: files of the notes folder before and after, by path, with None where
    there is none; the base that it leaves; and what to tell.
    """

    before: Mapping[str, str | bytes | None]
    after: Mapping[str, str | bytes | None]
    base: ImportBase
    counts: Mapping[str, int]
    conflicts: tuple[Diagnostic, ...] = ()
    remarks: tuple[str, ...] = ()
    drafts: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether no file of the notes folder changes."""
        return self.before == self.after


def make_plan(
    result: ImportResult,
    files: SourceFiles,
    importer: Importer,
    notebook: Notebook,
    base: ImportBase,
    read_log_file: ReadLogFile,
    options: Options,
) -> ImportPlan:
    """Return the plan to bring what an importer has read into the log.

    Raise ImportRefusedError where a source that has shrunk would remove many notes.
    """
    planning = _Planning(result, files, importer, notebook, base, read_log_file, options)
    return planning.make_plan()


@dataclass
class _Planning:
    """The making of one plan."""

    result: ImportResult
    files: SourceFiles
    importer: Importer
    notebook: Notebook
    base: ImportBase
    read_log_file: ReadLogFile
    options: Options
    before: dict[str, str | bytes | None] = field(default_factory=dict)
    after: dict[str, str | bytes | None] = field(default_factory=dict)
    items: dict[str, ItemRecord] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    conflicts: list[Diagnostic] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    gone: list[Note] = field(default_factory=list)
    drafts: int = 0

    def make_plan(self) -> ImportPlan:
        self._find_removals()
        merged_files = self._merge_files()
        changed = self._compose_changed(merged_files)
        for proposal in self.proposals:
            self._plan_proposal(proposal, changed.get(proposal.id))
        self._plan_vocabulary()
        for path, (have, data) in merged_files.writes.items():
            self.before[path], self.after[path] = have, data
        if merged_files.writes:
            self.counts["files"] = len(merged_files.writes)
        self._plan_removals()
        return ImportPlan(
            self.before,
            self.after,
            ImportBase(self.items, merged_files.records),
            self.counts,
            tuple(self.conflicts),
            (*self.result.remarks, *merged_files.remarks, *self.remarks, *self._sum_up_losses()),
            self.drafts,
        )

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What the source proposes, each work once."""
        return unite_proposals(self.result.proposals, self.notebook.schema)

    @cached_property
    def matches(self) -> dict[str, Match]:
        """The notes of the log that the proposals are about, by their ids."""
        return match_proposals(self.proposals, self.base, self.notebook)

    @cached_property
    def tags(self) -> TagMapping:
        """The tags that keywords of the source mean."""
        return TagMapping(self.notebook.vocabulary, adds_tags=self.options.adds_tags)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The paths of the notes of proposals, those that are created included, by their ids."""
        records = (record.note for record in self.base.items.values())
        names = NameAllocation(self.notebook, records)
        paths = {}
        for proposal in self.proposals:
            match = self.matches[proposal.id]
            if match.note:
                paths[proposal.id] = match.note.path
            elif not match.is_deleted:
                folder = posixpath.join(self.options.folder, proposal.folder)
                paths[proposal.id] = posixpath.join(folder, f"{names.allocate(proposal)}.md")
        return paths

    def _get_name(self, id_: str) -> str:
        match = self.matches[id_]
        if match.is_deleted and match.record:
            return match.record.note
        return posixpath.basename(self.paths[id_]).removesuffix(".md")

    def _make_fields(self, proposal: Proposal) -> dict[str, FieldRecord]:
        """Return the fields that a proposal gives its note."""
        record = self.matches[proposal.id].record
        before = record.fields if record else {}
        fields = {}
        for name, value in {"title": proposal.title, **proposal.fields}.items():
            known = before.get(name)
            if known and known.source == value:
                fields[name] = known
            elif value:
                fields[name] = FieldRecord(self._clean(proposal, name, value), value)
        for name, ids in proposal.relations.items():
            known = before.get(name)
            if known and known.source == ids:
                fields[name] = known
            elif ids:
                names = tuple(self._get_name(id_) for id_ in ids if id_ in self.matches)
                fields[name] = FieldRecord(names or None, ids)
        if proposal.keywords:
            tags = self.tags.map_keywords(proposal.keywords)
            fields["tags"] = FieldRecord(tags or None, proposal.keywords)
        _keep_needed_fields(fields, before, self.notebook.schema)
        return fields

    def _clean(self, proposal: Proposal, name: str, value: FieldValue) -> FieldValue | None:
        """Return a value as a field may have it; what the note is called anyway is no alias."""
        cleaned = clean_value(name, value, self.notebook.schema)
        if name != "aliases" or not isinstance(cleaned, tuple):
            return cleaned
        own = self._get_name(proposal.id)
        return tuple(alias for alias in cleaned if alias != own) or None

    # Which proposals differ from what was imported last, and what they are written as.

    def _merge_files(self) -> MergedFiles:
        paths = self.result.files
        wanted = {
            link.file: paths.get(link.file, link.file)
            for proposal in self.proposals
            for link in proposal.links
            if link.file
        }
        policy = FilePolicy(self.options.folder, self.options.attachment_limit)
        return merge_files(wanted, self.files, self.base, self.read_log_file, policy)

    def _compose_changed(self, files: MergedFiles) -> dict[str, Composition]:
        """Return the compositions of the proposals that the source has changed, by their ids."""
        compositions = {}
        for proposal in self.proposals:
            match = self.matches[proposal.id]
            if match.is_deleted:
                continue
            path = self.paths[proposal.id]
            fields = self._make_fields(proposal)
            defaults = self._make_defaults(proposal, fields)
            composition = compose(proposal, path, self.notebook.schema, fields, defaults)
            if not _is_changed(composition, match.record):
                continue
            if match.note and match.note.is_unparsed:
                self.remarks.append(f"{match.note.path} cannot be read, and is left as it is")
            elif is_readable(composition):
                compositions[proposal.id] = composition
            else:
                reason = composition.make_note().diagnostics[0].message
                self.remarks.append(f"{proposal.id} is left out: {reason}")
                self.counts["unreadable"] += 1
        self._write(compositions, files)
        return compositions

    def _make_defaults(
        self, proposal: Proposal, fields: Mapping[str, FieldRecord]
    ) -> dict[str, FieldValue]:
        """Return the fields that only a note which is created gets, in case it is."""
        defaults = {name: value for name, value in proposal.defaults.items() if name not in fields}
        if self.notebook.today and "date" not in fields:
            defaults.setdefault("date", self.notebook.today.isoformat())
        written = {name: record.written for name, record in fields.items()}
        if list_missing_fields({**defaults, **written}, self.notebook.schema):
            defaults["draft"] = "true"
        return defaults

    def _write(self, compositions: Mapping[str, Composition], files: MergedFiles) -> None:
        """Let links lead where they did in the source, and repair what the log does not allow."""
        known = dict.fromkeys((*files.paths.values(), *files.writes), "")
        others = {composition.path for composition in compositions.values()}
        others |= {note.path for note in self.gone}
        kept = [note for note in self.notebook.notes if note.path not in others]
        new = [composition.make_note() for composition in compositions.values()]
        around = self.notebook.surroundings
        notebook = Notebook(
            (*kept, *new),
            self.tags.make_vocabulary(),
            around._replace(files={**around.files, **known}),
            self.notebook.today,
            schema=self.notebook.schema,
        )
        by_id = {
            id_: notebook.by_path[path]
            for id_, path in self.paths.items()
            if path in notebook.by_path
        }
        point_all(compositions.values(), Targets(by_id, files.paths), notebook)
        by_path = {composition.path: composition for composition in compositions.values()}
        notebook = _replace_notes(list(by_path.values()), notebook)
        notebook = repair_all(by_path, notebook, _replace_notes)
        for id_, composition in compositions.items():
            record = self.matches[id_].record
            _keep_needed_fields(
                composition.fields, record.fields if record else {}, composition.schema
            )
            _settle_kind(composition)

    # What becomes of each proposal.

    def _plan_proposal(self, proposal: Proposal, composition: Composition | None) -> None:
        match = self.matches[proposal.id]
        if composition is None:
            if match.record:
                name = match.note.name if match.note else match.record.note
                self.items[proposal.id] = replace(match.record, note=name)
                self.counts["deleted" if match.is_deleted else "unchanged"] += 1
            return
        written = composition.list_written()
        aligned = _align(composition, match.record, written)
        name = self._get_name(proposal.id)
        blocks = tuple(
            BlockRecord(tuple(block.digest for block in own), source)
            for own, source in zip(aligned, composition.sources, strict=True)
        )
        if match.note is None:
            text, is_own = self._create(composition), True
        else:
            flat = [block for own in aligned for block in own]
            text = self._merge(match.note, match.record, composition, flat)
            is_own = match.record is not None and match.record.text == make_digest(match.note.text)
        digest = make_digest(text) if is_own else ""
        self.items[proposal.id] = ItemRecord(name, composition.fields, blocks, digest)

    def _create(self, composition: Composition) -> str:
        """Create a note, and return its text."""
        text = composition.make_text()
        self.before[composition.path] = None
        self.after[composition.path] = text
        self.counts["new"] += 1
        self.drafts += composition.defaults.get("draft") == "true"
        return text

    def _merge(
        self,
        note: Note,
        record: ItemRecord | None,
        composition: Composition,
        theirs: Sequence[SourceBlock],
    ) -> str:
        """Bring what the source has changed into a note that is there, and return its text."""
        merged = merge_blocks(note.text, note.body, record.list_digests() if record else [], theirs)
        fields = merge_fields(note, record.fields if record else None, composition.fields)
        text = merged.text
        if fields.edits:
            head = apply_edits(note.text[: note.body.start], fields.edits)
            edited = head + merged.text[note.body.start :]
            if _has_same_fields(note, edited, fields.names):
                text = edited
            else:
                shown = ", ".join(fields.names)
                self.remarks.append(f"{note.path} is written so that {shown} cannot be changed")
        self.conflicts += (report_block(note, each) for each in merged.conflicts)
        self.conflicts += (report_field(note, each) for each in fields.conflicts)
        if text == note.text:
            self.counts["unchanged"] += 1
        else:
            self.before[note.path] = with_bom(note.source, note.text)
            self.after[note.path] = with_bom(note.source, text)
            self.counts["changed" if record else "completed"] += 1
        return text

    def _find_removals(self) -> None:
        """Find the notes that may go with the source."""
        if self.importer.FORGETS:
            self.items |= self.base.items
            return
        removals = find_removals(self.matches.values(), self.base, self.notebook)
        self.gone = removals.notes
        self.remarks += removals.remarks

    def _plan_removals(self) -> None:
        """Remove what no note links to. Raise ImportRefusedError where that is too much."""
        texts = {path: text for path, text in self.after.items() if isinstance(text, str)}
        notes = {path: text for path, text in texts.items() if path.lower().endswith(".md")}
        removals = keep_linked(self.gone, self.notebook, notes)
        if not (self.options.allows_removals or self.importer.FORGETS):
            refuse_shrunk_source(
                self.files.name, len(self.proposals), len(self.base.items), removals.notes
            )
        self.remarks += removals.remarks
        for note in removals.notes:
            self.before[note.path] = with_bom(note.source, note.text)
            self.after[note.path] = None
            self.counts["removed"] += 1

    # The vocabulary, and what is told.

    def _plan_vocabulary(self) -> None:
        source = self.notebook.vocabulary.source
        vocabulary = self.tags.make_vocabulary()
        if not self.tags.added or not source or not vocabulary or not vocabulary.source:
            return
        self.before[source.path] = with_bom(source, source.text)
        self.after[source.path] = with_bom(vocabulary.source, vocabulary.source.text)
        self.counts["tags"] = len(self.tags.added)

    def _sum_up_losses(self) -> Iterator[str]:
        """Yield remarks on the keywords and the fields of the source that the log has not."""
        if unknown := self.tags.unknown:
            yield f"not among the tags of the log, and left out: {_format_counts(unknown)}"
        dropped = Counter(name for proposal in self.proposals for name in proposal.dropped)
        if dropped:
            yield f"no field of the log holds, and left out: {_format_counts(dropped)}"


def _replace_notes(changed: Sequence[Composition], notebook: Notebook) -> Notebook:
    """Return a notebook with the notes of changed compositions as they are now."""
    new = {composition.path: composition.make_note() for composition in changed}
    return notebook.with_notes(new.get(note.path, note) for note in notebook.notes)


def _is_changed(composition: Composition, record: ItemRecord | None) -> bool:
    """Return whether the source, or what becomes of it, differs from what was imported last."""
    if record is None:
        return True
    sources = [block.source for block in record.blocks]
    return sources != composition.sources or dict(record.fields) != composition.fields


def _keep_needed_fields(
    fields: dict[str, FieldRecord], before: Mapping[str, FieldRecord], schema: Schema
) -> None:
    """Keep what every note needs, and the source does not have any more."""
    for name, known in before.items():
        field_ = schema.fields.get(name)
        is_needed = field_ is not None and field_.required is not Required.NO
        now = fields.get(name)
        if is_needed and known.written and not (now and now.written):
            fields[name] = FieldRecord(known.written, now.source if now else known.source)


def _settle_kind(composition: Composition) -> None:
    """Make an idea of a note of the writer's own that has lost what a work needs."""
    missing = list_missing_fields(composition.list_fields(), composition.schema)
    kind = composition.fields.get("kind")
    kinds = composition.schema.kinds
    is_work = kind and isinstance(kind.written, str) and kinds[kind.written].is_work
    if kind and missing and is_work and composition.proposal.is_own:
        composition.fields["kind"] = FieldRecord("idea", kind.source)
        missing = list_missing_fields(composition.list_fields(), composition.schema)
    if missing:
        composition.defaults["draft"] = "true"
    elif "draft" not in composition.proposal.defaults:
        composition.defaults.pop("draft", None)


def _align(
    composition: Composition, record: ItemRecord | None, written: list[list[SourceBlock]]
) -> list[list[SourceBlock]]:
    """Return the written blocks, with the digests of last time where the source is the same."""
    aligned = list(written)
    sources = [block.source for block in record.blocks] if record else []
    matcher = SequenceMatcher(None, sources, composition.sources, autojunk=False)
    for start, new_start, size in matcher.get_matching_blocks():
        for offset in range(size):
            own = aligned[new_start + offset]
            digests = record.blocks[start + offset].written if record else ()
            texts = [block.text for block in own]
            if len(digests) != len(own):
                texts = ["\n\n".join(texts), *[""] * len(digests)][: len(digests)]
            is_item = bool(own) and own[0].is_item
            aligned[new_start + offset] = [
                SourceBlock(text, digest, is_item)
                for text, digest in zip(texts, digests, strict=True)
            ]
    return aligned


def _has_same_fields(note: Note, text: str, changed: Collection[str]) -> bool:
    """Return whether an edited text of a note says the same but for the fields that changed."""
    after = parse_note(Source(note.path, text.encode()), note.schema)
    others = set(note.values) - set(changed)
    problems = {each.message for each in after.diagnostics}
    return problems <= {each.message for each in note.diagnostics} and all(
        after.values.get(name) == note.values[name] for name in others
    )


def _format_counts(counts: Counter[str]) -> str:
    """Return the most frequent names with how often they are, and how many more there are."""
    listed = sorted(counts.items(), key=lambda item: (-item[1], fold(item[0])))
    shown = ", ".join(f"{name} ({count:,})" for name, count in listed[:_LISTED])
    more = len(listed) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown
