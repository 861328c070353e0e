"""The plan of an import: what it would write, counted and explained, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from readinglog.interchange.importers.importer import (
    Importer,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.losses import format_counts, sum_up_losses
from readinglog.interchange.merging.attachment_merge import (
    FilePolicy,
    MergedFiles,
    ReadLogFile,
    merge_files,
)
from readinglog.interchange.merging.block_merge import make_digest
from readinglog.interchange.merging.composition import Composition
from readinglog.interchange.merging.import_base import BlockRecord, ImportBase, ItemRecord
from readinglog.interchange.merging.note_merge import align_blocks, merge_note
from readinglog.interchange.merging.proposed_notes import ProposedNotes
from readinglog.interchange.merging.removals import find_removals, keep_linked, refuse_shrunk_source
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.note import Note
from readinglog.model.text import with_bom
from readinglog.notebook.notebook import Notebook


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
    proposed = ProposedNotes(result, notebook, base, options.folder, options.adds_tags)
    wanted = {
        link.file: result.files.get(link.file, link.file)
        for proposal in proposed.proposals
        for link in proposal.links
        if link.file
    }
    policy = FilePolicy(options.folder, options.attachment_limit)
    merged_files = merge_files(wanted, files, base, read_log_file, policy)
    planning = _Planning(result, files, importer, notebook, base, options, proposed, merged_files)
    return planning.make_plan()


@dataclass
class _Planning:
    """The making of one plan."""

    result: ImportResult
    files: SourceFiles
    importer: Importer
    notebook: Notebook
    base: ImportBase
    options: Options
    proposed: ProposedNotes
    merged_files: MergedFiles
    before: dict[str, str | bytes | None] = field(default_factory=dict)
    after: dict[str, str | bytes | None] = field(default_factory=dict)
    items: dict[str, ItemRecord] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    conflicts: list[Diagnostic] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    drafts: int = 0

    def make_plan(self) -> ImportPlan:
        gone = self._find_removals()
        changed = self.proposed.compose_changed(self.merged_files, gone)
        for proposal in self.proposed.proposals:
            self._plan_proposal(proposal, changed.get(proposal.id))
        self._plan_vocabulary()
        self._plan_files()
        self._plan_removals(gone)
        if self.proposed.unreadable:
            self.counts["unreadable"] = self.proposed.unreadable
        return ImportPlan(
            self.before,
            self.after,
            ImportBase(self.items, self.merged_files.records),
            self.counts,
            tuple(self.conflicts),
            (
                *self.result.remarks,
                *self.merged_files.remarks,
                *self.proposed.remarks,
                *self.remarks,
                *self._sum_up(changed),
            ),
            self.drafts,
        )

    # What becomes of each proposal.

    def _plan_proposal(self, proposal: Proposal, composition: Composition | None) -> None:
        match = self.proposed.matches[proposal.id]
        if composition is None:
            if match.record:
                name = match.note.name if match.note else match.record.note
                self.items[proposal.id] = replace(match.record, note=name)
                self.counts["deleted" if match.is_deleted else "unchanged"] += 1
            return
        aligned = align_blocks(composition, match.record, composition.list_written())
        blocks = tuple(
            BlockRecord(tuple(block.digest for block in own), source)
            for own, source in zip(aligned, composition.sources, strict=True)
        )
        if match.note is None:
            text, is_own = self._create(composition), True
        else:
            merged = merge_note(
                match.note, match.record, composition, [block for own in aligned for block in own]
            )
            text = merged.text
            self.conflicts += merged.conflicts
            self.remarks += merged.remarks
            self._change(match.note, text, "changed" if match.record else "completed")
            is_own = match.record is not None and match.record.text == make_digest(match.note.text)
        name = self.proposed.get_name(proposal.id)
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

    def _change(self, note: Note, text: str, count: str) -> None:
        """Give a note of the log a text, which may be its own."""
        if text == note.text:
            self.counts["unchanged"] += 1
            return
        self.before[note.path] = with_bom(note.source, note.text)
        self.after[note.path] = with_bom(note.source, text)
        self.counts[count] += 1

    # What goes with the source.

    def _find_removals(self) -> list[Note]:
        """Return the notes that may go with the source."""
        if self.importer.FORGETS:
            self.items |= self.base.items
            return []
        unread = {id_: self.base.items[id_] for id_ in self.result.unread & self.base.items.keys()}
        self.items |= unread
        if unread:
            self.counts["unchanged"] = len(unread)
        items = {id_: item for id_, item in self.base.items.items() if id_ not in unread}
        removals = find_removals(self.proposed.matches.values(), items, self.notebook)
        self.remarks += removals.remarks
        return removals.notes

    def _plan_removals(self, gone: list[Note]) -> None:
        """Remove what no note links to. Raise ImportRefusedError where that is too much."""
        texts = {path: text for path, text in self.after.items() if isinstance(text, str)}
        notes = {path: text for path, text in texts.items() if path.lower().endswith(".md")}
        removals = keep_linked(gone, self.notebook, notes)
        if not (self.options.allows_removals or self.importer.FORGETS):
            refuse_shrunk_source(
                self.files.name,
                len(self.proposed.proposals),
                len(self.base.items),
                removals.notes,
            )
        self.remarks += removals.remarks
        for note in removals.notes:
            self.before[note.path] = with_bom(note.source, note.text)
            self.after[note.path] = None
            self.counts["removed"] += 1

    # Files that are no notes, and remarks.

    def _plan_vocabulary(self) -> None:
        tags = self.proposed.tags
        source, vocabulary = self.notebook.vocabulary.source, tags.make_vocabulary()
        if not tags.added or not source or not vocabulary or not vocabulary.source:
            return
        self.before[source.path] = with_bom(source, source.text)
        self.after[source.path] = with_bom(vocabulary.source, vocabulary.source.text)
        self.counts["tags"] = len(tags.added)

    def _plan_files(self) -> None:
        for path, (have, data) in self.merged_files.writes.items():
            self.before[path], self.after[path] = have, data
        if self.merged_files.writes:
            self.counts["files"] = len(self.merged_files.writes)

    def _sum_up(self, changed: Mapping[str, Composition]) -> Iterator[str]:
        """Yield remarks on what the source has and the log does not get."""
        tags = self.proposed.tags
        if tags.unknown:
            all_ = "" if self.options.adds_tags else ", or take all with `--add-tags`"
            yield (
                f"not among the tags of the log, and left out: {format_counts(tags.unknown)}; add "
                f"those that you want to `tags.yml`, as tags or as aliases, and import again{all_}"
            )
        if tags.removed:
            yield (
                f"no longer tags of the log, and left out: {format_counts(tags.removed)}; where "
                "another tag has taken the place of one, make it an alias of that in `tags.yml`"
            )
        losses = [loss for proposal in self.proposed.proposals for loss in proposal.losses]
        losses += (loss for composition in changed.values() for loss in composition.losses)
        yield from sum_up_losses(losses)
        shown = Counter[str]()
        for composition in changed.values():
            shown.update(composition.repairs)
        if shown:
            yield (
                "shown as text, since it would be an error here: "
                f"{format_counts(shown)}; `readinglog explain RULE` says why"
            )
