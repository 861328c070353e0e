"""The notes that the proposals of a source would be: which they are in the log, where, and how
they are written there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from readinglog.citations.draft import clean_line
from readinglog.interchange.importers.importer import FieldValue, ImportResult, Proposal
from readinglog.interchange.importers.losses import Loss, make_invalid_loss
from readinglog.interchange.merging.attachment_merge import MergedFiles
from readinglog.interchange.merging.composition import (
    Composition,
    clean_value,
    compose,
    is_readable,
    list_missing_fields,
    point_all,
    repair_all,
)
from readinglog.interchange.merging.field_merge import to_items
from readinglog.interchange.merging.import_base import FieldRecord, ImportBase, ItemRecord
from readinglog.interchange.merging.link_edits import Targets
from readinglog.interchange.merging.matching import (
    Match,
    match_proposals,
    unite_proposals,
)
from readinglog.interchange.merging.name_allocation import NameAllocation
from readinglog.interchange.merging.tag_mapping import TagMapping, find_adopted_keywords
from readinglog.model.field import Required
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.notebook.notebook import Notebook


@dataclass
class ProposedNotes:
    """The notes that the proposals of a source would be in the log.

    `folder` is where new ones go, `adds_tags` whether new keywords become tags. `proposals` are
    those of the source, each work once; `remarks` say which became one, or cannot be written.
    """

    result: ImportResult
    notebook: Notebook
    base: ImportBase
    folder: str
    adds_tags: bool
    proposals: tuple[Proposal, ...] = field(init=False)
    remarks: list[str] = field(init=False)
    unreadable: int = 0

    def __post_init__(self) -> None:
        united = unite_proposals(self.result.proposals, self.notebook.schema)
        self.proposals, self.remarks = united.proposals, list(united.remarks)

    @cached_property
    def matches(self) -> dict[str, Match]:
        """The notes of the log that the proposals are about, by their ids."""
        return match_proposals(self.proposals, self.base, self.notebook)

    @cached_property
    def tags(self) -> TagMapping:
        """The tags that keywords of the source mean."""
        adopted = find_adopted_keywords(self.base, self.notebook)
        return TagMapping(self.notebook.vocabulary, adopted, adds_tags=self.adds_tags)

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
                folder = posixpath.join(self.folder, proposal.folder)
                paths[proposal.id] = posixpath.join(folder, f"{names.allocate(proposal)}.md")
        return paths

    def get_name(self, id_: str) -> str:
        """Return the name of the note of a proposal."""
        match = self.matches[id_]
        if match.is_deleted and match.record:
            return match.record.note
        return posixpath.basename(self.paths[id_]).removesuffix(".md")

    # Which proposals differ from what was imported last, and what they are written as.

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
                names = tuple(self.get_name(id_) for id_ in ids if id_ in self.matches)
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
        own = self.get_name(proposal.id)
        return tuple(alias for alias in cleaned if alias != own) or None

    def compose_changed(self, files: MergedFiles, gone: Collection[Note]) -> dict[str, Composition]:
        """Return the compositions of the proposals that the source has changed, by their ids.

        `gone` are the notes that go with the source.
        """
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
                composition.losses += _find_invalid_values(composition, self.get_name(proposal.id))
                compositions[proposal.id] = composition
            else:
                reason = composition.make_note().diagnostics[0].message
                self.remarks.append(f"{proposal.id} is left out: {reason}")
                self.unreadable += 1
        self._write(compositions, files, gone)
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

    def _write(
        self,
        compositions: Mapping[str, Composition],
        files: MergedFiles,
        gone: Collection[Note],
    ) -> None:
        """Let links lead where they did in the source, and repair what the log does not allow."""
        known = dict.fromkeys((*files.paths.values(), *files.writes), "")
        others = {composition.path for composition in compositions.values()}
        others |= {note.path for note in gone}
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


def _find_invalid_values(composition: Composition, name: str) -> Iterator[Loss]:
    """Yield the values of the source that their fields cannot hold; `name` is that of the note."""
    schema = composition.schema
    for key, value in composition.proposal.fields.items():
        record, field_ = composition.fields.get(key), schema.fields.get(key)
        if record is None or field_ is None or record.source != value:
            continue
        written = to_items(record.written)
        if not field_.is_list:
            lost = () if written else to_items(value)
        else:
            known = {*written, name}
            lost = tuple(text for text in to_items(value) if clean_line(text) not in known)
        yield from (make_invalid_loss(key, text, field_.type) for text in lost if text)


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
