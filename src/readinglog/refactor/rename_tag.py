"""Renaming a tag and merging tags: in the vocabulary, and in every note that has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.slugs import fold, is_kebab, to_slug
from readinglog.model.text import Edit, Source, apply_edits, pluralize
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.model.yaml_values import Scalar
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.yaml_edits import remove_item, replace_item, write_in_style
from readinglog.refactor.change import Change, RefactoringError, edit_sources, make_change
from readinglog.refactor.tag_edits import drop_redundant_tags, edit_tag_paths, edit_tags
from readinglog.refactor.vocabulary_edits import (
    edit_names,
    edit_vocabulary,
    get_parts,
    keep_in_order,
    parse_entries,
    remove_entry,
    set_parent,
)


def rename_tag(notebook: Notebook, old: str, new: str, name: str = "") -> Change:
    """Return the change that renames the tag `old` to `new`, in the vocabulary and in the notes.

    The old key becomes an alias. What is shown of the tag is `name`, if one is given; else a name
    that only spells the old key becomes one that spells the new key, and any other stays. Without a
    vocabulary file, `new` is the whole path, and the tags below move with it. Raise
    RefactoringError where there is no tag `old`, or `new` cannot be a tag's key.
    """
    tag = find_tag(notebook, old)
    check_key(notebook, new, tag)
    _check_name(notebook, name, tag)
    edits = list(_edit_renamed_entry(notebook, tag, new, name))
    change = _replace_tags(notebook, (tag,), new, edits, f"the tag `{tag.key}` is now `{new}`")
    if name or not notebook.vocabulary.source or _respell(tag, new):
        return change
    remark = f"pages still call the tag `{tag.name}`: to change that, edit its `name`"
    return change._replace(remarks=(*change.remarks, remark))


def merge_tags(notebook: Notebook, old: Sequence[str], into: str) -> Change:
    """Return the change that merges the tags `old` into the tag `into`.

    It gets their names as aliases, and the tags below them. Raise RefactoringError where that
    cannot be.
    """
    *merged, target = (find_tag(notebook, text) for text in (*old, into))
    merged = list({tag.key: tag for tag in merged}.values())
    for tag in merged:
        if tag.key == target.key:
            message = f"`{into}` is the tag `{target.key}` itself"
            raise RefactoringError(message, "name two different tags")
        if tag in notebook.vocabulary.get_path(target):
            message = f"`{target.key}` is below `{tag.key}`"
            hint = "merge them the other way round, or give it another parent first"
            raise RefactoringError(message, hint)
    names = ", ".join(f"`{tag.key}`" for tag in merged)
    subject = f"the tag {names} is" if len(merged) == 1 else f"the tags {names} are"
    edits = list(_edit_merged_entries(notebook, merged, target))
    return _replace_tags(notebook, merged, target.key, edits, f"{subject} now `{target.key}`")


def find_tag(notebook: Notebook, text: str) -> Tag:
    """Return the tag of that name, in a vocabulary that can be changed.

    Raise RefactoringError where there is none.
    """
    vocabulary = notebook.vocabulary
    if vocabulary.source and vocabulary.diagnostics:
        problem = vocabulary.diagnostics[0].message
        message = f"`{vocabulary.source.path}` cannot be changed before it is fixed: {problem}"
        raise RefactoringError(message)
    if found := vocabulary.find(text):
        return found
    near = vocabulary.suggestion(text)
    suggestion = f"; did you mean `{near.key}`?" if near else ""
    message = f"no tag is named `{text}`{suggestion}"
    raise RefactoringError(message)


def check_key(notebook: Notebook, new: str, tag: Tag | None = None) -> None:
    """Raise RefactoringError where `new` cannot be the key of a new tag, or of `tag`."""
    vocabulary = notebook.vocabulary
    _check_spelling(new, in_kebab_case=vocabulary.is_closed)
    taken = vocabulary.find(new) if vocabulary.is_closed else vocabulary.tags.get(fold(new))
    if taken is None:
        return
    if tag and taken.key == tag.key:
        if new == tag.key:
            message = f"the tag is named `{new}` already"
            raise RefactoringError(message)
        return
    what = "a tag already" if new == taken.key else f"another name of the tag `{taken.key}`"
    hint = "choose another, or merge the tags with `readinglog tag merge`"
    raise RefactoringError(f"`{new}` is {what}", hint)


def _check_name(notebook: Notebook, name: str, tag: Tag) -> None:
    """Raise RefactoringError where a name cannot be what is shown of `tag`."""
    if not name:
        return
    if not notebook.vocabulary.is_closed:
        message = "without a tags.yml, a tag is shown as it is written"
        raise RefactoringError(message, "leave out --name")
    other = notebook.vocabulary.find(name)
    if other and other.key != tag.key:
        raise RefactoringError(f"`{name}` is a name of the tag `{other.key}`", "choose another")
    if not name.strip() or make_printable(name) != name:
        raise RefactoringError(f"`{name}` cannot be the name of a tag", "write words")


def _respell(tag: Tag, new: str) -> str:
    """Return the name of a tag with its new key, in the style of one that only spells its key; ""
    where the name is another.
    """
    if fold(tag.name) != fold(tag.key):
        return ""
    name = new if tag.name == tag.key else new.replace("-", " ")
    return name[:1].upper() + name[1:] if tag.name[:1].isupper() else name


def _check_spelling(key: str, *, in_kebab_case: bool) -> None:
    if in_kebab_case and not is_kebab(key):
        better = to_slug(key).replace("/", "-")
        hint = f"write `{better}`" if is_kebab(better) else "use letters and digits"
        raise RefactoringError(f"`{key}` is not lower-case words joined by `-`", hint)
    is_plain = key == " ".join(key.split()) and make_printable(key) == key
    if not is_plain or key.startswith("#") or not all(part.strip() for part in key.split("/")):
        hint = "write words, with `/` between a tag and the one below it"
        raise RefactoringError(f"`{key}` is not a name for a tag", hint)


def _replace_tags(
    notebook: Notebook, old: Sequence[Tag], key: str, edits: list[Edit], summary: str
) -> Change:
    """Return the change by which the tags `old` become `key`.

    `edits` are those of the vocabulary.
    """
    before, source = notebook.vocabulary, notebook.vocabulary.source
    keys = {tag.key: key for tag in old}
    if source is None:
        texts = drop_redundant_tags(notebook, edit_sources(edit_tag_paths(notebook, keys)))
        return make_change(notebook, texts, f"{summary}, in {pluralize(len(texts), 'note')}")
    after = edit_vocabulary(source, edits, {keys.get(tag, tag) for tag in before.tags})
    is_merge = key in before.tags
    text = keep_in_order(source.text, apply_edits(source.text, edits), key)
    vocabulary = {source: text} if text != source.text else {}
    notes = edit_sources(edit_tags(notebook, after, keys, aliases=is_merge))
    if is_merge:
        notes = _drop_newly_redundant_tags(notebook, old, vocabulary, notes)
    where = f"`{source.path}` and {pluralize(len(notes), 'note')}" if notes else f"`{source.path}`"
    return make_change(notebook, vocabulary | notes, f"{summary}, in {where}")


def _drop_newly_redundant_tags(
    notebook: Notebook,
    merged: Sequence[Tag],
    vocabulary: dict[Source, str],
    notes: dict[Source, str],
) -> dict[Source, str]:
    """Return the texts without the tags that a merge makes redundant, in other notes too.

    A tag that was below a merged one is now below another, which its notes may have.
    """
    below = {
        note.source: note.text for note in notebook.notes if _has_tag_below(notebook, note, merged)
    }
    texts = drop_redundant_tags(notebook, vocabulary | below | notes)
    return {
        source: text
        for source, text in texts.items()
        if source not in vocabulary and text != source.text
    }


def _has_tag_below(notebook: Notebook, note: Note, tags: Sequence[Tag]) -> bool:
    paths = [notebook.vocabulary.get_path(tag) for tag in notebook.tags.get_tags(note)]
    return any(tag in path for path in paths for tag in tags)


def _edit_renamed_entry(notebook: Notebook, tag: Tag, new: str, name: str) -> Iterator[Edit]:
    """Yield the edits of the vocabulary.

    Where the new key was an alias, the old key takes its place.
    """
    if (source := notebook.vocabulary.source) is None:
        return
    text, entries = source.text, parse_entries(source)
    entry = entries[tag.key]
    yield Edit(entry.name_span, write_in_style(text, entry.name_span, new))
    yield from set_parent(text, entries, {tag.key}, new)
    written = get_parts(entry).get("name")
    has_name = isinstance(written, Scalar) and not written.is_null
    shown = name or (_respell(tag, new) if has_name else "")
    paths = _list_paths(notebook.vocabulary, tag)
    wanted = _list_new_aliases(tag, new, shown or (tag.name if has_name else ""), paths)
    same = next((alias for alias in tag.aliases if fold(alias.text) == fold(new)), None)
    if same and wanted:
        yield replace_item(text, get_parts(entry)["aliases"], same, wanted)
        wanted = []
    elif same:
        yield remove_item(text, same)
    yield from edit_names(text, entry, wanted, shown)


def _list_new_aliases(tag: Tag, new: str, shown: str, paths: Iterable[str]) -> list[str]:
    """Return the former key, name and paths of a tag, without what it is called anyway: by its
    `new` key, by what is `shown` of it, and by its aliases.
    """
    known = {fold(new), fold(shown), *(fold(alias.text) for alias in tag.aliases)}
    found = {fold(word): word for word in (tag.key, tag.name, *paths)}
    return [word for folded, word in found.items() if folded not in known]


def _edit_merged_entries(notebook: Notebook, merged: Sequence[Tag], target: Tag) -> Iterator[Edit]:
    """Yield the edits of the vocabulary that move the entries of `merged` into that of `target`."""
    if (source := notebook.vocabulary.source) is None:
        return
    text, entries, old = source.text, parse_entries(source), {tag.key for tag in merged}
    known = set(map(fold, _list_names(target)))
    aliases: dict[str, str] = {}
    vocabulary = notebook.vocabulary
    names = (word for tag in merged for word in (*_list_names(tag), *_list_paths(vocabulary, tag)))
    for word in names:
        if fold(word) not in known:
            aliases.setdefault(fold(word), word)
    yield from edit_names(text, entries[target.key], list(aliases.values()))
    kept = {key: entry for key, entry in entries.items() if key not in old}
    yield from set_parent(text, kept, old, target.key)
    yield from (remove_entry(text, entries[key]) for key in sorted(old))


def _list_paths(vocabulary: Vocabulary, tag: Tag) -> tuple[str, ...]:
    """Return the path by which a tag below another is known, as vaults write it."""
    path = "/".join(step.key for step in vocabulary.get_path(tag))
    return (path,) if "/" in path else ()


def _list_names(tag: Tag) -> tuple[str, ...]:
    return (tag.key, tag.name, *(alias.text for alias in tag.aliases))
