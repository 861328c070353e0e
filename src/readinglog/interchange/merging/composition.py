"""From a proposal to the note that it would be, checked in the log that it comes into."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from readinglog.citations.draft import clean_line, format_note
from readinglog.interchange.importers.importer import FieldValue, Proposal
from readinglog.interchange.importers.losses import Loss
from readinglog.interchange.merging.block_merge import SourceBlock, make_digest, split_blocks
from readinglog.interchange.merging.field_merge import to_items
from readinglog.interchange.merging.import_base import FieldRecord
from readinglog.interchange.merging.link_edits import Targets, point_links
from readinglog.interchange.merging.repairs import find_repair
from readinglog.lint.linter import check_note
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.field_types import FLAG
from readinglog.model.kinds import DEFAULT_KIND
from readinglog.model.note import Note
from readinglog.model.schema import Schema, needs_locator
from readinglog.model.text import Edit, Source, Span, apply_edits
from readinglog.model.yaml_values import Compound, Scalar
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note

_ROUNDS = 6
# Fields of which a rule may refuse what imports write: then that is left out.
_FIELD_RULES = frozenset(
    {
        "duplicate-alias",
        "unresolved-relation",
        "relation-cycle",
        "duplicate-work",
        "unknown-person",
        "invalid-value",
        "unsafe-url",
        "invalid-math",
    }
)


@dataclass
class Composition:
    """A note being made of a proposal: its fields, and its text block by block.

    `sources` are the digests of the blocks as the source has them, `texts` the blocks as they are
    written, `gaps` what stands before each of them. `losses` are values that are left out, and
    `repairs` the rules for which something in the text is shown as text.
    """

    proposal: Proposal
    path: str
    schema: Schema
    fields: dict[str, FieldRecord]
    defaults: dict[str, FieldValue] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    # What was made last, and of what.
    _note: Note | None = None
    _head: str = ""
    _head_fields: dict[str, FieldValue] = field(default_factory=dict)

    def list_fields(self) -> dict[str, FieldValue]:
        """Return the fields of the note as it is created."""
        written = {name: record.written for name, record in self.fields.items()}
        return self.defaults | {name: value for name, value in written.items() if value}

    def make_head(self) -> str:
        """Return the front matter, and the line that ends it."""
        fields = self.list_fields()
        if fields != self._head_fields:
            self._head_fields = fields
            self._head = format_note(fields, "", self.schema).rstrip("\n") + "\n\n"
        return self._head

    def make_text(self) -> str:
        """Return the text of the note as it is created."""
        body = "".join(gap + text for gap, text in zip(self.gaps, self.texts, strict=True))
        return f"{self.make_head()}{body}\n" if body else self.make_head().rstrip("\n") + "\n"

    def make_note(self) -> Note:
        """Return the note as it is created."""
        text = self.make_text()
        if self._note is None or self._note.text != text:
            self._note = parse_note(Source(self.path, text.encode("utf-8", "replace")), self.schema)
        return self._note

    def read_body(self) -> None:
        """Take the text of the proposal apart into blocks."""
        head = self.make_head()
        body = self.proposal.body.replace("\r\n", "\n").strip("\n").rstrip()
        data = f"{head}{body}\n".encode("utf-8", "replace")
        note = parse_note(Source(self.path, data), self.schema)
        end = len(head)
        for block in split_blocks(note.text, note.body):
            text = note.text[slice(*block.span)]
            self.gaps.append(note.text[end : block.span.start])
            self.texts.append(text)
            self.sources.append(make_digest(text))
            end = block.span.end
        self._note = note

    def list_starts(self) -> list[int]:
        """Return where each block begins in the text of the note."""
        starts, at = [], len(self.make_head())
        for gap, text in zip(self.gaps, self.texts, strict=True):
            starts.append(at + len(gap))
            at += len(gap) + len(text)
        return starts

    def list_written(self) -> list[list[SourceBlock]]:
        """Return for each block of the source the blocks that it is written as: mostly one."""
        note = self.make_note()
        starts = self.list_starts()
        written: list[list[SourceBlock]] = [[] for _ in starts]
        for block in split_blocks(note.text, note.body):
            text = note.text[slice(*block.span)]
            at = max(bisect_right(starts, block.span.start) - 1, 0)
            written[at].append(SourceBlock(text, block.digest, block.is_item))
        return written


def compose(
    proposal: Proposal,
    path: str,
    schema: Schema,
    fields: dict[str, FieldRecord],
    defaults: Mapping[str, FieldValue],
) -> Composition:
    """Return the note that a proposal would be at `path`, as its source has it."""
    composition = Composition(proposal, path, schema, fields, dict(defaults))
    composition.read_body()
    return composition


Rebuild = Callable[[Sequence[Composition], Notebook], Notebook]
"""Puts the notes of changed compositions into a notebook."""


def is_readable(composition: Composition) -> bool:
    """Return whether the text can be parsed as a note."""
    return not composition.make_note().is_unparsed


def clean_value(name: str, value: FieldValue, schema: Schema) -> FieldValue | None:
    """Return a value as a field may have it, None where it may not have it at all."""
    field_ = schema.fields.get(name)
    if field_ is None:
        return None
    if field_.is_list:
        items = (value,) if isinstance(value, str) else value
        texts = dict.fromkeys(clean_line(item) for item in items)
        return tuple(text for text in texts if text and field_.type.is_valid(text)) or None
    text = clean_line(value if isinstance(value, str) else ", ".join(value))
    is_valid = text and (field_.type is FLAG or field_.type.is_valid(text))
    return text if is_valid else None


def list_missing_fields(fields: Mapping[str, object], schema: Schema) -> list[str]:
    """Return the fields that a note of its kind must have, and that these are not."""
    kind = schema.kinds[str(fields.get("kind") or DEFAULT_KIND)]
    required = (field_.name for field_ in schema.list_required(kind))
    missing = [name for name in required if not fields.get(name)]
    is_located = not needs_locator(kind) or any(fields.get(name) for name in schema.locators)
    return missing if is_located else [*missing, schema.locators[0]]


def point_all(compositions: Collection[Composition], targets: Targets, notebook: Notebook) -> None:
    """Let the links of all texts lead to what they mean in the source."""
    for composition in compositions:
        proposal = composition.proposal
        if not proposal.links:
            continue
        note = notebook.by_path[composition.path]
        lead = len(proposal.body) - len(proposal.body.lstrip("\n"))
        start = len(composition.make_head()) - lead
        links = {link.start: link for link in proposal.links}
        _apply(composition, point_links(note, start, links, targets, notebook))


def repair_all(
    compositions: Mapping[str, Composition], notebook: Notebook, rebuild: Rebuild
) -> Notebook:
    """Repair what the rules report as errors, in rounds, and return the notebook of the result."""
    wanted = set(compositions)
    for _ in range(_ROUNDS):
        changed = {
            path
            for path in sorted(wanted)
            if _repair(compositions[path], notebook.by_path[path], notebook)
        }
        if not changed:
            break
        notebook = rebuild([compositions[path] for path in sorted(changed)], notebook)
        wanted = changed
    return notebook


def list_errors(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    """Yield the errors of a note."""
    for found in check_note(note, notebook, RULES):
        if found.severity is Severity.ERROR:
            yield found


def _repair(composition: Composition, note: Note, notebook: Notebook) -> bool:
    """Repair what can be; return whether anything was."""
    edits: list[Edit] = []
    invalid: list[Diagnostic] = []
    for found in list_errors(note, notebook):
        if found.span.start < note.body.start and found.rule in _FIELD_RULES:
            invalid.append(found)
        else:
            repair = find_repair(note, found)
            composition.repairs += [found.rule] * bool(repair)
            edits += repair
    is_changed = _apply(composition, edits)  # first, as fields that go move the text
    for found in invalid:
        is_changed |= _leave_out_value(composition, note, found)
    return is_changed


def _leave_out_value(composition: Composition, note: Note, found: Diagnostic) -> bool:
    """Leave out the value of a field, or the item of a list, that a diagnostic is about."""
    for name, entry in note.fields.items():
        record = composition.fields.get(name)
        value = entry.value
        if record is None or not entry.name_span.start <= found.span.start <= value.span.end:
            continue
        items = value.items if isinstance(value, Compound) else ()
        texts = [
            item.text
            for item in items
            if isinstance(item, Scalar) and item.span.start <= found.span.start < item.span.end
        ]
        if isinstance(record.written, tuple) and texts:
            rest = tuple(text for text in record.written if text not in texts) or None
        else:
            rest = None
        if rest == record.written:
            return False
        lost = set(to_items(record.written)) - set(rest or ())
        reason = f"since the rule `{found.rule}` refuses it"
        composition.losses += (Loss(f"`{name}: {text}`", reason) for text in sorted(lost))
        composition.fields[name] = FieldRecord(rest, record.source)
        return True
    return False


def _apply(composition: Composition, edits: Iterable[Edit]) -> bool:
    """Make the edits that lie within one block each; return whether there were some."""
    starts = composition.list_starts()
    by_block: dict[int, list[Edit]] = {}
    for edit in edits:
        at = bisect_right(starts, edit.span.start) - 1
        if at < 0 or edit.span.end > starts[at] + len(composition.texts[at]):
            continue
        span = Span(edit.span.start - starts[at], edit.span.end - starts[at])
        by_block.setdefault(at, []).append(Edit(span, edit.text))
    for at, own in by_block.items():
        composition.texts[at] = apply_edits(composition.texts[at], own)
    return bool(by_block)
