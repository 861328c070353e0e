"""A tag under another name, and several made one: in the vocabulary, and in every note that has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readinglog.model.printable import make_printable
from readinglog.model.slugs import KEBAB, fold, to_slug
from readinglog.model.text import Edit, pluralize
from readinglog.model.vocabulary import Tag
from readinglog.model.yaml_values import Scalar
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import remove_item, replace_item, write_in_style
from readinglog.refactor.change import Change, Refused, edit_sources, make_change
from readinglog.refactor.tag_edits import drop_redundant_tags, edit_tag_paths, edit_tags
from readinglog.refactor.vocabulary_edits import (
    add_aliases,
    edit_vocabulary,
    get_parts,
    parse_entries,
    remove_entry,
    set_parent,
)


def rename_tag(notebook: Notebook, old: str, new: str) -> Change | Refused:
    """The tag `old` called `new`: its entry's key, its children's parent, the notes; the old key becomes an alias.

    Without a vocabulary file, `new` is the whole path, and all that stands under the tag moves with it.
    """
    tag = find_tag(notebook, old)
    if isinstance(tag, Refused):
        return tag
    if why := find_key_obstacle(notebook, new, tag):
        return Refused(why)
    return _keyed(
        notebook,
        (tag,),
        new,
        list(_renamed(notebook, tag, new)),
        f"the tag `{tag.key}` is now `{new}`",
    )


def merge_tags(notebook: Notebook, old: Sequence[str], into: str) -> Change | Refused:
    """The tags `old` made one with the tag `into`, which gets their names as aliases and the tags that stand under them."""
    found = [find_tag(notebook, text) for text in (*old, into)]
    tags: list[Tag] = []
    for tag in found:
        if isinstance(tag, Refused):
            return tag
        tags.append(tag)
    *gone, goal = tags
    gone = list({tag.key: tag for tag in gone}.values())
    for tag in gone:
        if tag.key == goal.key:
            return Refused(f"`{into}` is the tag `{goal.key}` itself: name two different tags")
        if tag in notebook.vocabulary.path(goal):
            return Refused(
                f"`{goal.key}` stands under `{tag.key}`: merge it the other way round, or give it another parent first"
            )
    names = ", ".join(f"`{tag.key}`" for tag in gone)
    done = (
        f"the tag {names} is now `{goal.key}`"
        if len(gone) == 1
        else f"the tags {names} are now `{goal.key}`"
    )
    return _keyed(notebook, gone, goal.key, list(_merged(notebook, gone, goal)), done)


def find_tag(notebook: Notebook, text: str) -> Tag | Refused:
    """The tag that `text` names, in a vocabulary that can be changed."""
    vocabulary = notebook.vocabulary
    if vocabulary.source and vocabulary.diagnostics:
        return Refused(
            f"`{vocabulary.source.path}` must be right before it is changed: {vocabulary.diagnostics[0].message}"
        )
    if found := vocabulary.find(text):
        return found
    near = vocabulary.suggestion(text)
    return Refused(f"no tag is named `{text}`" + (f"; did you mean `{near.key}`?" if near else ""))


def find_key_obstacle(notebook: Notebook, new: str, tag: Tag | None = None) -> str:
    """Why `new` cannot be the key of a tag, or of `tag` from now on; '' where it can."""
    vocabulary = notebook.vocabulary
    if vocabulary.is_closed and not KEBAB.match(new):
        better = to_slug(new).replace("/", "-")
        help_ = f"write `{better}`" if KEBAB.match(better) else "write it in a to z and 0 to 9"
        return f"`{new}` is not lower-case words joined by `-`: {help_}"
    if (
        new != " ".join(new.split())
        or make_printable(new) != new
        or new.startswith("#")
        or not all(part.strip() for part in new.split("/"))
    ):
        return f"`{new}` is no name for a tag: write words, with `/` between the tag above and the one below"
    taken = vocabulary.find(new) if vocabulary.is_closed else vocabulary.tags.get(fold(new))
    if taken and tag and taken.key == tag.key:
        return f"the tag is called `{new}` already" if new == tag.key else ""
    if taken is None:
        return ""
    what = "a tag already" if new == taken.key else f"another name of the tag `{taken.key}`"
    return f"`{new}` is {what}: choose another, or make two tags one by `readinglog tag merge`"


def _keyed(
    notebook: Notebook, gone: Sequence[Tag], key: str, edits: list[Edit], done: str
) -> Change | Refused:
    """The change by which `gone` are `key`; `edits` are those of the vocabulary."""
    before, source = notebook.vocabulary, notebook.vocabulary.source
    keys = {tag.key: key for tag in gone}
    if source is None:
        texts = drop_redundant_tags(notebook, edit_sources(edit_tag_paths(notebook, keys)))
        return make_change(notebook, texts, f"{done}, in {pluralize(len(texts), 'note')}")
    after = edit_vocabulary(source, edits, {keys.get(tag, tag) for tag in before.tags})
    if isinstance(after, Refused):
        return after
    merged = key in before.tags
    vocabulary, notes = (
        edit_sources({source: edits}),
        edit_sources(edit_tags(notebook, after, keys, aliases=merged)),
    )
    if (
        merged
    ):  # tags that stood under one that is gone may now say what another tag of their notes says
        below = [
            note.source
            for note in notebook.notes
            if any(tag in before.path(has) for has in notebook.tags.of(note) for tag in gone)
        ]
        told = drop_redundant_tags(
            notebook, vocabulary | {each: each.text for each in below} | notes
        )
        notes = {
            each: text for each, text in told.items() if each is not source and text != each.text
        }
    where = f"`{source.path}` and {pluralize(len(notes), 'note')}" if notes else f"`{source.path}`"
    return make_change(notebook, vocabulary | notes, f"{done}, in {where}")


def _renamed(notebook: Notebook, tag: Tag, new: str) -> Iterator[Edit]:
    """The edits of the vocabulary; an alias that is the new key gives its place to the old one."""
    if (source := notebook.vocabulary.source) is None:
        return
    text, fields = source.text, parse_entries(source)
    entry = fields[tag.key]
    yield Edit(entry.name_span, write_in_style(text, entry.name_span, new))
    yield from set_parent(text, fields, {tag.key}, new)
    name = get_parts(entry).get("name")
    named = {fold(tag.name)} if isinstance(name, Scalar) and not name.null else set()
    known = {fold(new), *(fold(alias.text) for alias in tag.aliases)} | named
    wanted = [] if fold(tag.key) in known else [tag.key]
    same = next((alias for alias in tag.aliases if fold(alias.text) == fold(new)), None)
    if same and wanted:
        yield replace_item(text, get_parts(entry)["aliases"], same, wanted)
    elif same:
        yield remove_item(text, same)
    elif wanted:
        yield add_aliases(text, entry, wanted)


def _merged(notebook: Notebook, gone: Sequence[Tag], goal: Tag) -> Iterator[Edit]:
    if (source := notebook.vocabulary.source) is None:
        return
    text, fields, old = source.text, parse_entries(source), {tag.key for tag in gone}
    known = {fold(word) for word in (goal.key, goal.name, *(alias.text for alias in goal.aliases))}
    words = [
        word for tag in gone for word in (tag.key, tag.name, *(alias.text for alias in tag.aliases))
    ]
    new = {fold(word): word for word in reversed(words) if fold(word) not in known}
    yield add_aliases(text, fields[goal.key], [*new.values()][::-1])
    yield from set_parent(
        text, {key: entry for key, entry in fields.items() if key not in old}, old, goal.key
    )
    yield from (remove_entry(text, fields[key]) for key in sorted(old))
