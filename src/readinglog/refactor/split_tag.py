"""Splitting a tag into narrower ones, each for the notes that a query finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Source, apply_edits, pluralize
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import Scalar
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import replace_item
from readinglog.refactor.change import (
    Change,
    RefactoringError,
    edit_sources,
    format_paths,
    make_change,
)
from readinglog.refactor.rename_tag import check_key, find_tag
from readinglog.refactor.tag_edits import drop_redundant_tags
from readinglog.refactor.vocabulary_edits import (
    add_entries,
    edit_vocabulary,
    parse_entries,
    remove_entry,
)
from readinglog.search.engine import Search
from readinglog.search.examples import make_log_language
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.search.parser import parse_query
from readinglog.search.query import Query
from readinglog.search.query_errors import QuerySyntaxError


def split_tag(
    notebook: Notebook, old: str, parts: Sequence[str], *, replacing: bool = False
) -> Change:
    """Return the change that splits `old` into tags for the notes that queries find.

    `parts` are written `NEW=QUERY`. A note that several queries find gets all of their tags; one
    that none finds keeps `old`. Raise RefactoringError where the tag cannot be split that way.
    """
    tag = find_tag(notebook, old)
    parent = (tag.parent if replacing else tag.key) or ""
    queries = _parse_parts(notebook, parent, parts)
    items_by_note = _find_tagged(notebook, tag)
    found = _find_paths(notebook, queries)
    keys_by_note = {
        note: [key for key in queries if note.path in found[key]] for note in items_by_note
    }
    unmatched = [note.path for note, keys in keys_by_note.items() if not keys]
    counts = {key: sum(key in keys for keys in keys_by_note.values()) for key in queries}
    _check_split(tag, counts, unmatched if replacing else [])
    edits = {
        note.source: [_replace_tag(note, item, keys) for item in items_by_note[note]]
        for note, keys in keys_by_note.items()
        if keys
    }
    texts = edit_sources(edits)
    remarks = [f"`{path}` keeps `{tag.key}`: no query finds it" for path in unmatched]
    if source := notebook.vocabulary.source:
        texts[source] = _add_entries(notebook.vocabulary, source, tag, list(queries), parent)
        remarks.append(f"describe each new tag in `{source.path}`: give it a `summary`")
    listed = ", ".join(f"`{key}` in {pluralize(number, 'note')}" for key, number in counts.items())
    summary = f"the tag `{tag.key}` is split: {listed}"
    return make_change(notebook, drop_redundant_tags(notebook, texts), summary, remarks)


def _parse_parts(notebook: Notebook, parent: str, parts: Sequence[str]) -> dict[str, Query]:
    """Return the queries by the keys of the new tags.

    Without a vocabulary file, keys are paths below `parent`.
    """
    queries: dict[str, Query] = {}
    for part in parts:
        key, _, text = (word.strip() for word in part.partition("="))
        if not key or not text:
            hint = f"write `NEW=QUERY`, such as `{key or 'narrower'}=title:word OR word`"
            raise RefactoringError(f"`{part}` is not a tag with a query", hint)
        if parent and not notebook.vocabulary.is_closed:
            key = f"{parent}/{key}"
        check_key(notebook, key)
        if fold(key) in map(fold, queries):
            raise RefactoringError(f"`{key}` is given twice", "join its queries with `OR`")
        try:
            queries[key] = parse_query(text, make_log_language(notebook))
        except QuerySyntaxError as error:
            message = f"the query `{text}` cannot be parsed: {error.message}"
            raise RefactoringError(message, error.help) from error
    return queries


def _find_tagged(notebook: Notebook, tag: Tag) -> dict[Note, list[Scalar]]:
    """Return the notes that have the tag itself, with the items of `tags` that name it."""
    find = notebook.vocabulary.find
    found = {
        note: [item for item in note.get_scalars("tags") if find(item.text) == tag]
        for note in notebook.notes
    }
    return {note: items for note, items in found.items() if items}


def _find_paths(notebook: Notebook, queries: Mapping[str, Query]) -> dict[str, set[str]]:
    """Return the paths of the notes that each query finds, drafts too."""
    whole = notebook.with_notes(map(_without_draft, notebook.notes))
    search = Search(SearchIndex(make_index(whole).__getitem__))
    paths = [note.path for note in whole.published[::-1]]
    return {
        key: {paths[note] for note in search.match(query.tree)} for key, query in queries.items()
    }


def _without_draft(note: Note) -> Note:
    values = {name: value for name, value in note.values.items() if name != "draft"}
    return replace(note, values=values)


def _check_split(tag: Tag, counts: Mapping[str, int], untagged: Sequence[str]) -> None:
    """Raise RefactoringError where a tag has no notes, or the `untagged` notes would lose one."""
    for key, number in counts.items():
        if not number:
            reason = f"its query finds none of the notes tagged `{tag.key}`"
            message = f"no note would get the tag `{key}`: {reason}"
            raise RefactoringError(message)
    if untagged:
        message = f"without `{tag.key}`, {format_paths(untagged)} would lose a tag"
        hint = "write a query that finds them, or leave out --replace"
        raise RefactoringError(message, hint)


def _replace_tag(note: Note, item: Scalar, keys: Sequence[str]) -> Edit:
    return replace_item(note.text, note.fields["tags"].value, item, keys)


def _add_entries(
    vocabulary: Vocabulary, source: Source, tag: Tag, new: Sequence[str], parent: str
) -> str:
    """Return the text of `tags.yml` with the `new` tags, which may replace `tag`."""
    text = source.text
    fields = {"parent": parent} if parent else {}
    edits = list(add_entries(text, dict.fromkeys(new, fields)))
    keys = {*vocabulary.tags, *new}
    if parent != tag.key:
        if vocabulary.list_children(tag):
            message = f"other tags are below `{tag.key}`"
            hint = "leave out --replace, or give them another parent first"
            raise RefactoringError(message, hint)
        edits.append(remove_entry(text, parse_entries(source)[tag.key]))
        keys.remove(tag.key)
    edit_vocabulary(source, edits, keys)
    return apply_edits(text, edits)
