"""What was imported last from a source: the base of a merge, kept in the repository as JSON.

The texts themselves are in the source and in the log: of each field and block a digest is enough
to tell who has changed it. Where a block was written otherwise than the source has it, both digests
are kept, so that it counts as changed only when the source changes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from readinglog.interchange.importers.importer import FieldValue
from readinglog.model.errors import ReadinglogError

FOLDER = ".readinglog/imports"
_VERSION = 1


class ImportBaseError(ReadinglogError):
    """A base that cannot be read."""

    exit_status = 1


class BlockRecord(NamedTuple):
    """The digests of what a block was written as, mostly one, and of the block of the source."""

    written: tuple[str, ...]
    source: str


class FieldRecord(NamedTuple):
    """A field as it was written, None where it was left out, and as the source had it."""

    written: FieldValue | None
    source: FieldValue


@dataclass(frozen=True)
class ItemRecord:
    """What was imported last of one note of the source, and the name of its note in the log.

    `text` is the digest of that note, "" once somebody else has changed it too.
    """

    note: str
    fields: Mapping[str, FieldRecord] = field(default_factory=dict)
    blocks: tuple[BlockRecord, ...] = ()
    text: str = ""

    def list_digests(self) -> list[str]:
        """Return the digests of all that was written, in order."""
        return [digest for block in self.blocks for digest in block.written]


@dataclass(frozen=True)
class ImportBase:
    """What was imported last: notes by the source's own ids, digests of files by their paths in the
    source, with the paths that they have in the log.
    """

    items: Mapping[str, ItemRecord] = field(default_factory=dict)
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def format_base(base: ImportBase) -> str:
    """Return the text of the file that keeps a base: a line a note, so that git merges it."""
    items = {id_: _write_item(item) for id_, item in base.items.items()}
    files = {path: list(record) for path, record in base.files.items()}
    parts = (f'"version": {_VERSION}', _format_table("items", items), _format_table("files", files))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _format_table(name: str, table: Mapping[str, object]) -> str:
    lines = [f"{_dump(key)}: {_dump(table[key])}" for key in sorted(table)]
    return f'"{name}": {{\n' + ",\n".join(lines) + "\n}"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


def _write_item(item: ItemRecord) -> dict[str, object]:
    fields = {
        name: {"source": record.source, "written": record.written}
        if record.written != record.source
        else record.source
        for name, record in item.fields.items()
    }
    blocks = [_write_block(block) for block in item.blocks]
    return {"note": item.note, "text": item.text, "fields": fields, "blocks": blocks}


def _write_block(block: BlockRecord) -> str:
    written = "+".join(block.written)
    return written if written == block.source else f"{written} {block.source}"


def parse_base(text: str, path: str) -> ImportBase:
    """Return the base in the file at `path`. Raise ImportBaseError where it is none."""
    try:
        table = json.loads(text)
        if table["version"] != _VERSION:
            message = f"{path} is of another version of readinglog"
            raise ImportBaseError(message, "upgrade readinglog, and import again")
        items = {str(id_): _read_item(item) for id_, item in table["items"].items()}
        files = {str(path): (str(to), str(digest)) for path, (to, digest) in table["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{path}, which says what was imported last, cannot be read"
        hint = "restore it with git; without it, everything would count as new"
        raise ImportBaseError(message, hint) from error
    return ImportBase(items, files)


def _read_item(item: Mapping[str, object]) -> ItemRecord:
    fields, blocks = item["fields"], item["blocks"]
    if not isinstance(fields, dict) or not isinstance(blocks, list):
        raise TypeError
    return ItemRecord(
        str(item["note"]),
        {str(name): _read_field(value) for name, value in fields.items()},
        tuple(_read_block(str(block)) for block in blocks),
        str(item["text"]),
    )


def _read_field(value: object) -> FieldRecord:
    if isinstance(value, dict):
        written = value["written"]
        return FieldRecord(
            None if written is None else _read_value(written), _read_value(value["source"])
        )
    return FieldRecord(_read_value(value), _read_value(value))


def _read_value(value: object) -> FieldValue:
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


def _read_block(block: str) -> BlockRecord:
    written, _, source = block.partition(" ")
    return BlockRecord(tuple(filter(None, written.split("+"))), source or written)
