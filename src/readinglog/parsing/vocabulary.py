"""`tags.yml`, the vocabulary: one entry a tag, read as written, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.slugs import fold
from readinglog.model.text import Source, Span
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import Compound, Entry, Scalar
from readinglog.parsing.list_entries import (
    EntryReader,
    EntryShape,
    attribute,
    compose_entries,
    explain_unreadable,
    pair_up,
)

_RULE = "invalid-vocabulary"
_SHAPE = EntryShape(
    "a tag", ("name", "summary", "aliases", "parent"), "summary", {"aliases": "an alias"}
)
_SUMMARY_LIMIT = 200


def parse_vocabulary(source: Source) -> Vocabulary:
    """Return the closed vocabulary in `source`. Never raises; a broken entry costs no other."""
    if unreadable := explain_unreadable(source, "the vocabulary"):
        return Vocabulary((), source, attribute([unreadable], _RULE, source))
    fields, found = compose_entries(source, "tag")
    entries = {field.name: field for field in fields}
    tags: dict[str, Tag] = {}
    for field in fields:
        reader = EntryReader(field, _SHAPE)
        tags[field.name] = _make_tag(field, reader)
        found += reader.diagnostics
    found += _find_clashes(tags.values(), entries)
    found += _find_wrong_parents(tags, entries)
    return Vocabulary(tags.values(), source, attribute(found, _RULE, source))


def _make_tag(field: Entry, reader: EntryReader) -> Tag:
    """Return the tag of an entry."""
    key = reader.clean(field.name, field.name_span)
    summary = reader.get_text("summary")
    if len(summary) > _SUMMARY_LIMIT:
        message = f"the summary is longer than {_SUMMARY_LIMIT} characters"
        reader.report(reader.texts["summary"].span, message, "shorten it")
    parent = reader.texts.get("parent")
    return Tag(
        field.name,
        reader.get_text("name") or key or field.name,
        summary,
        reader.get_list("aliases"),
        parent.text.strip() if parent else None,  # as the tag that is named so is spelled
    )


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
    known: FuzzyIndex | None = None
    for tag in tags.values():
        if tag.parent is None:
            continue
        if tag.parent not in tags:
            known = known or FuzzyIndex(tags)
            near = known.find_nearest(tag.parent)
            help_ = f"did you mean `{near}`?" if near else "write a tag from this file"
            span = _find_parent_span(entries[tag.key])
            yield Diagnostic(span, f"no tag is named `{tag.parent}`", help_)
        elif _is_below_itself(tag, tags):
            help_ = "give one of these tags another parent, or none"
            span = _find_parent_span(entries[tag.key])
            yield Diagnostic(span, f"the tag `{tag.key}` is below itself", help_)


def _find_parent_span(entry: Entry) -> Span:
    """Return where the parent is written, in the entry of a tag that has one."""
    pairs = pair_up(entry.value) if isinstance(entry.value, Compound) else ()
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
