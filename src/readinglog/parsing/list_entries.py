"""The entries of the lists beside the notes, `tags.yml` and `removed.yml`, as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.printable import HIDDEN, describe_character, remove_hidden
from readinglog.model.text import Source, Span
from readinglog.model.yaml_values import BROKEN, Compound, Entry, Scalar, Value
from readinglog.parsing.front_matter import compose_by_entry


def explain_unreadable(source: Source, noun: str) -> Diagnostic | None:
    """Return why a list, which `noun` names, cannot be read, or None."""
    if not source.unreadable and source.undecodable_offset is None:
        return None
    reason = source.unreadable or "it is not UTF-8"
    return Diagnostic(Span(0, 0), f"{noun} cannot be read: {reason}", "save it as UTF-8")


def compose_entries(source: Source, noun: str) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries of a list, each name once, and what is wrong; `noun` is what each is."""
    fields, found = compose_by_entry(source.text, 0)
    entries: dict[str, Entry] = {}
    for field in fields:
        if _is_within_broken_entry(field, source.text):
            continue
        if field.name in entries:
            message = f"the {noun} `{field.name}` is written twice"
            found.append(Diagnostic(field.name_span, message, "keep one of them"))
        else:
            entries[field.name] = field
    return list(entries.values()), found


def attribute(found: Iterable[Diagnostic], rule: str, source: Source) -> list[Diagnostic]:
    """Return the diagnostics in order, with their rule and file."""
    attributed = (replace(each, rule=rule, source=source) for each in found)
    return sorted(attributed, key=lambda each: each.span)


def pair_up(mapping: Compound) -> Iterator[tuple[Value, Value]]:
    """Yield the keys of a mapping with their values."""
    return zip(mapping.items[::2], mapping.items[1::2], strict=True)


def _is_within_broken_entry(field: Entry, text: str) -> bool:
    """Return whether `field` belongs to an entry that does not compose, which has been reported."""
    before = text[: field.name_span.start][-1:]
    return field.value is BROKEN and before not in ("", "\n")


class EntryShape(NamedTuple):
    """What the entries of a list are: `noun` calls one, as in `a tag`.

    `keys` are the fields that one can have, of which `example` is one that it should have; `lists`
    are those that are lists, with what an item is.
    """

    noun: str
    keys: tuple[str, ...]
    example: str
    lists: Mapping[str, str]


class EntryReader:
    """Reads the fields of an entry, each a text or a list of texts, and collects what is wrong."""

    def __init__(self, entry: Entry, shape: EntryShape) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.texts: dict[str, Scalar] = {}
        self.lists: dict[str, tuple[Scalar, ...]] = {}
        self._shape = shape
        value = entry.value
        if isinstance(value, Compound) and value.kind == "mapping":
            for key, part in pair_up(value):
                self._read_part(key, part)
        elif value is not BROKEN and not (isinstance(value, Scalar) and value.is_null):
            what = "text" if isinstance(value, Scalar) else "a list"
            subject = shape.noun.partition(" ")[2]
            message = f"the {subject} `{entry.name}` has {what} where its fields should be"
            self.report(value.span, message, f"write `{shape.example}: …` below it")

    def report(self, span: Span, message: str, help_: str) -> None:
        """Add what is wrong."""
        self.diagnostics.append(Diagnostic(span, message, help_))

    def clean(self, text: str, span: Span) -> str:
        """Return a text in one line; report what is not seen in it, and leave that out."""
        line = " ".join(text.split())
        if hidden := HIDDEN.search(line):
            what = describe_character(hidden[0])
            self.report(span, f"this text holds an invisible character: {what}", "remove it")
        return " ".join(remove_hidden(line).split())

    def get_text(self, name: str) -> str:
        """Return the text of a field in one line, or ''."""
        scalar = self.texts.get(name)
        return self.clean(scalar.text, scalar.span) if scalar else ""

    def get_list(self, name: str) -> tuple[Scalar, ...]:
        """Return the items of a list, each in one line."""
        cleaned = (
            item._replace(text=self.clean(item.text, item.span))
            for item in self.lists.get(name, ())
        )
        return tuple(item for item in cleaned if item.text)

    def _read_part(self, key: Value, part: Value) -> None:
        name = key.text if isinstance(key, Scalar) else "?"
        noun, keys, _, lists = self._shape
        if name not in keys:
            near = find_nearest(name, keys)
            help_ = f"write `{near}`" if near else f"{noun} can have {', '.join(keys)}"
            self.report(key.span, f"{noun} has no field `{name}`", help_)
        elif name in lists:
            self.lists[name] = tuple(self._read_items(lists[name], part))
        elif not isinstance(part, Scalar):
            self.report(part.span, f"`{name}` must be text", "put it in double quotes")
        elif not part.is_null:
            self.texts[name] = part

    def _read_items(self, noun: str, part: Value) -> Iterator[Scalar]:
        items = part.items if isinstance(part, Compound) and part.kind == "list" else (part,)
        for item in items:
            if isinstance(item, Scalar):
                yield item
            else:
                self.report(item.span, f"{noun} is one text", "put it in double quotes")
