"""A tag made into narrower ones, each for the notes that a query finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Source, Span, apply_edits, pluralize
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import Scalar, to_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import replace_item
from readinglog.refactor.change import Change, Refused, edit_sources, list_paths, make_change
from readinglog.refactor.rename_tag import find_key_obstacle, find_tag
from readinglog.refactor.tag_edits import drop_redundant_tags
from readinglog.refactor.vocabulary_edits import edit_vocabulary, parse_entries, remove_entry
from readinglog.search import Corpus, Query, QuerySyntaxError, Search, parse_query


def split_tag(
    notebook: Notebook, old: str, parts: Sequence[str], *, replacing: bool = False
) -> Change | Refused:
    """New tags under `old`, or in its place, by `parts` written `NEW=QUERY`: for the notes tagged `old` that the query finds.

    A note that several queries find gets all of their tags; one that none finds keeps `old`.
    """
    tag = find_tag(notebook, old)
    if isinstance(tag, Refused):
        return tag
    above = (tag.parent if replacing else tag.key) or ""
    queries = _queries(notebook, above, parts)
    if isinstance(queries, Refused):
        return queries
    tagged, found = _tagged(notebook, tag), _found(notebook, queries)
    narrower = {note: [key for key in queries if note.path in found[key]] for note in tagged}
    left = [note.path for note, keys in narrower.items() if not keys]
    counts = {key: sum(key in keys for keys in narrower.values()) for key in queries}
    if why := _unsplittable(tag, counts, left if replacing else []):
        return Refused(why)
    items = {note: in_order for note, in_order in tagged.items() if narrower[note]}
    texts = edit_sources(
        {
            note.source: [_narrowed(note, item, narrower[note]) for item in items[note]]
            for note in items
        }
    )
    if source := notebook.vocabulary.source:
        after = _vocabulary(notebook.vocabulary, source, tag, list(queries), above)
        if isinstance(after, Refused):
            return after
        texts |= after
    told = ", ".join(f"`{key}` in {pluralize(number, 'note')}" for key, number in counts.items())
    remarks = [f"`{path}` keeps `{tag.key}`: no query finds it" for path in left]
    if source:
        remarks.append(f"say in `{source.path}` what each new tag is about: its summary is empty")
    return make_change(
        notebook,
        drop_redundant_tags(notebook, texts),
        f"the tag `{tag.key}` is split: {told}",
        remarks,
    )


def _queries(notebook: Notebook, above: str, parts: Sequence[str]) -> dict[str, Query] | Refused:
    """The queries by the keys of the new tags; without a vocabulary file, these are paths below `above`."""
    queries: dict[str, Query] = {}
    for part in parts:
        key, _, text = (word.strip() for word in part.partition("="))
        if not key or not text:
            return Refused(
                f"`{part}` is no tag with a query: write `NEW=QUERY`, such as `{key or 'gates'}=title:gate OR routing`"
            )
        if above and not notebook.vocabulary.is_closed:
            key = f"{above}/{key}"
        if why := find_key_obstacle(notebook, key):
            return Refused(why)
        if fold(key) in map(fold, queries):
            return Refused(f"`{key}` is there twice: join its queries by `OR`")
        query = parse_query(text)
        if isinstance(query, QuerySyntaxError):
            return Refused(f"the query `{text}` cannot be read: {query.message}; {query.help}")
        queries[key] = query
    return queries


def _tagged(notebook: Notebook, tag: Tag) -> dict[Note, list[Scalar]]:
    """The notes that have the tag itself, with the items by which they have it."""
    vocabulary = notebook.vocabulary
    found = {
        note: [item for item in note.scalars("tags") if vocabulary.find(item.text) == tag]
        for note in notebook.notes
    }
    return {note: items for note, items in found.items() if items}


def _found(notebook: Notebook, queries: Mapping[str, Query]) -> dict[str, set[str]]:
    """The paths of the notes that each query finds, drafts among them."""
    notes = [
        replace(
            note, values={name: value for name, value in note.values.items() if name != "draft"}
        )
        for note in notebook.notes
    ]
    vocabulary = notebook.vocabulary if notebook.vocabulary.is_closed else None
    search = Search(Corpus(Notebook(notes, vocabulary, notebook.files, notebook.today)))
    return {
        key: {note.path for note in search.matches(query.tree)} for key, query in queries.items()
    }


def _unsplittable(tag: Tag, counts: Mapping[str, int], left: Sequence[str]) -> str:
    """Why the tag cannot be split so, or ''; `left` are the notes that would have no tag of these any more."""
    if idle := next((key for key, number in counts.items() if not number), ""):
        return f"no note would get the tag `{idle}`: of the notes tagged `{tag.key}`, its query finds none"
    if left:
        return f"without `{tag.key}`, {list_paths(left)} would lose a tag: write a query that finds them, or leave out --replace"
    return ""


def _narrowed(note: Note, item: Scalar, keys: Sequence[str]) -> Edit:
    return replace_item(note.text, note.fields["tags"].value, item, keys)


def _vocabulary(
    vocabulary: Vocabulary, source: Source, tag: Tag, new: Sequence[str], above: str
) -> dict[Source, str] | Refused:
    """The text of `tags.yml` with entries for the `new` tags at its end; `tag` goes where they do not stand under it."""
    text = source.text
    break_ = "\r\n" if "\r\n" in text else "\n"
    lines = [
        line
        for key in new
        for line in (
            f"{key}:",
            *([f"  parent: {to_yaml(above)}"] if above else ()),
            '  summary: ""',
        )
    ]
    start = "" if text.endswith("\n") else break_
    edits = [Edit(Span(len(text), len(text)), start + "".join(line + break_ for line in lines))]
    keys = {*vocabulary.tags, *new}
    if above != tag.key:
        if vocabulary.children(tag):
            return Refused(
                f"other tags stand under `{tag.key}`: leave out --replace, or give them another parent first"
            )
        edits.append(remove_entry(text, parse_entries(source)[tag.key]))
        keys.remove(tag.key)
    after = edit_vocabulary(source, edits, keys)
    return after if isinstance(after, Refused) else {source: apply_edits(text, edits)}
