"""`tags.yml`, the vocabulary: one entry a tag, read as written, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.printable import HIDDEN, describe_character, remove_hidden
from readinglog.model.slugs import fold
from readinglog.model.text import Source, Span
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import BROKEN, Compound, Entry, Scalar, Value
from readinglog.parsing.front_matter import compose_by_entry

_KEYS = ("name", "summary", "aliases", "parent")
_SUMMARY_LIMIT = 200


def parse_vocabulary(source: Source) -> Vocabulary:
    """Return the closed vocabulary in `source`. Never raises; a broken entry costs no other."""
    if source.unreadable or source.undecodable_offset is not None:
        reason = source.unreadable or "it is not UTF-8"
        message = f"the vocabulary cannot be read: {reason}"
        found = [Diagnostic(Span(0, 0), message, "save it as UTF-8")]
        return Vocabulary((), source, _attribute(found, source))
    fields, found = compose_by_entry(source.text, 0)
    tags: dict[str, Tag] = {}
    entries: dict[str, Entry] = {}
    for field in fields:
        if _is_within_broken_entry(field, source.text):
            continue
        if field.name in tags:
            message = f"the tag `{field.name}` is written twice"
            found.append(Diagnostic(field.name_span, message, "keep one of them"))
            continue
        entry = _TagReader(field)
        tags[field.name], entries[field.name] = entry.tag, field
        found += entry.diagnostics
    found += _find_clashes(tags.values(), entries)
    found += _find_wrong_parents(tags, entries)
    return Vocabulary(tags.values(), source, _attribute(found, source))


def _attribute(found: Iterable[Diagnostic], source: Source) -> list[Diagnostic]:
    """Return the diagnostics in order, with their rule and file."""
    attributed = (replace(each, rule="invalid-vocabulary", source=source) for each in found)
    return sorted(attributed, key=lambda each: each.span)


def _is_within_broken_entry(field: Entry, text: str) -> bool:
    """Return whether `field` belongs to an entry that does not compose, which has been reported."""
    before = text[: field.name_span.start][-1:]
    return field.value is BROKEN and before not in ("", "\n")


class _TagReader:
    """Reads the entry of one tag: gives the tag, and what is wrong with the entry."""

    def __init__(self, field: Entry) -> None:
        self.tag = Tag(field.name, field.name)
        self.diagnostics: list[Diagnostic] = []
        self._texts: dict[str, str] = {}
        self._aliases: tuple[Scalar, ...] = ()
        value = field.value
        shown = self._clean(field.name, field.name_span)
        self.tag = self.tag._replace(name=shown or field.name)
        if isinstance(value, Compound) and value.kind == "mapping":
            for key, part in _pair_up(value):
                self._read_part(key, part)
            name, parent = self._texts.get("name"), self._texts.get("parent")
            summary = self._texts.get("summary", "")
            self.tag = Tag(field.name, name or self.tag.name, summary, self._aliases, parent)
        elif value is not BROKEN and not (isinstance(value, Scalar) and value.is_null):
            what = "text" if isinstance(value, Scalar) else "a list"
            message = f"the tag `{field.name}` has {what} where its fields should be"
            self._report(value.span, message, "write `summary: …` below it")

    def _report(self, span: Span, message: str, help_: str) -> None:
        self.diagnostics.append(Diagnostic(span, message, help_))

    def _clean(self, text: str, span: Span) -> str:
        """Return a text in one line; report what is not seen in it, and leave that out."""
        line = " ".join(text.split())
        if hidden := HIDDEN.search(line):
            what = describe_character(hidden[0])
            self._report(span, f"this text holds an invisible character: {what}", "remove it")
        return " ".join(remove_hidden(line).split())

    def _read_part(self, key: Value, part: Value) -> None:
        name = key.text if isinstance(key, Scalar) else "?"
        if name not in _KEYS:
            near = find_nearest(name, _KEYS)
            help_ = f"write `{near}`" if near else f"a tag can have {', '.join(_KEYS)}"
            self._report(key.span, f"a tag has no field `{name}`", help_)
        elif name == "aliases":
            self._read_aliases(part)
        elif not isinstance(part, Scalar):
            self._report(part.span, f"`{name}` must be text", "put it in double quotes")
        elif not part.is_null:
            is_key = name == "parent"  # the tag that is named so is spelled the same
            self._texts[name] = part.text.strip() if is_key else self._clean(part.text, part.span)
            if name == "summary" and len(self._texts[name]) > _SUMMARY_LIMIT:
                message = f"the summary is longer than {_SUMMARY_LIMIT} characters"
                self._report(part.span, message, "shorten it")

    def _read_aliases(self, part: Value) -> None:
        items = part.items if isinstance(part, Compound) and part.kind == "list" else (part,)
        for item in items:
            if not isinstance(item, Scalar):
                self._report(item.span, "an alias is one text", "put it in double quotes")
        scalars = (item for item in items if isinstance(item, Scalar))
        cleaned = (item._replace(text=self._clean(item.text, item.span)) for item in scalars)
        self._aliases = tuple(item for item in cleaned if item.text)


def _pair_up(mapping: Compound) -> Iterator[tuple[Value, Value]]:
    """Yield the keys of a mapping with their values."""
    return zip(mapping.items[::2], mapping.items[1::2], strict=True)


def _find_clashes(tags: Iterable[Tag], entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    """Yield what is wrong with words that name two tags."""
    owner: dict[str, Tag] = {}
    for tag in tags:
        for word in {fold(tag.key), fold(tag.name)}:
            other = owner.setdefault(word, tag)
            if other is not tag:
                message = f"the tag `{tag.key}` has the same name as the tag `{other.key}`"
                yield Diagnostic(entries[tag.key].name_span, message, "give each tag its own name")
    for tag in tags:
        for alias in tag.aliases:
            other = owner.setdefault(fold(alias.text), tag)
            if other is not tag:
                message = f"the alias `{alias.text}` is also a name of the tag `{other.key}`"
                yield Diagnostic(alias.span, message, "keep it with one of the two")


def _find_wrong_parents(
    tags: Mapping[str, Tag], entries: Mapping[str, Entry]
) -> Iterator[Diagnostic]:
    for tag in tags.values():
        if tag.parent is None:
            continue
        if tag.parent not in tags:
            near = find_nearest(tag.parent, tags)
            help_ = f"did you mean `{near}`?" if near else "write a tag from this file"
            span = _find_parent_span(entries[tag.key])
            yield Diagnostic(span, f"no tag is named `{tag.parent}`", help_)
        elif _is_below_itself(tag, tags):
            help_ = "give one of these tags another parent, or none"
            span = _find_parent_span(entries[tag.key])
            yield Diagnostic(span, f"the tag `{tag.key}` is below itself", help_)


def _find_parent_span(entry: Entry) -> Span:
    """Return where the parent is written, in the entry of a tag that has one."""
    pairs = _pair_up(entry.value) if isinstance(entry.value, Compound) else ()
    return next(
        part.span for key, part in pairs if isinstance(key, Scalar) and key.text == "parent"
    )


def _is_below_itself(tag: Tag, tags: Mapping[str, Tag]) -> bool:
    seen = {tag.key}
    above = tag.parent or ""
    while above in tags and above not in seen:
        seen.add(above)
        above = tags[above].parent or ""
    return above == tag.key
